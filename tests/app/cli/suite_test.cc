// The benchmark's table by one command, from the first run to the picture, and what it does not do
// again.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/platform/files.h"
#include "app/runs/run_folder.h"
#include "tests/app/cli/command_line_support.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;

// So little of everything that six environments take seconds.
std::string TinySettings(const test::ScratchFolder& scratch) {
  const std::string file = scratch / "tiny.json";
  REQUIRE(WriteWholeFile(file, R"({"steps-per-iteration": 600, "environments": 3, "hidden": 8,
                                   "minibatch": 0, "value-iterations": 2,
                                   "policy-iterations": 2})")
              .ok());
  return file;
}

std::vector<std::string> Suite(const test::ScratchFolder& scratch) {
  return {"suite",
          "--suite",
          "sg6",
          "--algo",
          "ppo",
          "--steps",
          "1200",
          "--seeds",
          "1",
          "--episodes",
          "1",
          "--workers",
          "2",
          "--settings",
          TinySettings(scratch),
          "--out",
          scratch / "table",
          "--json"};
}

std::size_t Rows(const fs::path& folder) {
  const auto run = LoadRunFolder(folder);
  REQUIRE(run.ok());
  return run->progress.rows;
}

TEST_CASE(
    "a suite trains, evaluates and tabulates what is not done yet, and goes on where it was") {
  const test::ScratchFolder scratch;
  const fs::path begun = fs::path(scratch / "table") / "PointGoal1" / "ppo" / "seed-0";
  REQUIRE(Lookout({"train", "--env", "Safexp-PointGoal1-v0", "--algo", "ppo", "--preset", "fast",
                   "--settings", TinySettings(scratch), "--steps", "600", "--out", begun.string()})
              .exit_code == 0);
  const std::string first_row = FileText(RunFolder(begun).progress());

  const CommandResult done = Lookout(Suite(scratch));
  REQUIRE_MESSAGE(done.exit_code == 0, done.errors);
  const json table = json::parse(done.output);
  CHECK(table["runs"].size() == 6);
  REQUIRE(table["cells"].size() == 7);
  const json& suite = table["cells"].back();
  CHECK(suite["environment"] == "SG6");
  double sum = 0.0;
  for (std::size_t i = 0; i < 6; ++i) sum += table["cells"][i]["J"]["mean"].get<double>();
  CHECK(suite["J"]["mean"].get<double>() == doctest::Approx(sum / 6.0));
  CHECK(suite["J"]["low"].is_null());  // one seed has no interval
  // The run that had begun was gone on with.
  CHECK(Rows(begun) == 2);
  CHECK(FileText(RunFolder(begun).progress()).starts_with(first_row));
  for (const char* name : {"suite.txt", "suite.json", "suite.svg"}) {
    CHECK(fs::file_size(fs::path(scratch / "table") / name) > 100);
  }

  const auto trained_at = fs::last_write_time(RunFolder(begun).policy());
  const fs::path lost = fs::path(scratch / "table") / "CarGoal1" / "ppo" / "seed-0";
  fs::remove_all(lost);
  const CommandResult again = Lookout(Suite(scratch));
  REQUIRE_MESSAGE(again.exit_code == 0, again.errors);
  CHECK(again.output == done.output);
  CHECK(fs::exists(RunFolder(lost).policy()));
  CHECK(fs::last_write_time(RunFolder(begun).policy()) == trained_at);

  std::vector<std::string> other = Suite(scratch);
  other.insert(other.end(), {"--preset", "ray2019"});
  const CommandResult refused = Lookout(other);
  CHECK(refused.exit_code == kBadInput);
  CHECK_MESSAGE(refused.errors.find("name another --out") != std::string::npos, refused.errors);
}

TEST_CASE("a suite takes neither agents of other settings nor evaluations that cannot be") {
  const test::ScratchFolder scratch;
  const CommandResult done = Lookout(Suite(scratch));
  REQUIRE_MESSAGE(done.exit_code == 0, done.errors);
  const auto with = [&](const char* option, const std::string& value) {
    std::vector<std::string> arguments = Suite(scratch);
    *(std::ranges::find(arguments, option) + 1) = value;
    const CommandResult result = Lookout(arguments);
    CHECK(result.exit_code == kBadInput);
    return result.errors;
  };
  CHECK_MESSAGE(with("--steps", "600").find("of 1200 steps, more than the 600 of this table") !=
                    std::string::npos,
                "fewer steps");
  const std::string settings = scratch / "other.json";
  REQUIRE(WriteWholeFile(settings, R"({"steps-per-iteration": 600, "environments": 3, "hidden": 8,
                                       "minibatch": 0, "value-iterations": 3})")
              .ok());
  CHECK(with("--settings", settings).find("with other settings than these") != std::string::npos);

  // An evaluation that cannot be is not taken, nor made again without a word.
  const fs::path evaluation =
      fs::path(scratch / "table") / "PointGoal1" / "ppo" / "seed-0" / "evaluation.json";
  const std::string whole = FileText(evaluation);
  auto impossible = json::parse(whole);
  impossible["scores"]["cost"] = -1.0;
  for (const std::string& text : {whole.substr(0, whole.size() / 2), impossible.dump()}) {
    REQUIRE(WriteWholeFile(evaluation, text).ok());
    const CommandResult damaged = Lookout(Suite(scratch));
    CHECK(damaged.exit_code == kBadInput);
    CHECK_MESSAGE(
        damaged.errors.find(evaluation.string() + " is damaged: it ") != std::string::npos,
        damaged.errors);
  }
}

TEST_CASE("a suite knows its suites and agents") {
  const test::ScratchFolder scratch;
  const auto with = [&](const char* option, const char* value) {
    std::vector<std::string> arguments = Suite(scratch);
    *(std::ranges::find(arguments, option) + 1) = value;
    return Lookout(arguments);
  };
  CHECK(with("--suite", "sg7").exit_code == kUsage);
  CHECK(with("--algo", "ppo,sac").exit_code == kUsage);
  const std::string wrong = scratch / "wrong.json";
  REQUIRE(WriteWholeFile(wrong, R"({"nope": 1})").ok());
  CHECK(with("--settings", wrong.c_str()).exit_code == kBadInput);
  REQUIRE(WriteWholeFile(wrong, R"({"cost": "learned"})").ok());
  const CommandResult learned = with("--settings", wrong.c_str());
  CHECK(learned.exit_code == kBadInput);
  CHECK(learned.errors.find("leave out 'cost'") != std::string::npos);
  CHECK_FALSE(fs::exists(scratch / "table"));
}

}  // namespace
}  // namespace lookout::app
