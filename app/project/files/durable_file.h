// Files that appear whole and stay: synced to the disk, then given their name. Any thread.
#pragma once

#include <filesystem>
#include <string>

#include "sim/base/result.h"

namespace lookout::app {

// A name that is removed again unless the file got its final one.
class TemporaryFile {
 public:
  // A free name beside `target`; creates nothing.
  explicit TemporaryFile(const std::filesystem::path& target);
  TemporaryFile(const TemporaryFile&) = delete;
  TemporaryFile& operator=(const TemporaryFile&) = delete;
  ~TemporaryFile();

  const std::filesystem::path& path() const { return path_; }

  // Syncs the file, names it `target` and syncs the folder. Rejects (kBadInput) to replace a file.
  Status MoveTo(const std::filesystem::path& target);

 private:
  std::filesystem::path path_;
};

// A folder of its own below the system's temporary folder, removed with everything in it.
class TemporaryFolder {
 public:
  static Result<TemporaryFolder> Create();
  TemporaryFolder() = default;
  TemporaryFolder(TemporaryFolder&& other) noexcept : path_(std::move(other.path_)) {
    other.path_.clear();
  }
  TemporaryFolder& operator=(TemporaryFolder&& other) noexcept {
    path_.swap(other.path_);
    return *this;
  }
  ~TemporaryFolder();

  const std::filesystem::path& path() const { return path_; }

 private:
  explicit TemporaryFolder(std::filesystem::path path) : path_(std::move(path)) {}

  std::filesystem::path path_;
};

}  // namespace lookout::app
