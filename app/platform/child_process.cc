#include "app/platform/child_process.h"

#include <fcntl.h>
#include <fmt/format.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstring>
#include <thread>

extern char** environ;  // NOLINT(readability-redundant-declaration)

namespace lookout::app {
namespace {

// Nothing to read, nowhere to write: the terminal belongs to us.
class QuietFiles {
 public:
  QuietFiles() {
    posix_spawn_file_actions_init(&actions_);
    posix_spawn_file_actions_addopen(&actions_, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
    posix_spawn_file_actions_addopen(&actions_, STDOUT_FILENO, "/dev/null", O_WRONLY, 0);
    posix_spawn_file_actions_addopen(&actions_, STDERR_FILENO, "/dev/null", O_WRONLY, 0);
  }
  ~QuietFiles() { posix_spawn_file_actions_destroy(&actions_); }
  QuietFiles(const QuietFiles&) = delete;
  QuietFiles& operator=(const QuietFiles&) = delete;
  const posix_spawn_file_actions_t* get() const { return &actions_; }

 private:
  posix_spawn_file_actions_t actions_;
};

std::string HowItEnded(int status) {
  if (WIFSIGNALED(status)) return std::string("died of signal ") + strsignal(WTERMSIG(status));
  return fmt::format("ended with status {}", WEXITSTATUS(status));
}

}  // namespace

Status RunChild(const std::vector<std::string>& arguments, double patience_s,
                std::stop_token stop) {
  std::vector<char*> words;
  for (const std::string& argument : arguments)
    words.push_back(const_cast<char*>(argument.c_str()));
  words.push_back(nullptr);
  pid_t child = 0;
  const QuietFiles quiet;
  const int failed = posix_spawnp(&child, words[0], quiet.get(), nullptr, words.data(), environ);
  if (failed != 0) return Error{arguments[0] + " cannot be started: " + std::strerror(failed)};

  const auto deadline =
      std::chrono::steady_clock::now() + std::chrono::duration<double>(patience_s);
  int status = 0;
  while (true) {
    const pid_t ended = waitpid(child, &status, WNOHANG);
    if (ended == child) break;
    if (ended < 0) return Error{arguments[0] + " cannot be waited for: " + std::strerror(errno)};
    if (stop.stop_requested() || std::chrono::steady_clock::now() > deadline) {
      kill(child, SIGKILL);
      waitpid(child, &status, 0);
      return Error{arguments[0] + (stop.stop_requested() ? " was stopped" : " took too long")};
    }
    std::this_thread::sleep_for(std::chrono::milliseconds(20));
  }
  if (WIFEXITED(status) && WEXITSTATUS(status) == 0) return {};
  return Error{arguments[0] + " " + HowItEnded(status)};
}

}  // namespace lookout::app
