#include "app/runs/folder_lock.h"

#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string>
#include <system_error>
#include <utility>

#include "app/platform/files.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

Error TakesNothing(const fs::path& folder, const std::string& cause) {
  return {"Nothing can be written in " + folder.string() + ": " + cause + ". Name another folder."};
}

Status MakeFolder(const fs::path& folder) {
  if (Status made = MakeFoldersAbove(folder); !made) return made;
  std::error_code cause;
  std::error_code ignored;
  fs::create_directories(folder, cause);
  if (fs::is_directory(folder, ignored)) return {};
  if (fs::exists(folder, ignored)) {
    return BadInput(folder.string() + " is a file, not a folder; name another one.");
  }
  return Error{"Cannot create the folder " + folder.string() + ": " + std::strerror(cause.value()) +
               ". Name another one."};
}

}  // namespace

Result<FolderLock> LockFolder(const fs::path& folder) {
  if (Status made = MakeFolder(folder); !made) return made.error();
  // One name for all of them: a run and an experiment do not share a folder either.
  LockAttempt attempt = TakeProjectLock(folder / "run");
  switch (attempt.outcome) {
    case LockOutcome::kHeld:
      return Error{folder.string() + " is in use by " + attempt.detail +
                       "; wait until it has finished, or choose another folder.",
                   ErrorCode::kProjectInUse};
    case LockOutcome::kNotWritable:
      return TakesNothing(folder, attempt.detail);
    case LockOutcome::kTaken:
    case LockOutcome::kNotSupported:
      break;
  }
  // A lock that somebody left there can be taken even where nothing else can be written.
  if (access(folder.c_str(), W_OK | X_OK) != 0) return TakesNothing(folder, std::strerror(errno));
  return std::move(attempt.lock);
}

}  // namespace lookout::app
