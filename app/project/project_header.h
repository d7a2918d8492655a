// What the first bytes of a file say about it, before a database engine touches it. Any thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string_view>

#include "sim/base/result.h"

namespace lookout::app {

inline constexpr std::size_t kHeaderBytes = 100;  // of a SQLite database

// Rejects (kBadInput) the start of anything but a whole project of at most `newest_version`: empty,
// no database, somebody else's, truncated, or newer. `has_log`: a write-ahead log is beside it, so
// that the file itself may be shorter than it says. The message has no file name yet.
Status CheckHeader(std::string_view first_bytes, std::uintmax_t file_bytes, bool has_log,
                   int newest_version);

// CheckHeader of a file on disk; the message names it.
Status CheckProjectFile(const std::filesystem::path& path, int newest_version);

}  // namespace lookout::app
