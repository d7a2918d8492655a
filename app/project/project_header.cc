#include "app/project/project_header.h"

#include <fmt/format.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <string>

#include "app/project/schema.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

// Offsets of https://www.sqlite.org/fileformat.html#the_database_header; numbers are big-endian.
constexpr std::string_view kMagic("SQLite format 3\0", 16);
constexpr std::size_t kPageSizeOffset = 16;
constexpr std::size_t kChangeCounterOffset = 24;
constexpr std::size_t kPageCountOffset = 28;
constexpr std::size_t kUserVersionOffset = 60;
constexpr std::size_t kApplicationIdOffset = 68;
constexpr std::size_t kVersionValidForOffset = 92;

std::uint32_t BigEndian(std::string_view bytes, std::size_t offset, std::size_t size) {
  std::uint32_t value = 0;
  for (const char byte : bytes.substr(offset, size)) {
    value = value << 8U | static_cast<unsigned char>(byte);
  }
  return value;
}

std::uintmax_t ExpectedBytes(std::string_view header) {
  const std::uint32_t page = BigEndian(header, kPageSizeOffset, 2);
  const std::uintmax_t page_bytes = page == 1 ? 65536 : page;
  // The count is only kept up to date by engines that also set the second counter.
  const bool counted =
      BigEndian(header, kChangeCounterOffset, 4) == BigEndian(header, kVersionValidForOffset, 4);
  return page_bytes * (counted ? BigEndian(header, kPageCountOffset, 4) : 1);
}

}  // namespace

Status CheckHeader(std::string_view first_bytes, std::uintmax_t file_bytes, bool has_log,
                   int newest_version) {
  if (file_bytes == 0) {
    return BadInput(
        "is empty (0 bytes), so it is no Lookout project; remove it or choose another "
        "file.");
  }
  const bool is_database = first_bytes.substr(0, kMagic.size()) ==
                           kMagic.substr(0, std::min(kMagic.size(), first_bytes.size()));
  if (!is_database) {
    return BadInput("is not a Lookout project, nor a database at all; choose another file.");
  }
  if (first_bytes.size() < kHeaderBytes) {
    return BadInput(fmt::format(
        "is truncated: {} bytes are left of it; open a copy of it that is intact.", file_bytes));
  }
  if (BigEndian(first_bytes, kApplicationIdOffset, 4) != kApplicationId) {
    return BadInput(
        "is the database of another program, not a Lookout project; choose another "
        "file.");
  }
  const auto version = static_cast<std::int32_t>(BigEndian(first_bytes, kUserVersionOffset, 4));
  if (version > newest_version) {
    return BadInput(
        fmt::format("was written by a newer Lookout (its tables have version {}, this program "
                    "knows {}); update Lookout.",
                    version, newest_version));
  }
  if (const auto expected = ExpectedBytes(first_bytes); !has_log && file_bytes < expected) {
    return BadInput(
        fmt::format("is truncated: it holds {} of {} bytes; open a copy of it that is intact.",
                    file_bytes, expected));
  }
  return {};
}

Status CheckProjectFile(const fs::path& path, int newest_version) {
  std::string bytes(kHeaderBytes, '\0');
  std::ifstream file(path, std::ios::binary);
  std::error_code error;
  const std::uintmax_t size = fs::file_size(path, error);
  if (!file || error) {
    return Error{path.string() + " cannot be read (" +
                 (error ? error.message() : std::strerror(errno)) + "); check its permissions."};
  }
  file.read(bytes.data(), static_cast<std::streamsize>(bytes.size()));
  bytes.resize(static_cast<std::size_t>(file.gcount()));
  const std::uintmax_t log_bytes = fs::file_size(path.string() + "-wal", error);
  const bool has_log = !error && log_bytes > 0;
  const Status checked = CheckHeader(bytes, size, has_log, newest_version);
  if (checked) return {};
  return Error{path.string() + " " + checked.error().message, checked.error().code};
}

}  // namespace lookout::app
