#include "app/desktop/settings_store.h"

#include <fmt/format.h>

#include "app/platform/files.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

constexpr std::size_t kLongestSettings = std::size_t{1} << 20;

// Whether anything has that name, be it only a link that leads nowhere.
bool IsTaken(const fs::path& path) {
  std::error_code error;
  return fs::symlink_status(path, error).type() != fs::file_type::not_found;
}

Status KeepAside(const fs::path& path) {
  fs::path kept = path.string() + ".kept";
  for (int number = 2; IsTaken(kept); ++number) {
    kept = fmt::format("{}.kept-{}", path.string(), number);
  }
  std::error_code error;
  fs::rename(path, kept, error);
  if (!error) return {};
  return Error{"Settings are not saved: " + path.string() + " cannot be renamed to " +
               kept.string() + " (" + error.message() + ")."};
}

}  // namespace

Result<std::string> ReadSettings(const fs::path& path) {
  return IsTaken(path) ? ReadWholeFile(path, kLongestSettings) : std::string("{}");
}

Status ReplaceSettings(const fs::path& path, std::string_view text, bool keep_old) {
  if (keep_old && IsTaken(path)) {
    if (Status kept = KeepAside(path); !kept) return kept;
  }
  return WriteWholeFile(path, text);
}

}  // namespace lookout::app
