#include "app/project/files/private_copy.h"

#include <fmt/format.h>

#include <chrono>
#include <fstream>
#include <string>
#include <thread>

namespace lookout::app {
namespace {

namespace fs = std::filesystem;
using std::chrono_literals::operator""ms;

constexpr int kAttempts = 20;

// Differs after whatever would spoil a copy. The header of the write-ahead log changes exactly when
// the writer starts the log anew; without a log nothing at all may change.
std::string Stamp(const fs::path& project) {
  std::string header(32, '\0');
  std::ifstream log(project.string() + "-wal", std::ios::binary);
  log.read(header.data(), static_cast<std::streamsize>(header.size()));
  header.resize(static_cast<std::size_t>(log.gcount()));
  if (!header.empty()) return header;
  std::error_code error;
  return fmt::to_string(fs::last_write_time(project, error).time_since_epoch().count());
}

std::error_code CopyFileIfThere(const fs::path& from, const fs::path& to) {
  std::error_code error;
  if (!fs::exists(from, error)) return {};
  fs::copy_file(from, to, fs::copy_options::overwrite_existing, error);
  if (!error) fs::permissions(to, fs::perms::owner_read | fs::perms::owner_write, error);
  return error;
}

// The file first, then the logs: whatever the writer moves from the log into the file meanwhile is
// still in the log that is copied afterwards.
std::error_code CopyAll(const fs::path& project, const fs::path& copy) {
  for (const char* suffix : {"", "-journal", "-wal"}) {
    std::error_code absent;
    fs::remove(copy.string() + suffix, absent);
    if (const auto error = CopyFileIfThere(project.string() + suffix, copy.string() + suffix)) {
      return error;
    }
  }
  return {};
}

}  // namespace

Result<PrivateCopy> CopyProject(const fs::path& project) {
  Result<TemporaryFolder> folder = TemporaryFolder::Create();
  if (!folder) return folder.error();
  PrivateCopy copy{.folder = std::move(folder).value(), .path = {}};
  copy.path = copy.folder.path() / project.filename();
  for (int attempt = 0; attempt < kAttempts; ++attempt) {
    const std::string stamp = Stamp(project);
    if (const std::error_code error = CopyAll(project, copy.path)) {
      return Error{project.string() + " cannot be copied for reading (" + error.message() +
                   "); check its permissions, or set TMPDIR to a folder with more space."};
    }
    if (Stamp(project) == stamp) return copy;
    std::this_thread::sleep_for(50ms);
  }
  return Error{project.string() +
               " is being written too busily to be read; pause its writer and "
               "try again."};
}

}  // namespace lookout::app
