#include "app/project/files/project_lock.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <cerrno>
#include <charconv>
#include <cstring>
#include <sstream>
#include <utility>

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

std::string HostName() {
  std::array<char, 256> name{};
  return gethostname(name.data(), name.size() - 1) == 0 ? name.data() : "";
}

// Three lines: process id, host, command.
std::string Identity() {
  return fmt::format("{}\n{}\n{}\n", getpid(), HostName(), program_invocation_short_name);
}

// What a person may see of a line that somebody else wrote.
std::string Printable(std::string line) {
  std::erase_if(line, [](char c) { return c < ' ' || c > '~'; });
  return line.substr(0, 64);
}

std::string DescribeHolder(int descriptor) {
  std::array<char, 512> bytes{};
  const ssize_t size = pread(descriptor, bytes.data(), bytes.size(), 0);
  std::istringstream lines(
      std::string(bytes.data(), static_cast<std::size_t>(std::max<ssize_t>(size, 0))));
  std::string process, host, command;
  std::getline(lines, process);
  std::getline(lines, host);
  std::getline(lines, command);
  const bool is_number =
      !process.empty() &&
      std::all_of(process.begin(), process.end(), [](char c) { return c >= '0' && c <= '9'; });
  if (!is_number) return "another program";
  std::string text = Printable(command.empty() ? "another program" : command);
  text += " (process " + Printable(process);
  if (!host.empty() && host != HostName()) text += " on " + Printable(host);
  return text + ")";
}

// -1 with errno set; a lock file that another user left behind can still be locked for reading.
int OpenLockFile(const fs::path& path) {
  constexpr int kFlags = O_CLOEXEC | O_NOFOLLOW | O_NONBLOCK;
  int descriptor = open(path.c_str(), O_RDWR | O_CREAT | kFlags, 0666);
  if (descriptor >= 0 || errno != EACCES) return descriptor;
  descriptor = open(path.c_str(), O_RDONLY | kFlags);
  if (descriptor < 0) errno = EACCES;  // the first refusal says more
  return descriptor;
}

// Whether the descriptor's file is still the one of that name: its holder removes it when leaving.
bool IsStillThere(int descriptor, const fs::path& path) {
  struct stat held {};
  struct stat named {};
  return fstat(descriptor, &held) == 0 && lstat(path.c_str(), &named) == 0 &&
         held.st_ino == named.st_ino && held.st_dev == named.st_dev;
}

void WriteIdentity(int descriptor) {
  // A full disk costs the name of the holder, not the lock.
  const std::string identity = Identity();
  if (ftruncate(descriptor, 0) != 0) return;
  [[maybe_unused]] const ssize_t written = pwrite(descriptor, identity.data(), identity.size(), 0);
}

}  // namespace

ProjectLock::ProjectLock(ProjectLock&& other) noexcept
    : descriptor_(std::exchange(other.descriptor_, -1)), path_(std::move(other.path_)) {}

ProjectLock& ProjectLock::operator=(ProjectLock&& other) noexcept {
  std::swap(descriptor_, other.descriptor_);
  std::swap(path_, other.path_);
  return *this;
}

ProjectLock::~ProjectLock() {
  if (descriptor_ < 0) return;
  unlink(path_.c_str());  // before letting go, so that only the holder ever removes it
  close(descriptor_);
}

fs::path ProjectLock::PathFor(const fs::path& project) { return project.string() + ".lock"; }

LockAttempt TakeProjectLock(const fs::path& project) {
  const fs::path path = ProjectLock::PathFor(project);
  while (true) {
    const int descriptor = OpenLockFile(path);
    if (descriptor < 0) {
      return {.outcome = LockOutcome::kNotWritable, .detail = std::strerror(errno)};
    }
    if (flock(descriptor, LOCK_EX | LOCK_NB) != 0) {
      const int cause = errno;
      LockAttempt attempt{.outcome = LockOutcome::kNotSupported, .detail = std::strerror(cause)};
      if (cause == EWOULDBLOCK) {
        attempt.outcome = LockOutcome::kHeld;
        attempt.detail = DescribeHolder(descriptor);
      }
      close(descriptor);
      return attempt;
    }
    if (IsStillThere(descriptor, path)) {
      WriteIdentity(descriptor);
      return {.outcome = LockOutcome::kTaken, .lock = ProjectLock(descriptor, path)};
    }
    close(descriptor);
  }
}

}  // namespace lookout::app
