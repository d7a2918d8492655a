// Reads a whole regular file into memory, with a bound. Any thread.
#pragma once

#include <cstddef>
#include <filesystem>
#include <string>

#include "sim/base/result.h"

namespace lookout::app {

// Refuses (kBadInput) what is missing, no regular file, unreadable or larger than `max_bytes`.
Result<std::string> ReadFile(const std::filesystem::path& path, std::size_t max_bytes);

}  // namespace lookout::app
