#include "app/platform/files.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <fstream>
#include <iterator>
#include <vector>

#include "sim/base/log.h"

namespace lookout::app {
namespace fs = std::filesystem;
namespace {

Error Failed(const fs::path& path, std::string_view what, int error_number) {
  return {"Cannot " + std::string(what) + " " + path.string() + ": " + std::strerror(error_number) +
          "."};
}

Status WriteAndFlush(const fs::path& path, std::string_view content) {
  const int file = ::open(path.c_str(), O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC, 0644);
  if (file < 0) return Failed(path, "create", errno);
  while (!content.empty()) {
    const ssize_t written = ::write(file, content.data(), content.size());
    if (written < 0 && errno == EINTR) continue;
    if (written < 0) {
      const Error error = Failed(path, "write", errno);
      ::close(file);
      return error;
    }
    content.remove_prefix(static_cast<std::size_t>(written));
  }
  const bool flushed = ::fsync(file) == 0;
  const int flush_error = errno;
  if (::close(file) != 0) return Failed(path, "close", errno);
  if (!flushed) return Failed(path, "flush", flush_error);
  return {};
}

// Empty if it is not known.
fs::path HomeFolder() {
  const char* home = std::getenv("HOME");
  return home != nullptr && *home == '/' ? fs::path(home) : fs::path();
}

}  // namespace

Result<fs::path> FindAsset(std::string_view name, const fs::path& program) {
  std::vector<fs::path> folders;
  if (const char* chosen = std::getenv("LOOKOUT_ASSETS")) folders.emplace_back(chosen);
  const fs::path beside = program.parent_path();
  folders.push_back(beside.parent_path() / "share" / "lookout");
  for (fs::path above = beside; above.has_relative_path(); above = above.parent_path()) {
    folders.push_back(above / "assets");
  }
  std::error_code ignored;
  for (const fs::path& folder : folders) {
    const fs::path candidate = folder / name;
    if (fs::is_regular_file(candidate, ignored)) return candidate.lexically_normal();
  }
  return BadInput("The program's file assets/" + std::string(name) +
                  " is missing. Set LOOKOUT_ASSETS to the folder that holds it.");
}

std::string AssetFor(std::string_view folder, std::string_view short_name, std::string_view rest) {
  std::string name(short_name);
  std::ranges::transform(name, name.begin(),
                         [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const auto path = FindAsset(fmt::format("{}/{}{}", folder, name, rest));
  return path ? path->string() : std::string();
}

Result<fs::path> FindAsset(std::string_view name) {
  std::error_code ignored;
  return FindAsset(name, fs::read_symlink("/proc/self/exe", ignored));
}

Result<fs::path> SettingsPath() {
  if (const char* config = std::getenv("XDG_CONFIG_HOME"); config != nullptr && *config == '/') {
    return fs::path(config) / "lookout" / "settings.json";
  }
  if (const fs::path home = HomeFolder(); !home.empty()) {
    return home / ".config" / "lookout" / "settings.json";
  }
  return Error{"Neither XDG_CONFIG_HOME nor HOME is set, so settings are not kept."};
}

fs::path ExpandHome(const fs::path& path) {
  const fs::path home = HomeFolder();
  if (home.empty() || path.empty() || *path.begin() != "~") return path;
  fs::path expanded = home;
  for (auto part = std::next(path.begin()); part != path.end(); ++part) expanded /= *part;
  return expanded;
}

Result<std::string> ReadWholeFile(const fs::path& path, std::size_t most_bytes) {
  std::error_code error;
  if (!fs::is_regular_file(path, error)) {
    return BadInput(path.string() + " is not a file that can be read.");
  }
  const std::uintmax_t bytes = fs::file_size(path, error);
  if (error) return Failed(path, "read", error.value());
  if (bytes > most_bytes) {
    return BadInput(
        fmt::format("{} has {} bytes; at most {} are read.", path.string(), bytes, most_bytes));
  }
  std::ifstream stream(path, std::ios::binary);
  if (!stream) return Failed(path, "open", errno);
  return std::string(std::istreambuf_iterator<char>(stream), {});
}

Status MakeFoldersAbove(const fs::path& path) {
  const fs::path folder = (path.has_filename() ? path : path.parent_path()).parent_path();
  if (folder.empty()) return {};
  std::error_code error;
  const bool made = fs::create_directories(folder, error);
  if (error) {
    return Error{Failed(folder, "create the folder", error.value()).message +
                 " Name another one, where you may write."};
  }
  if (made) LogInfo("Made the folder " + folder.string() + ", which was not there.");
  return {};
}

// A database holds what a person recorded and marked; nothing that is written whole is worth that.
static bool IsDatabase(const fs::path& path) {
  constexpr std::string_view kBegins("SQLite format 3\0", 16);
  std::array<char, kBegins.size()> begins{};
  std::ifstream file(path, std::ios::binary);
  return file.read(begins.data(), begins.size()) &&
         std::string_view(begins.data(), begins.size()) == kBegins;
}

// A rename would put a file in the place of a device, too.
static Status CheckIsFile(const fs::path& path) {
  std::error_code error;
  const fs::file_status there = fs::status(path, error);
  const bool is_folder = !path.has_filename() || fs::is_directory(there);
  if (!is_folder && (!fs::exists(there) || fs::is_regular_file(there))) return {};
  return BadInput(path.string() + (is_folder ? " is a folder" : " is a device or a pipe") +
                  ", not a file; choose another name.");
}

static fs::path TemporaryOf(fs::path path) {
  path += ".part";
  return path;
}

static Status CheckMayReplace(const fs::path& path) {
  if (Status file = CheckIsFile(path); !file) return file;
  if (IsDatabase(path)) {
    return BadInput(path.string() + " is a project and is not replaced; choose another name.");
  }
  return MakeFoldersAbove(path);
}

Status CheckCanWrite(const fs::path& path) {
  if (Status may = CheckMayReplace(path); !may) return may;
  const fs::path temporary = TemporaryOf(path);
  const Status written = WriteAndFlush(temporary, "");
  std::error_code error;
  fs::remove(temporary, error);
  return written;
}

Status WriteWholeFile(const fs::path& path, std::string_view content) {
  if (Status may = CheckMayReplace(path); !may) return may;
  std::error_code error;
  const fs::path temporary = TemporaryOf(path);
  if (Status written = WriteAndFlush(temporary, content); !written) {
    fs::remove(temporary, error);
    return written;
  }
  fs::rename(temporary, path, error);
  if (!error) return {};
  const Error failed = Failed(path, "replace", error.value());
  fs::remove(temporary, error);
  return failed;
}

}  // namespace lookout::app
