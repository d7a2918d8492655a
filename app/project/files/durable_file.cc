#include "app/project/files/durable_file.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <stdio.h>
#include <stdlib.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

class Descriptor {
 public:
  Descriptor(const fs::path& path, int flags) : value_(open(path.c_str(), flags | O_CLOEXEC)) {}
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  ~Descriptor() {
    if (value_ >= 0) close(value_);
  }
  int value() const { return value_; }

 private:
  int value_;
};

bool Sync(const fs::path& path, int flags) {
  const Descriptor descriptor(path, flags);
  return descriptor.value() >= 0 && fsync(descriptor.value()) == 0;
}

// Zero or an errno. Not every file system knows the first way.
int RenameWithoutReplacing(const fs::path& from, const fs::path& to) {
  if (renameat2(AT_FDCWD, from.c_str(), AT_FDCWD, to.c_str(), RENAME_NOREPLACE) == 0) return 0;
  if (errno != EINVAL && errno != ENOSYS) return errno;
  if (link(from.c_str(), to.c_str()) == 0) return 0;  // the old name goes with the temporary
  if (errno != EPERM && errno != EOPNOTSUPP) return errno;
  std::error_code error;
  if (fs::exists(fs::symlink_status(to, error))) return EEXIST;
  return rename(from.c_str(), to.c_str()) == 0 ? 0 : errno;
}

}  // namespace

TemporaryFile::TemporaryFile(const fs::path& target) {
  const std::string stem = fmt::format("{}.new-{}", target.string(), getpid());
  path_ = stem;
  std::error_code error;
  for (int i = 2; fs::exists(fs::symlink_status(path_, error)); ++i) {
    path_ = fmt::format("{}-{}", stem, i);
  }
}

TemporaryFile::~TemporaryFile() {
  std::error_code error;
  fs::remove(path_, error);
  fs::remove(path_.string() + "-journal", error);
}

Status TemporaryFile::MoveTo(const fs::path& target) {
  const fs::path folder = target.parent_path().empty() ? "." : target.parent_path();
  int cause = Sync(path_, O_RDONLY) ? 0 : errno;
  if (cause == 0) cause = RenameWithoutReplacing(path_, target);
  if (cause == EEXIST) {
    return BadInput(target.string() + " exists already and is not replaced; choose another name.");
  }
  if (cause != 0) {
    return Error{target.string() + " cannot be written (" + std::strerror(cause) +
                 "); choose another place."};
  }
  Sync(folder, O_RDONLY | O_DIRECTORY);  // some file systems cannot; the file itself is there
  return {};
}

Result<TemporaryFolder> TemporaryFolder::Create() {
  std::error_code error;
  fs::path base = fs::temp_directory_path(error);
  if (error) base = "/tmp";
  std::string name = (base / "lookout-XXXXXX").string();
  if (mkdtemp(name.data()) != nullptr) return TemporaryFolder(name);
  return Error{"No temporary folder can be made in " + base.string() + " (" + std::strerror(errno) +
               "); set TMPDIR to a folder with space."};
}

TemporaryFolder::~TemporaryFolder() {
  std::error_code error;
  if (!path_.empty()) fs::remove_all(path_, error);
}

}  // namespace lookout::app
