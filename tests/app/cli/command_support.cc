#include "tests/app/cli/command_support.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cstdio>
#include <memory>

#include "app/cli/commands.h"
#include "sim/base/log.h"

namespace lookout::app {
namespace {

using FileHandle = std::unique_ptr<std::FILE, int (*)(std::FILE*)>;

// Lets a standard stream write into a file of its own while this lives.
class Caught {
 public:
  explicit Caught(std::FILE* stream)
      : stream_(stream), file_(std::tmpfile(), &std::fclose), before_(dup(fileno(stream))) {
    REQUIRE(file_ != nullptr);
    REQUIRE(before_ >= 0);
    std::fflush(stream_);
    dup2(fileno(file_.get()), fileno(stream_));
  }
  ~Caught() { Stop(); }
  Caught(const Caught&) = delete;
  Caught& operator=(const Caught&) = delete;

  std::string Stop() {
    if (before_ < 0) return "";
    std::fflush(stream_);
    dup2(before_, fileno(stream_));
    close(before_);
    before_ = -1;
    std::string text;
    std::rewind(file_.get());
    for (int c = std::fgetc(file_.get()); c != EOF; c = std::fgetc(file_.get())) {
      text += static_cast<char>(c);
    }
    return text;
  }

 private:
  std::FILE* stream_;
  FileHandle file_;
  int before_;
};

}  // namespace

Outcome RunCommand(const std::vector<std::string>& arguments) {
  std::vector<std::string> words{"lookout"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  SetLogLevel(LogLevel::kInfo);
  Caught out(stdout);
  Caught err(stderr);
  Outcome outcome;
  outcome.exit_code = RunCommandLine(static_cast<int>(pointers.size()), pointers.data());
  outcome.err = err.Stop();
  outcome.out = out.Stop();
  SetLogLevel(LogLevel::kError);
  return outcome;
}

}  // namespace lookout::app
