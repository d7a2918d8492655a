// lookout fit: from a project's marks to a file that lookout train learns from.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "agents/feedback/models/cost_model.h"
#include "tests/app/cli/command_line_support.h"
#include "tests/app/cli/fit_support.h"
#include "tests/support/project_samples.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

using fit_samples::kEpisodes;
using fit_samples::kFitDim;
using fit_samples::kFitSteps;
using fit_samples::MarkedProject;
using fit_samples::MarkOf;
using fit_samples::SaveTwoHalves;

TEST_CASE("a project's marks become a cost model that train learns from") {
  const test::TestFolder folder;
  const std::string file = MarkedProject(folder);
  const std::string model = folder / "cost.model";
  const CommandResult fitted = Lookout({"fit", "--project", file, "--out", model, "--json"});
  REQUIRE_MESSAGE(fitted.exit_code == 0, fitted.errors);
  const auto report = nlohmann::json::parse(fitted.output);
  CHECK(report.at("environment") == "Safexp-PointGoal1-v0");
  CHECK(report.at("unsafe_steps") == kEpisodes * (kFitSteps / 2 - 1));
  CHECK(report.at("safe_steps") == kEpisodes * kFitSteps / 2);
  CHECK(report.at("auc") == 1.0);
  CHECK(report.at("disputed_steps") == 0);
  REQUIRE(report.at("annotators").size() == 1);
  CHECK(report.at("annotators").at(0).at("hit_rate").is_null());
  CHECK(report.at("annotators").at(0).at("estimated_false_alarm_rate") < 0.1);
  CHECK(report.at("annotators").at(0).at("estimated_miss_rate") < 0.1);
  CHECK(report.at("viewed_steps") == kEpisodes * (kFitSteps - 1));
  CHECK(report.at("unsafe_share").get<double>() == doctest::Approx(0.49).epsilon(0.1));
  CHECK(report.at("learned_cost").get<double>() ==
        doctest::Approx(kFitSteps / 2 - 1).epsilon(0.1));  // of an episode held out
  const CommandResult unknown =
      Lookout({"fit", "--project", file, "--out", model, "--annotators", "loudest"});
  CHECK(unknown.exit_code == kUsage);
  CHECK(unknown.errors.find("use equal or dawid-skene") != std::string::npos);
  const CommandResult trained =
      Lookout(TinyTraining(folder / "run", 1) +
              std::vector<std::string>{"--cost", "learned", "--cost-model", model, "--anyway"});
  CHECK_MESSAGE(trained.exit_code == 0, trained.errors);

  CHECK(Lookout({"fit", "--project", file, "--out", model, "--env", "PointGoal1"}).exit_code == 0);
  const CommandResult elsewhere =
      Lookout({"fit", "--project", file, "--out", model, "--env", "CarGoal1"});
  CHECK(elsewhere.exit_code == kBadInput);
  CHECK(elsewhere.errors.find("only in Safexp-PointGoal1-v0") != std::string::npos);
}

TEST_CASE("a fit goes on from a model before, or looks at the world around alone") {
  const test::TestFolder folder;
  const std::string file = MarkedProject(folder);
  const std::string model = folder / "cost.model";
  const auto fit = [&](const std::vector<std::string>& more) {
    return Lookout(std::vector<std::string>{"fit", "--project", file, "--out", model, "--json"} +
                   more);
  };
  const CommandResult anew = fit({});
  REQUIRE_MESSAGE(anew.exit_code == 0, anew.errors);
  CHECK(nlohmann::json::parse(anew.output).at("went_on") == false);
  const CommandResult again = fit({"--previous", model});
  REQUIRE_MESSAGE(again.exit_code == 0, again.errors);
  CHECK(nlohmann::json::parse(again.output).at("went_on") == true);
  CHECK(nlohmann::json::parse(again.output).at("auc") == 1.0);
  CHECK(fit({"--previous", file}).exit_code == kBadInput);
  const CommandResult around = fit({"--inputs", "world"});
  REQUIRE_MESSAGE(around.exit_code == 0, around.errors);
  CHECK(nlohmann::json::parse(around.output).at("inputs") == "world");
  CHECK(fit({"--inputs", "half"}).exit_code == kUsage);
}

TEST_CASE("a fit looks at earlier observations and at the action where it is told to") {
  const test::TestFolder folder;
  const std::string file = MarkedProject(folder);
  const std::string model = folder / "cost.model";
  const auto fit = [&](const std::vector<std::string>& more) {
    return Lookout(std::vector<std::string>{"fit", "--project", file, "--out", model, "--json"} +
                   more);
  };
  const CommandResult plain = fit({});
  REQUIRE_MESSAGE(plain.exit_code == 0, plain.errors);
  CHECK(nlohmann::json::parse(plain.output).at("history") == 0);
  CHECK(nlohmann::json::parse(plain.output).at("with_action") == false);
  const CommandResult past = fit({"--history", "2", "--with-action", "--previous", model});
  REQUIRE_MESSAGE(past.exit_code == 0, past.errors);
  const auto said = nlohmann::json::parse(past.output);
  CHECK(said.at("history") == 2);
  CHECK(said.at("with_action") == true);
  CHECK(said.at("went_on") == false);  // the one before looked at something else
  const auto fitted = agents::DecodeCostModel(FileText(model));
  REQUIRE(fitted.ok());
  CHECK((*fitted)->past_inputs() == agents::PastInputs{.history = 2, .action_dim = 2});
  const CommandResult again = fit({"--history", "2", "--with-action", "--previous", model});
  CHECK(nlohmann::json::parse(again.output).at("went_on") == true);
  const CommandResult refused = fit({"--history", "9"});
  CHECK(refused.exit_code == kUsage);
  CHECK(refused.errors.find("--history is 9; it has to be from 0 to 8") != std::string::npos);

  // Recorded episodes, training and other programs take it as any other.
  const CommandResult measured = Lookout({"cost", model, "--project", file, "--json"});
  CHECK_MESSAGE(measured.exit_code == 0, measured.errors);
  const CommandResult exported = Lookout({"export", model, "--onnx", folder / "cost.onnx"});
  CHECK_MESSAGE(exported.exit_code == 0, exported.errors);
}

TEST_CASE("a fit to a file of labels takes the recordings of a project and not its labels") {
  const test::TestFolder folder;
  const std::string file = MarkedProject(folder);
  const std::string model = folder / "cost.model";
  const std::string labels = folder / "labels.jsonl";
  const std::string unmarked = folder / "unmarked.lookout";
  {
    const auto project = test::OpenProject(unmarked);
    for (std::int64_t number = 1; number <= kEpisodes; ++number) SaveTwoHalves(*project, {number});
  }
  REQUIRE(Lookout({"labels", "export", file, "--format", "jsonl", "--out", labels}).exit_code == 0);
  const auto fit = [&](const std::string& project, const std::vector<std::string>& more) {
    return Lookout(std::vector<std::string>{"fit", "--project", project, "--out", model, "--json"} +
                   more);
  };
  const std::string before = FileText(unmarked);
  const CommandResult fitted = fit(unmarked, {"--labels", labels});
  REQUIRE_MESSAGE(fitted.exit_code == 0, fitted.errors);
  CHECK(nlohmann::json::parse(fitted.output).at("unsafe_steps") == kEpisodes * (kFitSteps / 2 - 1));
  CHECK(nlohmann::json::parse(fitted.output).at("auc") == 1.0);
  CHECK(FileText(unmarked) == before);
  CHECK(fit(unmarked, {}).exit_code == kBadInput);  // it was not imported

  // The same steps by somebody else's word: in place of the project's, or beside it.
  const std::string safe = folder / "safe.csv";
  std::string text = "episode,first_step,last_step,verdict,annotator\n";
  for (int id = 1; id <= kEpisodes; ++id) text += fmt::format("{},1,9,safe,Bob\n", id);
  text += "1,40,41,unsafe,Bob\n2,40,41,unsafe,Bob\n3,40,41,unsafe,Bob\n";
  text += "4,40,41,unsafe,Bob\n5,40,41,unsafe,Bob\n6,40,41,unsafe,Bob\n";
  test::WriteFile(safe, text);
  const CommandResult alone = fit(file, {"--labels", safe});
  REQUIRE_MESSAGE(alone.exit_code == 0, alone.errors);
  CHECK(nlohmann::json::parse(alone.output).at("unsafe_steps") == 2 * kEpisodes);
  const CommandResult both = fit(file, {"--labels", safe, "--beside"});
  REQUIRE_MESSAGE(both.exit_code == 0, both.errors);
  CHECK(nlohmann::json::parse(both.output).at("annotators").size() == 2);
  CHECK(nlohmann::json::parse(both.output).at("disputed_steps") == 11 * kEpisodes);
}

TEST_CASE("a file of labels that does not belong to the recordings is refused with the row") {
  const test::TestFolder folder;
  const std::string file = MarkedProject(folder);
  const std::string model = folder / "cost.model";
  const auto refused = [&](const std::string& name, const std::string& text,
                           const std::string& part, int exit_code = kBadInput) {
    test::WriteFile(folder / name, text);
    const CommandResult result =
        Lookout({"fit", "--project", file, "--out", model, "--labels", folder / name});
    CAPTURE(result.errors);
    CHECK(result.exit_code == exit_code);
    CHECK(result.errors.find(part) != std::string::npos);
    CHECK_FALSE(fs::exists(model));
  };
  const std::string head = "episode,first_step,last_step,verdict,annotator\n";
  refused("a.csv", head + "1,5,2,safe,Bob\n", "line 2 ends at step 2, before its first step 5");
  refused("b.csv", head + "77,1,2,safe,Bob\n", "episode 77, which the project does not have");
  refused("c.txt", head, ".jsonl, .csv", kUsage);
  refused("d.jsonl", "{}\n", "line 1 is not");
  CHECK(Lookout({"fit", "--project", file, "--out", model, "--beside"}).exit_code == kUsage);
}

TEST_CASE("the shipped cost models say what they are about, and train takes them where they fit") {
  const test::TestFolder folder;
  const fs::path shipped = fs::path(LOOKOUT_SOURCE_DIR) / "assets/cost_models";
  const std::string readme = FileText(shipped / "README.md");
  int models = 0;
  for (const auto& entry : fs::directory_iterator(shipped)) {
    if (entry.path().extension() != ".costmodel") continue;
    const auto model = agents::DecodeCostModel(FileText(entry.path()));
    REQUIRE_MESSAGE(model.ok(), entry.path().string());
    CHECK_FALSE((*model)->signature().empty());
    CHECK(readme.find("`" + entry.path().filename().string() + "`") != std::string::npos);
    ++models;
  }
  CHECK(models > 0);
  const std::string model = shipped / "pointgoal1.costmodel";
  const auto train_in = [&](const char* environment) {
    return Lookout(TinyTraining(folder / environment, 1, environment) +
                   std::vector<std::string>{"--cost", "learned", "--cost-model", model});
  };
  CHECK(train_in("PointGoal1").exit_code == 0);
  const CommandResult elsewhere = train_in("PointPush1");
  CHECK(elsewhere.exit_code == kBadInput);
  CHECK_MESSAGE(elsewhere.errors.find("box_lidar") != std::string::npos, elsewhere.errors);
}

TEST_CASE("train says how it reads the learned cost, and refuses readings that it cannot make") {
  const test::TestFolder folder;
  const std::string shipped =
      fs::path(LOOKOUT_SOURCE_DIR) / "assets/cost_models/pointgoal1.costmodel";
  const auto train = [&](const char* name, const std::vector<std::string>& more) {
    return Lookout(TinyTraining(folder / name, 1, "PointGoal1") + more);
  };
  const std::vector<std::string> learned{"--cost", "learned", "--cost-model", shipped};
  const CommandResult cautious =
      train("cautious", learned + std::vector<std::string>{"--cost-reading", "cautious",
                                                           "--cost-caution", "2", "--anyway"});
  CHECK_MESSAGE(cautious.exit_code == 0, cautious.errors);
  const CommandResult no_support =
      train("unknown", learned + std::vector<std::string>{"--cost-reading", "unknown-unsafe"});
  CHECK(no_support.exit_code == kBadInput);  // a file from before models knew their support
  CHECK_MESSAGE(no_support.errors.find("fit it again") != std::string::npos, no_support.errors);
  CHECK(train("rule", {"--cost", "rule", "--cost-reading", "cautious"}).exit_code == kUsage);
  CHECK(train("mean", learned + std::vector<std::string>{"--cost-caution", "2"}).exit_code ==
        kUsage);
  CHECK(train("none", learned + std::vector<std::string>{"--cost-reading", "bold"}).exit_code ==
        kUsage);
}

TEST_CASE(
    "a limit that no safe script meets is refused with what one costs, unless told otherwise") {
  const test::TestFolder folder;
  const std::string shipped =
      fs::path(LOOKOUT_SOURCE_DIR) / "assets/cost_models/pointgoal1.costmodel";
  // So cautious that a step without any danger costs something.
  std::vector<std::string> arguments =
      TinyTraining(folder / "run", 12) +
      std::vector<std::string>{"--cost",           "learned",  "--cost-model",         shipped,
                               "--cost-reading",   "cautious", "--cost-caution",       "100",
                               "--cost-limit",     "0.001",    "--multiplier",         "pid",
                               "--multiplier-cap", "2",        "--initial-multiplier", "2"};
  const CommandResult refused = Lookout(arguments);
  CHECK(refused.exit_code == kBadInput);
  CHECK_MESSAGE(refused.errors.find("cannot be met") != std::string::npos, refused.errors);
  CHECK(refused.errors.find("--anyway") != std::string::npos);
  CHECK_FALSE(fs::exists(folder / "run"));
  arguments.emplace_back("--anyway");
  const CommandResult anyway = Lookout(arguments);
  CHECK_MESSAGE(anyway.exit_code == 0, anyway.errors);
  CHECK_MESSAGE(anyway.errors.find("lambda at its cap of 2 for 10 iterations") != std::string::npos,
                anyway.errors);
}

}  // namespace
}  // namespace lookout::app
