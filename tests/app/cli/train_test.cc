#include <doctest/doctest.h>
#include <fmt/format.h>
#include <signal.h>
#include <unistd.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <thread>

#include "agents/rl/settings/training_settings.h"
#include "app/cli/support/text/progress_bar.h"
#include "app/platform/files.h"
#include "app/runs/progress_log.h"
#include "app/runs/run_folder.h"
#include "sim/base/result.h"
#include "tests/app/cli/command_line_support.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

ProgressTable Progress(const std::string& folder) {
  auto table = ParseProgress(FileText(RunFolder(folder).progress()), "progress.txt");
  REQUIRE(table.ok());
  return *table;
}

void CheckSameRun(const std::string& a, const std::string& b) {
  CHECK(FileText(RunFolder(a).checkpoint()) == FileText(RunFolder(b).checkpoint()));
  CHECK(FileText(RunFolder(a).policy()) == FileText(RunFolder(b).policy()));
  CHECK(FileText(RunFolder(a).config()) == FileText(RunFolder(b).config()));
  const ProgressTable first = Progress(a);
  const ProgressTable second = Progress(b);
  for (const auto& [name, values] : first.columns) {
    if (name.ends_with("Time")) continue;
    for (std::size_t i = 0; i < values.size(); ++i) {
      const bool both_are_gaps = std::isnan(values[i]) && std::isnan(second[name][i]);
      CHECK_MESSAGE((both_are_gaps || values[i] == second[name][i]), name << " in row " << i);
    }
  }
}

TEST_CASE("a run that goes on equals the one that was not stopped, bit for bit") {
  for (const Choice<agents::Algorithm>& algorithm : agents::Choices(agents::Algorithm{})) {
    CAPTURE(algorithm.name);
    const test::ScratchFolder scratch;
    const auto training = [&](const char* name, int iterations) {
      std::vector<std::string> arguments = TinyTraining(scratch / name, iterations);
      std::ranges::replace(arguments, "ppo-lag", algorithm.name);
      return arguments;
    };
    REQUIRE(Lookout(training("whole", 3)).exit_code == 0);
    REQUIRE(Lookout(training("parts", 1)).exit_code == 0);
    const auto rest = Lookout({"train", "--resume", scratch / "parts", "--steps", "1800"});
    REQUIRE_MESSAGE(rest.exit_code == 0, rest.errors);
    CheckSameRun(scratch / "whole", scratch / "parts");
    const ProgressTable table = Progress(scratch / "parts");
    CHECK(table["Epoch"] == std::vector<double>{1, 2, 3});
    CHECK(table["TotalEnvInteracts"] == std::vector<double>{600, 1200, 1800});
    CHECK(table["Time"][2] > table["Time"][1]);
  }
}

// Presses Ctrl-C once a run has logged that many iterations.
std::jthread PressCtrlCAfter(const std::string& folder, int iterations) {
  return std::jthread([=](const std::stop_token& stop) {
    const auto rows = [&] {
      const std::string text = FileText(RunFolder(folder).progress());
      return std::ranges::count(text, '\n') - 1;
    };
    while (rows() < iterations && !stop.stop_requested()) std::this_thread::yield();
    if (!stop.stop_requested()) kill(getpid(), SIGINT);
  });
}

TEST_CASE("Ctrl-C leaves a checkpoint from which the run goes on as if nothing had been") {
  const test::ScratchFolder scratch;
  CommandResult stopped;
  {
    const std::jthread finger = PressCtrlCAfter(scratch / "parts", 2);
    stopped = Lookout(TinyTraining(scratch / "parts", 100'000));
  }
  CHECK(stopped.exit_code == 128 + SIGINT);
  CHECK(stopped.errors.find("lookout train --resume " + scratch / "parts") != std::string::npos);
  const int done = static_cast<int>(Progress(scratch / "parts").rows);
  CHECK(done >= 2);
  const std::string steps = fmt::to_string(600 * (done + 1));
  REQUIRE(Lookout({"train", "--resume", scratch / "parts", "--steps", steps}).exit_code == 0);
  REQUIRE(Lookout(TinyTraining(scratch / "whole", done + 1)).exit_code == 0);
  CheckSameRun(scratch / "whole", scratch / "parts");
}

TEST_CASE("what was logged after the last checkpoint is logged again, once") {
  const test::ScratchFolder scratch;
  REQUIRE(Lookout(TinyTraining(scratch / "run", 2)).exit_code == 0);
  const RunFolder folder(scratch / "run");
  // As a crash leaves it: an iteration past the checkpoint, and half of another.
  std::string text = FileText(folder.progress());
  const std::string last = text.substr(text.rfind('\n', text.size() - 2) + 1);
  REQUIRE(last.starts_with("2\t"));
  text += "3" + last.substr(1) + "1\t0.5";
  {
    std::FILE* file = std::fopen(folder.progress().c_str(), "w");
    std::fputs(text.c_str(), file);
    std::fclose(file);
  }
  REQUIRE(Lookout({"train", "--resume", scratch / "run", "--steps", "1800"}).exit_code == 0);
  REQUIRE(Lookout(TinyTraining(scratch / "whole", 3)).exit_code == 0);
  CheckSameRun(scratch / "whole", scratch / "run");
}

TEST_CASE("options beside --resume change the rest of the run, and stay with it") {
  const test::ScratchFolder scratch;
  REQUIRE(Lookout(TinyTraining(scratch / "run", 2)).exit_code == 0);
  REQUIRE(Lookout({"train", "--resume", scratch / "run", "--steps", "2400", "--steps-per-iteration",
                   "1200"})
              .exit_code == 0);
  CHECK(Progress(scratch / "run")["TotalEnvInteracts"] == std::vector{600.0, 1200.0, 2400.0});
  CHECK(LoadRunFolder(scratch / "run")->config.settings.steps_per_iteration == 1200);
  CHECK(RunFolder(scratch / "run").GoOn(3)->steps == 2400);
}

TEST_CASE("--json prints one object for each iteration, and nothing else") {
  const test::ScratchFolder scratch;
  const auto result =
      Lookout(TinyTraining(scratch / "run", 5) + std::vector<std::string>{"--json"});
  REQUIRE(result.exit_code == 0);
  std::vector<nlohmann::json> lines;
  std::size_t begin = 0;
  for (std::size_t end = result.output.find('\n'); end != std::string::npos;
       begin = end + 1, end = result.output.find('\n', begin)) {
    lines.push_back(nlohmann::json::parse(result.output.substr(begin, end - begin)));
  }
  CHECK(begin == result.output.size());
  REQUIRE(lines.size() == 5);
  const ProgressTable table = Progress(scratch / "run");
  for (std::size_t i = 0; i < 5; ++i) {
    CHECK(lines[i].at("iteration") == i + 1);
    CHECK(lines[i].at("steps") == 600 * (i + 1));
    CHECK(lines[i].at("kl").get<double>() == doctest::Approx(table["KL"][i]));
  }
  CHECK(lines[0].at("return").is_null());  // no episode has ended yet
  REQUIRE(lines[4].at("return").is_number());
  CHECK(lines[4].at("return").get<double>() == doctest::Approx(table["AverageEpRet"][4]));
}

TEST_CASE("the table has a row for each iteration") {
  const test::ScratchFolder scratch;
  const auto result = Lookout(TinyTraining(scratch / "run", 2));
  REQUIRE(result.exit_code == 0);
  CHECK(std::ranges::count(result.output, '\n') == 3);
  CHECK(result.output.find("return") != std::string::npos);
}

TEST_CASE("a run in a world of one's own keeps that world and resumes without its file") {
  const test::ScratchFolder scratch;
  const std::string world = scratch / "arena.json";
  REQUIRE(WriteWholeFile(world, R"({"extends": "Safexp-PointGoal1-v0", "hazards_num": 3})").ok());
  std::vector<std::string> training = TinyTraining(scratch / "run", 1);
  std::ranges::replace(training, "Safexp-PointGoal1-v0", world);
  REQUIRE(Lookout(training).exit_code == 0);
  fs::remove(world);
  const auto config = ParseRunConfig(FileText(RunFolder(scratch / "run").config()), "config.json");
  REQUIRE(config.ok());
  CHECK(config->environment == "arena");
  REQUIRE(config->own_environment.has_value());
  CHECK(config->own_environment->hazards.num == 3);
  CHECK(config->own_environment->vases.num == 1);
  CHECK(Lookout({"train", "--resume", scratch / "run", "--steps", "1200"}).exit_code == 0);
}

TEST_CASE("steps are rounded up to whole iterations, and that is said") {
  const test::ScratchFolder scratch;
  std::vector<std::string> arguments = TinyTraining(scratch / "run", 1);
  *(std::ranges::find(arguments, "--steps") + 1) = "700";
  const CommandResult rounded = Lookout(arguments + std::vector<std::string>{"--json"});
  REQUIRE_MESSAGE(rounded.exit_code == 0, rounded.errors);
  CHECK(rounded.errors.find("takes 1200 steps instead of 700") != std::string::npos);
  CHECK(rounded.output.find("\"planned_steps\":1200") != std::string::npos);
  CHECK(Lookout(TinyTraining(scratch / "whole", 1)).errors.find("instead of") == std::string::npos);
}

TEST_CASE("bad requests are refused before anything is written") {
  const test::ScratchFolder scratch;
  std::vector<std::string> arguments = TinyTraining(scratch / "run", 1);
  const auto replace = [&](const char* option, const char* value) {
    *(std::ranges::find(arguments, option) + 1) = value;
  };
  int expected = kUsage;
  SUBCASE("an unknown algorithm") { replace("--algo", "sac"); }
  SUBCASE("an unknown preset") { arguments.insert(arguments.end(), {"--preset", "slow"}); }
  SUBCASE("a value out of range") { arguments.insert(arguments.end(), {"--gamma", "1.5"}); }
  SUBCASE("a broken number of neurons") { replace("--hidden", "16.5"); }
  SUBCASE("steps that do not go round") { replace("--steps-per-iteration", "601"); }
  SUBCASE("a learned cost without a model") {
    arguments.insert(arguments.end(), {"--cost", "learned"});
  }
  SUBCASE("a cost model that nothing learns from") {
    arguments.insert(arguments.end(), {"--cost-model", "/proc/self/exe"});
    CHECK(Lookout(arguments).errors.find("--cost-model has no effect with --cost rule") !=
          std::string::npos);
  }
  SUBCASE("what was named and cannot be used") {
    expected = kBadInput;
    SUBCASE("an unknown environment") { replace("--env", "Safexp-PointGoal9-v0"); }
    SUBCASE("a cost model that is none") {
      arguments.insert(arguments.end(), {"--cost", "learned", "--cost-model", "/proc/self/exe"});
    }
    SUBCASE("a settings file that does not go together") {
      REQUIRE(WriteWholeFile(scratch / "s.json", R"({"steps-per-iteration": 601})").ok());
      arguments = {"train", "--out", scratch / "run", "--settings", scratch / "s.json"};
    }
    SUBCASE("nothing to resume") { arguments = {"train", "--resume", scratch / "run"}; }
  }
  CHECK(Lookout(arguments).exit_code == expected);
  CHECK_FALSE(fs::exists(scratch / "run"));
}

TEST_CASE("options go before a settings file, and the file before the preset") {
  const test::ScratchFolder scratch;
  REQUIRE(
      WriteWholeFile(scratch / "settings.json",
                     R"({"algo": "trpo-lag", "multiplier": "pid", "cost-limit": 7, "gamma": 0.9})")
          .ok());
  std::vector<std::string> arguments = TinyTraining(scratch / "run", 1);
  const auto algorithm = std::ranges::find(arguments, "--algo");
  REQUIRE(algorithm != arguments.end());
  arguments.erase(algorithm, algorithm + 2);
  const auto trained = Lookout(
      arguments + std::vector<std::string>{"--settings", scratch / "settings.json", "--preset",
                                           "fast", "--minibatch", "0", "--gamma", "0.8"});
  REQUIRE_MESSAGE(trained.exit_code == 0, trained.errors);
  const auto config = ParseRunConfig(FileText(RunFolder(scratch / "run").config()), "config.json");
  REQUIRE(config.ok());
  CHECK(config->settings.algorithm == agents::Algorithm::kTrpoLagrangian);
  CHECK(config->settings.multiplier_kind == agents::MultiplierKind::kPid);
  CHECK(config->settings.cost_limit == 7.0);
  CHECK(config->settings.gamma == 0.8);
  CHECK(config->settings.normalise_observations);
}

TEST_CASE("a run needs one folder: a new one or one to go on with") {
  const test::ScratchFolder scratch;
  CHECK(Lookout({"train"}).exit_code == kUsage);
  CHECK(Lookout({"train", "--out", scratch / "a", "--resume", scratch / "b"}).exit_code == kUsage);
}

TEST_CASE("a folder that has a run is not overwritten") {
  const test::ScratchFolder scratch;
  REQUIRE(Lookout(TinyTraining(scratch / "run", 1)).exit_code == 0);
  const std::string checkpoint = FileText(RunFolder(scratch / "run").checkpoint());
  const auto again = Lookout(TinyTraining(scratch / "run", 1));
  CHECK(again.exit_code == kBadInput);
  CHECK(again.errors.find("--resume") != std::string::npos);
  CHECK(FileText(RunFolder(scratch / "run").checkpoint()) == checkpoint);
}

TEST_CASE("durations read like a person would say them") {
  CHECK(DurationText(8.4) == "8 s");
  CHECK(DurationText(750) == "12 min 30 s");
  CHECK(DurationText(3900) == "1 h 05 min");
}

TEST_CASE("the bar shows how far, how fast and how long still") {
  const std::string text = BarText(450'000, 3e6, 50'000, 10.0, "steps");
  CHECK(text.find(" 15 %  450 k of 3.00 M steps  5000 steps/s  8 min 30 s left") !=
        std::string::npos);
  CHECK(BarText(3, 200, 0, 60.0, "episodes").find("left") == std::string::npos);
}

}  // namespace
}  // namespace lookout::app
