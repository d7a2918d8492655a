// Who has a project open: a small file beside it, locked for as long as the process lives and
// naming that process. Any thread.
#pragma once

#include <filesystem>
#include <string>

#include "sim/base/result.h"

namespace lookout::app {

enum class LockOutcome : std::uint8_t {
  kTaken,
  kHeld,          // by another process, or by this one
  kNotWritable,   // the folder takes no files
  kNotSupported,  // by this file system; SQLite's own lock has to do
};

class ProjectLock {
 public:
  ProjectLock() = default;
  ProjectLock(ProjectLock&& other) noexcept;
  ProjectLock& operator=(ProjectLock&& other) noexcept;
  ~ProjectLock();  // removes the file and lets go

  // The file that locks `project`.
  static std::filesystem::path PathFor(const std::filesystem::path& project);

 private:
  friend struct LockAttempt TakeProjectLock(const std::filesystem::path& project);
  ProjectLock(int descriptor, std::filesystem::path path)
      : descriptor_(descriptor), path_(std::move(path)) {}

  int descriptor_ = -1;
  std::filesystem::path path_;
};

struct LockAttempt {
  LockOutcome outcome = LockOutcome::kNotSupported;
  ProjectLock lock;    // kTaken
  std::string detail;  // kHeld: "lookout (process 1234)"; otherwise the system's reason
};

LockAttempt TakeProjectLock(const std::filesystem::path& project);

}  // namespace lookout::app
