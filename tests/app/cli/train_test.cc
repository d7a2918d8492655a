#include "app/cli/train.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <cmath>
#include <cstdlib>
#include <filesystem>
#include <limits>

#include "app/cli/curves.h"
#include "app/cli/progress_log.h"
#include "app/cli/run_folder.h"
#include "app/cli/train_display.h"
#include "app/platform/files.h"
#include "sim/base/log.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

class ScratchFolder {
 public:
  ScratchFolder() {
    std::string name = (fs::temp_directory_path() / "lookout-train-XXXXXX").string();
    REQUIRE(mkdtemp(name.data()) != nullptr);
    path_ = name;
  }
  ~ScratchFolder() { fs::remove_all(path_); }
  std::string operator/(const char* name) const { return (path_ / name).string(); }

 private:
  fs::path path_;
};

std::string Text(const fs::path& path) {
  auto bytes = ReadWholeFile(path, 1U << 26U);
  return bytes.ok() ? *bytes : "cannot read " + path.string();
}

// PointGoal1 with so little of everything that an iteration takes a tenth of a second.
TrainOptions TinyOptions(const std::string& folder, double iterations) {
  TrainOptions options{.algorithm = "ppo-lag", .folder = folder};
  options.overrides = {{"steps", 600 * iterations},
                       {"steps-per-iteration", 600},
                       {"environments", 3},
                       {"workers", 2},
                       {"hidden", 8},
                       {"policy-iterations", 2},
                       {"value-iterations", 2}};
  return options;
}

TEST_CASE("a run in a world of one's own keeps that world and resumes without its file") {
  SetLogLevel(LogLevel::kError);
  const ScratchFolder scratch;
  const std::string world = scratch / "arena.json";
  REQUIRE(WriteWholeFile(world, R"({"extends": "Safexp-PointGoal1-v0", "hazards_num": 3})").ok());
  TrainOptions options = TinyOptions(scratch / "run", 1);
  options.environment = world;
  REQUIRE(RunTrain(options) == 0);
  fs::remove(world);
  const auto config = ParseRunConfig(Text(scratch / "run/config.json"), "config.json");
  REQUIRE(config.ok());
  CHECK(config->environment == "arena");
  REQUIRE(config->own_environment.has_value());
  CHECK(config->own_environment->hazards.num == 3);
  CHECK(config->own_environment->vases.num == 1);
  TrainOptions on{.folder = scratch / "run", .resume = true, .overrides = {{"steps", 1200}}};
  CHECK(RunTrain(on) == 0);
}

TEST_CASE("a run leaves log, configuration, checkpoint and policy, and resumes to the same bits") {
  SetLogLevel(LogLevel::kError);
  const ScratchFolder scratch;
  REQUIRE(RunTrain(TinyOptions(scratch / "whole", 3)) == 0);
  REQUIRE(RunTrain(TinyOptions(scratch / "parts", 1)) == 0);
  TrainOptions on{.folder = scratch / "parts", .resume = true, .overrides = {{"steps", 1800}}};
  REQUIRE(RunTrain(on) == 0);

  const RunFolder whole(scratch / "whole");
  const RunFolder parts(scratch / "parts");
  CHECK(Text(parts.checkpoint()) == Text(whole.checkpoint()));
  CHECK(Text(parts.policy()) == Text(whole.policy()));
  CHECK(Text(parts.config()) == Text(whole.config()));
  const auto table = ParseProgress(Text(parts.progress()), "it");
  REQUIRE(table.ok());
  CHECK((*table)["Epoch"] == std::vector<double>{1, 2, 3});
  CHECK((*table)["TotalEnvInteracts"] == std::vector<double>{600, 1200, 1800});
  CHECK((*table)["Time"][2] > (*table)["Time"][1]);

  CHECK(RunCurves({.folders = {whole.path().string()}, .out = scratch / "curves.svg"}) == 0);
  CHECK(Text(scratch / "curves.svg").find("limit 25") != std::string::npos);
  SetLogLevel(LogLevel::kInfo);
}

TEST_CASE("bad requests are refused before anything is written") {
  SetLogLevel(LogLevel::kError);
  const ScratchFolder scratch;
  const int bad_input = static_cast<int>(ErrorCode::kBadInput);
  TrainOptions options = TinyOptions(scratch / "run", 1);
  SUBCASE("an unknown environment") { options.environment = "Safexp-PointGoal9-v0"; }
  SUBCASE("an unknown algorithm") { options.algorithm = "sac"; }
  SUBCASE("an unknown preset") { options.preset = "slow"; }
  SUBCASE("a value out of range") { options.overrides["gamma"] = 1.5; }
  SUBCASE("a broken number of neurons") { options.overrides["hidden"] = 16.5; }
  SUBCASE("a learned cost without a model") { options.cost = "learned"; }
  SUBCASE("a cost model that is none") {
    options.cost = "learned";
    options.cost_model_file = "/proc/self/exe";
  }
  SUBCASE("nothing to resume") { options.resume = true; }
  CHECK(RunTrain(options) == bad_input);
  CHECK_FALSE(fs::exists(scratch / "run"));
  SetLogLevel(LogLevel::kInfo);
}

TEST_CASE("a folder that has a run is not overwritten") {
  SetLogLevel(LogLevel::kError);
  const ScratchFolder scratch;
  REQUIRE(RunTrain(TinyOptions(scratch / "run", 1)) == 0);
  const std::string checkpoint = Text(RunFolder(scratch / "run").checkpoint());
  CHECK(RunTrain(TinyOptions(scratch / "run", 1)) == static_cast<int>(ErrorCode::kBadInput));
  CHECK(Text(RunFolder(scratch / "run").checkpoint()) == checkpoint);
  SetLogLevel(LogLevel::kInfo);
}

TEST_CASE("progress rows survive being written and read; a gap stays a gap") {
  agents::IterationReport report;
  report.iteration = 7;
  report.steps = 210'000;
  report.mean_return = 3.25;
  report.mean_true_cost = std::numeric_limits<double>::quiet_NaN();
  report.multiplier = 1.5;
  const auto table = ParseProgress(ProgressHeader() + ProgressRow(report, 12.5), "it");
  REQUIRE(table.ok());
  CHECK(table->rows == 1);
  CHECK((*table)["Epoch"][0] == 7);
  CHECK((*table)["AverageEpRet"][0] == 3.25);
  CHECK(std::isnan((*table)["AverageEpCost"][0]));
  CHECK((*table)["Penalty"][0] == 1.5);
  CHECK((*table)["Time"][0] == 12.5);
  CHECK((*table)["Nothing"].empty());
}

TEST_CASE("a torn progress file is refused with the line") {
  const auto torn = ParseProgress("Epoch\tTime\n1\t2\n2\n", "progress.txt");
  REQUIRE_FALSE(torn.ok());
  CHECK(torn.error().message == "progress.txt, line 3: expected 2 fields, found 1.");
  CHECK_FALSE(ParseProgress("", "it").ok());
}

TEST_CASE("rows after the checkpoint are dropped") {
  CHECK(KeepEpochs("Epoch\tTime\n1\t5\n2\t6\n3\t7\n", 2) == "Epoch\tTime\n1\t5\n2\t6\n");
}

TEST_CASE("a configuration with a wrong or missing key is refused by its name") {
  RunConfig config{.environment = "Safexp-PointGoal1-v0", .preset = "fast"};
  config.settings.normalise_observations = true;
  const std::string text = RunConfigText(config);
  const auto same = ParseRunConfig(text, "config.json");
  REQUIRE(same.ok());
  CHECK(same->settings.normalise_observations);
  CHECK(same->preset == "fast");
  const auto without = [&](const std::string& key, const std::string& other) {
    std::string changed = text;
    changed.replace(changed.find(key), key.size(), other);
    const auto refused = ParseRunConfig(changed, "config.json");
    REQUIRE_FALSE(refused.ok());
    return refused.error().message;
  };
  CHECK(without("\"gamma\"", "\"gamme\"").find("gamma") != std::string::npos);
  CHECK(without("\"ppo\"", "\"dqn\"").find("dqn") != std::string::npos);
  CHECK(without("0.2,", "-5,").find("--clip-ratio") != std::string::npos);
  CHECK_FALSE(ParseRunConfig("[1, 2", "config.json").ok());
}

TEST_CASE("durations read like a person would say them") {
  CHECK(DurationText(8.4) == "8 s");
  CHECK(DurationText(750) == "12 min 30 s");
  CHECK(DurationText(3900) == "1 h 05 min");
}

}  // namespace
}  // namespace lookout::app
