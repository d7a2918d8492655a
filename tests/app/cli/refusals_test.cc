// What the command line refuses, and how it says so.
#include <doctest/doctest.h>

#include <filesystem>
#include <nlohmann/json.hpp>

#include "app/platform/files.h"
#include "app/project/files/project_lock.h"
#include "app/runs/run_folder.h"
#include "tests/app/cli/command_line_support.h"
#include "tests/support/contains.h"
#include "tests/support/project_samples.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

TEST_CASE("a demonstration of an environment that does not exist leaves no folder") {
  const test::ScratchFolder scratch;
  const CommandResult refused = Lookout({"demo", "--out", scratch / "demo", "--env", "Nope"});
  CHECK(refused.exit_code == kBadInput);
  CHECK_FALSE(fs::exists(scratch / "demo"));
}

TEST_CASE("a subcommand that does not exist is told the nearest") {
  const CommandResult wrong = Lookout({"trian", "--out", "x"});
  CHECK(wrong.exit_code == kUsage);
  CHECK(Contains(wrong.errors, "There is no subcommand trian. Did you mean train?"));
  CHECK(Contains(Lookout({"qqqqqqqqqq"}).errors, "There is no subcommand qqqqqqqqqq."));
  CHECK(Contains(Lookout({"bench", "trian"}).errors, "Did you mean train?"));
  CHECK(Lookout({"--version"}).exit_code == 0);
}

TEST_CASE("no option takes an empty text or something that is not a number") {
  const test::ScratchFolder scratch;
  for (const std::vector<std::string>& arguments :
       std::vector<std::vector<std::string>>{{"train", "--out", ""},
                                             {"train", "--out", scratch / "run", "--limit", "nan"},
                                             {"train", "--out", scratch / "run", "--gamma", "-NaN"},
                                             {"demo", "--out", scratch / "demo", "--limit", "nan"},
                                             {"demo", "--out", ""},
                                             {"gui", "--project", ""},
                                             {"eval", ""},
                                             {"sim", "--env", ""},
                                             {"sim", "--policy", ""},
                                             {"conform", ""}}) {
    const CommandResult refused = Lookout(arguments);
    CAPTURE(arguments[0]);
    CAPTURE(refused.errors);
    CHECK(refused.exit_code == kUsage);
    CHECK(Contains(refused.errors, "must "));
  }
  CHECK(fs::is_empty(fs::path(scratch / "run").parent_path()));
}

TEST_CASE("a project in a folder that does not exist is not made") {
  const test::ScratchFolder scratch;
  const std::string folder = scratch / "no-such-folder";
  const CommandResult refused = Lookout({"gui", "--project", folder + "/study.lookout"});
  CHECK(refused.exit_code == kBadInput);
  CHECK(Contains(refused.errors, "there is no folder " + folder));
  CHECK_FALSE(fs::exists(folder));
}

TEST_CASE("short names of environments are as good as ids") {
  const CommandResult shown = Lookout({"envs", "PointGoal1"});
  CHECK(shown.exit_code == 0);
  CHECK(Contains(shown.output, "Safexp-PointGoal1-v0"));
  CHECK(Contains(Lookout({"sim", "--env", "PointGaol1"}).errors, "Did you mean PointGoal1"));
}

TEST_CASE("a second process does not train into the same folder") {
  const test::ScratchFolder scratch;
  const std::string run = scratch / "run";
  fs::create_directories(run);
  {
    const LockAttempt held = TakeProjectLock(fs::path(run) / "run");
    REQUIRE(held.outcome == LockOutcome::kTaken);
    const CommandResult refused = Lookout(TinyTraining(run, 1));
    CHECK(refused.exit_code == 5);
    CHECK(Contains(refused.errors, "is in use by"));
    CHECK_FALSE(RunFolder(run).has_run());
  }
  // What a killed process leaves behind blocks nobody.
  REQUIRE(WriteWholeFile(fs::path(run) / "run.lock", "1\nelsewhere\nlookout\n").ok());
  REQUIRE(Lookout(TinyTraining(run, 1)).exit_code == 0);
  CHECK_FALSE(fs::exists(fs::path(run) / "run.lock"));
  const LockAttempt held = TakeProjectLock(fs::path(run) / "run");
  CHECK(Lookout({"train", "--resume", run, "--steps", "1200"}).exit_code == 5);
}

TEST_CASE("a folder that two processes wrote at once is recognised") {
  const test::ScratchFolder scratch;
  const std::string run = scratch / "run";
  REQUIRE(Lookout(TinyTraining(run, 2)).exit_code == 0);
  const fs::path log = RunFolder(run).progress();
  const std::string text = FileText(log);
  const std::size_t rows = text.find('\n') + 1;
  REQUIRE(WriteWholeFile(log, text + text.substr(rows)).ok());
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {"compare", run}, {"train", "--resume", run, "--steps", "1800"}}) {
    const CommandResult refused = Lookout(arguments);
    CHECK(refused.exit_code == kBadInput);
    CHECK(Contains(refused.errors, "line 4: the iterations do not rise"));
  }
}

TEST_CASE("a damaged checkpoint is refused by the name of its file") {
  const test::ScratchFolder scratch;
  const std::string run = scratch / "run";
  REQUIRE(Lookout(TinyTraining(run, 1)).exit_code == 0);
  const std::string file = RunFolder(run).checkpoint().string();
  const std::string whole = FileText(file);
  REQUIRE(WriteWholeFile(file, whole.substr(0, whole.size() / 2)).ok());
  for (const std::vector<std::string>& arguments : std::vector<std::vector<std::string>>{
           {"train", "--resume", run, "--steps", "1200"},
           TinyTraining(scratch / "other", 1) + std::vector<std::string>{"--start-from", file},
           {"eval", file},
           {"export", file, "--onnx", scratch / "policy.onnx"}}) {
    const CommandResult refused = Lookout(arguments);
    CAPTURE(arguments[0]);
    CHECK(refused.exit_code == kBadInput);
    CHECK_MESSAGE(Contains(refused.errors, file + ": The "), refused.errors);
    CHECK(Contains(refused.errors, "is cut short"));
  }
}

TEST_CASE("the configuration of another program's run is refused without the library's words") {
  const test::ScratchFolder scratch;
  REQUIRE(WriteWholeFile(scratch / "config.json", R"({"seed": 10, "epochs": 8})").ok());
  const CommandResult refused = Lookout({"eval", scratch / "."});
  CHECK(refused.exit_code == kBadInput);
  CHECK(Contains(refused.errors, "it lacks 'env'"));
  CHECK_FALSE(Contains(refused.errors, "json."));
}

TEST_CASE("seeds that no episode starts from are named and counted, and the rest is reported") {
  const test::ScratchFolder scratch;
  // The robot and nine hazards fit into the arena only now and then.
  const std::string world = scratch / "crowded.json";
  REQUIRE(WriteWholeFile(world, R"({"extends": "Safexp-PointGoal1-v0", "num_steps": 5,
      "hazards_num": 9, "hazards_keepout": 0.39, "vases_num": 0})")
              .ok());
  const CommandResult played = Lookout({"sim", "--env", world, "--episodes", "4", "--json"});
  REQUIRE_MESSAGE(played.exit_code == 0, played.errors);
  const nlohmann::json report = nlohmann::json::parse(played.output);
  CHECK(report.at("refused_seeds") == std::vector<int>{0, 1, 2});
  REQUIRE(report.at("episodes").size() == 1);
  CHECK(report.at("episodes")[0].at("seed") == 3);
  const CommandResult table = Lookout({"sim", "--env", world, "--episodes", "4"});
  CHECK(Contains(table.output, "3 seeds were refused and left out: 0, 1, 2"));
  CHECK(Lookout({"sim", "--env", world, "--episodes", "2"}).exit_code == kBadInput);
}

TEST_CASE("without marks there is nothing to fit, and no project is made") {
  const test::ScratchFolder folder;
  const CommandResult missing =
      Lookout({"fit", "--project", folder / "none.lookout", "--out", folder / "cost.model"});
  CHECK(missing.exit_code == kBadInput);
  CHECK(fs::is_empty(folder.path()));
  test::OpenProject(folder / "empty.lookout");
  const CommandResult empty =
      Lookout({"fit", "--project", folder / "empty.lookout", "--out", folder / "cost.model"});
  CHECK(empty.exit_code == kBadInput);
  CHECK(empty.errors.find("no marks") != std::string::npos);
}

}  // namespace
}  // namespace lookout::app
