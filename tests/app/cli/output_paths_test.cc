// Where the command line writes: folders that an output needs are made, and that is said.
#include <doctest/doctest.h>

#include <filesystem>
#include <string>
#include <vector>

#include "tests/app/cli/command_line_support.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

// That much is said of a folder, once.
void CheckSays(const CommandResult& done, const std::string& folder) {
  CHECK_MESSAGE(done.exit_code == 0, done.errors);
  const std::string line = "lookout: Made the folder " + folder + ", which was not there.\n";
  const std::size_t at = done.errors.find(line);
  REQUIRE_MESSAGE(at != std::string::npos, done.errors);
  CHECK(done.errors.find("Made the folder", at + line.size()) == std::string::npos);
}

TEST_CASE("the folders above an output are made and named, whatever the subcommand") {
  const test::ScratchFolder scratch;
  const std::string run = scratch / "runs/of/today/first";
  CheckSays(Lookout(TinyTraining(run, 1)), scratch / "runs/of/today");
  const CommandResult second = Lookout(TinyTraining(scratch / "runs/of/today/second", 1));
  CHECK(second.errors.find("Made the folder") == std::string::npos);
  CheckSays(Lookout({"compare", run, "--out", scratch / "plots/run.svg"}), scratch / "plots");
  CheckSays(Lookout({"export", run, "--onnx", scratch / "models/a.onnx"}), scratch / "models");
  CHECK(fs::is_regular_file(scratch / "models/a.onnx"));
}

TEST_CASE("a folder that cannot be made is named") {
  const test::ScratchFolder scratch;
  const CommandResult refused = Lookout(TinyTraining("/proc/no-such-folder/run", 1));
  CHECK(refused.exit_code == 1);
  CHECK(refused.errors.find("Cannot create the folder /proc/no-such-folder") != std::string::npos);
}

}  // namespace
}  // namespace lookout::app
