#include "tests/app/cli/command_line_support.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <unistd.h>

#include <cstdio>

#include "app/cli/commands.h"
#include "app/platform/files.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

// Sends what is written to a descriptor into a file until the end of its life.
class Redirection {
 public:
  Redirection(int descriptor, const std::string& file) : descriptor_(descriptor) {
    std::fflush(nullptr);
    saved_ = dup(descriptor);
    const int target = open(file.c_str(), O_CREAT | O_WRONLY | O_TRUNC, 0600);
    REQUIRE(target >= 0);
    dup2(target, descriptor);
    close(target);
  }
  ~Redirection() {
    std::fflush(nullptr);
    dup2(saved_, descriptor_);
    close(saved_);
  }
  Redirection(const Redirection&) = delete;
  Redirection& operator=(const Redirection&) = delete;

 private:
  int descriptor_;
  int saved_ = -1;
};

}  // namespace

CommandResult Lookout(const std::vector<std::string>& arguments) {
  std::vector<std::string> words{"lookout"};
  words.insert(words.end(), arguments.begin(), arguments.end());
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  const test::ScratchFolder scratch;
  CommandResult result;
  {
    const Redirection output(STDOUT_FILENO, scratch / "output");
    const Redirection errors(STDERR_FILENO, scratch / "errors");
    result.exit_code = RunCommandLine(static_cast<int>(pointers.size()), pointers.data());
  }
  result.output = FileText(scratch / "output");
  result.errors = FileText(scratch / "errors");
  return result;
}

std::vector<std::string> TinyTraining(const std::string& folder, int iterations,
                                      const std::string& environment) {
  return {"train",
          "--out",
          folder,
          "--env",
          "Safexp-" + environment + "-v0",
          "--algo",
          "ppo-lag",
          "--steps",
          fmt::to_string(600 * iterations),
          "--workers",
          "2",
          "--hidden",
          "8",
          "--environments",
          "3",
          "--steps-per-iteration",
          "600",
          "--value-iterations",
          "2"};
}

std::vector<std::string> operator+(std::vector<std::string> arguments,
                                   const std::vector<std::string>& more) {
  arguments.insert(arguments.end(), more.begin(), more.end());
  return arguments;
}

std::filesystem::path ShippedModel() {
  return std::filesystem::path(LOOKOUT_SOURCE_DIR) / "assets/cost_models/pointgoal1.costmodel";
}

std::string FileText(const std::filesystem::path& path) {
  auto bytes = ReadWholeFile(path, 1U << 26U);
  return bytes.ok() ? *bytes : "cannot read " + path.string();
}

}  // namespace lookout::app
