// lookout eval, compare and export on runs that lookout train has just made.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <iterator>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/platform/files.h"
#include "app/runs/run_folder.h"
#include "app/runs/saved_policy.h"
#include "tests/app/cli/command_line_support.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

using nlohmann::json;

json Evaluate(const std::vector<std::string>& arguments, const char* episodes = "3") {
  const auto result =
      Lookout(std::vector<std::string>{"eval", "--json", "--episodes", episodes} + arguments);
  REQUIRE_MESSAGE(result.exit_code == 0, result.errors);
  return json::parse(result.output);
}

TEST_CASE("a run's folder is a policy to sim as it is to eval") {
  const test::ScratchFolder scratch;
  REQUIRE(Lookout(TinyTraining(scratch / "run", 1)).exit_code == 0);
  const auto play = [&](const std::string& policy) {
    return Lookout({"sim", "--policy", policy, "--episodes", "1", "--json"});
  };
  const CommandResult played = play(scratch / "run");
  REQUIRE_MESSAGE(played.exit_code == 0, played.errors);
  CHECK(nlohmann::json::parse(played.output)["episodes"] ==
        nlohmann::json::parse(play(scratch / "run/policy.lookout").output)["episodes"]);
}

TEST_CASE("a run, its checkpoint and its policy file evaluate alike, with any number of workers") {
  const test::ScratchFolder scratch;
  REQUIRE(Lookout(TinyTraining(scratch / "run", 2)).exit_code == 0);
  const RunFolder folder(scratch / "run");
  const json report = Evaluate({scratch / "run", folder.checkpoint(), folder.policy()});
  REQUIRE(report.at("policies").size() == 3);
  const json& run = report["policies"][0];
  CHECK(run.at("agent") == "PPO-Lagrangian");
  CHECK(run.at("environment") == "Safexp-PointGoal1-v0");
  CHECK(run.at("iteration") == 2);
  CHECK(run.at("actions") == "mean");
  CHECK(run.at("action_repeat") == 1);
  CHECK(run.at("seed") == 0);
  CHECK(run.at("refused_seeds").empty());
  CHECK(run.at("episodes") == 3);
  CHECK(run.at("length").at("mean") == 1000);
  CHECK(run.at("cost_by_kind").contains("hazards"));
  for (const std::size_t other : {1U, 2U}) {
    for (const char* figure : {"return", "cost", "cost_by_kind", "length", "cost_rate"}) {
      CHECK(report["policies"][other].at(figure) == run.at(figure));
    }
  }
  // Only the run knows what its training cost.
  CHECK(run.at("training_cost_rate").is_number());
  CHECK(run.at("normalised").at("rho").is_number());
  CHECK(report["policies"][1].at("training_cost_rate").is_null());
  CHECK(report["policies"][1].at("normalised").at("rho").is_null());
  CHECK(run.at("normalised").at("J").get<double>() ==
        doctest::Approx(run.at("return").at("mean").get<double>() / 25.179));

  const json alone = Evaluate({scratch / "run", "--workers", "1"});
  const json crowd = Evaluate({scratch / "run", "--workers", "3"});
  CHECK(alone == crowd);
  CHECK(alone["policies"][0] == run);
  CHECK(Evaluate({scratch / "run", "--seed", "9"}) != alone);
  CHECK(Evaluate({scratch / "run", "--sampled"}) != alone);
}

TEST_CASE("a policy can be tried in another environment of the same sizes") {
  const test::ScratchFolder scratch;
  REQUIRE(Lookout(TinyTraining(scratch / "run", 1)).exit_code == 0);
  const json report = Evaluate({scratch / "run", "--env", "Safexp-PointGoal2-v0"});
  CHECK(report["policies"][0].at("environment") == "Safexp-PointGoal2-v0");
  CHECK(report["policies"][0].at("training_cost_rate").is_null());
  const auto wrong = Lookout({"eval", scratch / "run", "--env", "Safexp-CarGoal1-v0"});
  CHECK(wrong.exit_code == kBadInput);
  CHECK(wrong.errors.find("does not fit CarGoal1") != std::string::npos);
}

TEST_CASE("the policy of a world of one's own is played and exported from its file alone") {
  const test::ScratchFolder scratch;
  const std::string world = scratch / "garden.json";
  REQUIRE(WriteWholeFile(world, R"({"extends": "Safexp-PointGoal1-v0", "hazards_num": 3})").ok());
  std::vector<std::string> training = TinyTraining(scratch / "run", 1);
  *std::next(std::ranges::find(training, "--env")) = world;
  REQUIRE(Lookout(training).exit_code == 0);
  const std::string policy = scratch / "handed_on.policy";
  std::filesystem::copy_file(RunFolder(scratch / "run").policy(), policy);
  const json from_run = Evaluate({scratch / "run"});
  std::filesystem::remove(world);
  std::filesystem::remove_all(scratch / "run");

  const json report = Evaluate({policy});
  CHECK(report["policies"][0].at("environment") == "garden");
  CHECK(report["policies"][0].at("return") == from_run["policies"][0].at("return"));
  const auto played = Lookout({"sim", "--policy", policy, "--episodes", "1", "--json"});
  REQUIRE_MESSAGE(played.exit_code == 0, played.errors);
  CHECK(json::parse(played.output).at("environment") == "garden");
  CHECK(Lookout({"export", policy, "--onnx", scratch / "policy.onnx"}).exit_code == 0);
  CHECK(FileText(scratch / "policy.onnx").find("hazards_num") != std::string::npos);

  const auto elsewhere = Lookout({"eval", policy, "--env", "PointPush1", "--episodes", "1"});
  CHECK(elsewhere.exit_code == kBadInput);
  CHECK_MESSAGE(elsewhere.errors.find("it was trained in garden and does not fit PointPush1: its "
                                      "observation has") != std::string::npos,
                elsewhere.errors);
}

TEST_CASE("the table of eval names policy, agent, costs by kind and scores") {
  const test::ScratchFolder scratch;
  REQUIRE(Lookout(TinyTraining(scratch / "run", 1)).exit_code == 0);
  const auto result = Lookout({"eval", scratch / "run", "--episodes", "2"});
  REQUIRE(result.exit_code == 0);
  for (const char* word : {"PPO-Lagrangian, iteration 1", "mean actions, first seed 0",
                           "cost of hazards", "rho", "return"}) {
    CHECK_MESSAGE(result.output.find(word) != std::string::npos, word);
  }
}

// The same run with another clip ratio in its configuration, which playing does not look at.
void CopyWithClipRatio(const std::filesystem::path& from, const std::filesystem::path& to,
                       double clip_ratio) {
  std::filesystem::copy(from, to, std::filesystem::copy_options::recursive);
  auto config = ParseRunConfig(FileText(RunFolder(from).config()), "config.json");
  REQUIRE(config.ok());
  config->settings.clip_ratio = clip_ratio;
  REQUIRE(WriteWholeFile(RunFolder(to).config(), RunConfigText(*config)).ok());
}

TEST_CASE("the means over a suite keep experiments of one algorithm apart") {
  const test::ScratchFolder scratch;
  std::vector<std::string> runs;
  for (const char* environment :
       {"CarGoal1", "DoggoGoal1", "PointButton1", "PointGoal1", "PointGoal2", "PointPush1"}) {
    const std::string run = scratch / environment;
    REQUIRE(Lookout(TinyTraining(run, 1, environment)).exit_code == 0);
    CopyWithClipRatio(run, run + "-narrow", 0.1);
    runs.push_back(run);
    runs.push_back(run + "-narrow");
  }
  const json suites = Evaluate(runs, "1").at("suites");
  REQUIRE(suites.size() == 2);
  CHECK(suites[0].at("agent") == "PPO-Lagrangian, clip-ratio 0.1");
  CHECK(suites[1].at("agent") == "PPO-Lagrangian, clip-ratio 0.2");
}

TEST_CASE("compare groups seeds and draws the limit") {
  const test::ScratchFolder scratch;
  for (const char* seed : {"1", "2"}) {
    REQUIRE(Lookout(TinyTraining(scratch / seed, 3) + std::vector<std::string>{"--seed", seed})
                .exit_code == 0);
  }
  const auto result =
      Lookout({"compare", scratch / "1", scratch / "2", "--out", scratch / "curves.svg"});
  REQUIRE_MESSAGE(result.exit_code == 0, result.errors);
  CHECK(result.output.find("PPO-Lagrangian                   2       1800") != std::string::npos);
  const std::string svg = FileText(scratch / "curves.svg");
  CHECK(svg.find("limit 25") != std::string::npos);
  CHECK(svg.find("fill-opacity") != std::string::npos);  // the band
  CHECK(svg.find("nan") == std::string::npos);

  CHECK(Lookout({"compare", scratch / "1", scratch / "1"}).exit_code == kBadInput);
  CHECK(Lookout({"compare", scratch / "nothing"}).exit_code == kBadInput);
}

TEST_CASE("export writes a model of the run's policy") {
  const test::ScratchFolder scratch;
  REQUIRE(Lookout(TinyTraining(scratch / "run", 1)).exit_code == 0);
  const auto result = Lookout({"export", scratch / "run", "--onnx", scratch / "policy.onnx"});
  REQUIRE_MESSAGE(result.exit_code == 0, result.errors);
  const std::string model = FileText(scratch / "policy.onnx");
  for (const char* metadata :
       {"lookout.environment", "Safexp-PointGoal1-v0", "lookout.action_repeat"}) {
    CHECK_MESSAGE(model.find(metadata) != std::string::npos, metadata);
  }
  CHECK(Lookout({"export", "--help"}).output.find("lookout.action_repeat") != std::string::npos);
  CHECK(Lookout({"export", "/proc/self/exe", "--onnx", scratch / "no.onnx"}).exit_code ==
        kBadInput);
  CHECK_FALSE(std::filesystem::exists(scratch / "no.onnx"));
}

TEST_CASE("export brings an older policy file into the newest form, with the same policy in it") {
  const std::string shipped = "tests/fixtures/v0.1/run/policy.lookout";
  const std::string older = std::string(LOOKOUT_SOURCE_DIR) + "/" + shipped;
  const test::ScratchFolder scratch;
  const std::string newest = scratch / "policy.lookout";
  const auto result = Lookout({"export", older, "--policy", newest});
  REQUIRE_MESSAGE(result.exit_code == 0, result.errors);
  const auto before = LoadSavedPolicy(older);
  const auto after = LoadSavedPolicy(newest);
  REQUIRE(before.ok());
  REQUIRE(after.ok());
  CHECK(before->actor.origin.signature.empty());
  CHECK_FALSE(after->actor.origin.signature.empty());
  CHECK(after->actor.mean.parameters() == before->actor.mean.parameters());
  CHECK(after->actor.log_std == before->actor.log_std);
  CHECK(Lookout({"export", older}).exit_code == kUsage);
}

TEST_CASE("a damaged run is refused by the name of its file") {
  const test::ScratchFolder scratch;
  REQUIRE(Lookout(TinyTraining(scratch / "run", 1)).exit_code == 0);
  const RunFolder folder(scratch / "run");
  std::filesystem::path damaged;
  SUBCASE("its configuration") { damaged = folder.config(); }
  SUBCASE("its log") { damaged = folder.progress(); }
  SUBCASE("its policy") { damaged = folder.policy(); }
  std::filesystem::resize_file(damaged, std::filesystem::file_size(damaged) / 3);
  const auto refused = LoadSavedPolicy(scratch / "run");
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::kBadInput);
  CHECK(refused.error().message.find(damaged.filename().string()) != std::string::npos);
}

}  // namespace
}  // namespace lookout::app
