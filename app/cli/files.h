// Whole files, read and written at once. Any thread.
#pragma once

#include <filesystem>
#include <string>
#include <string_view>

#include "sim/base/result.h"

namespace lookout::app {

// Refuses (kBadInput) what is not a regular file or has more than `most_bytes`.
Result<std::string> ReadWholeFile(const std::filesystem::path& path,
                                  std::uintmax_t most_bytes = 1U << 30U);

// Writes a neighbour, makes it durable and renames it over `path`, so that at any moment the old
// or the new content is there, never a part. On failure the neighbour is removed.
Status WriteFileAtomically(const std::filesystem::path& path, std::string_view bytes);

}  // namespace lookout::app
