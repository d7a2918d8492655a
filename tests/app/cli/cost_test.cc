// lookout cost: cost models against the rule, on episodes that are played or recorded.
#include <doctest/doctest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>

#include "agents/feedback/models/cost_model.h"
#include "agents/policies/scripted/scripted_policies.h"
#include "agents/rollout/stepper.h"
#include "sim/engine/safety_gym.h"
#include "tests/app/cli/command_line_support.h"
#include "tests/support/contains.h"
#include "tests/support/project_samples.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;
using doctest::Approx;
using nlohmann::json;

constexpr int kCostSteps = 64;       // a chunk
constexpr int kObservationDim = 60;  // of PointGoal1

json Measure(const std::vector<std::string>& arguments) {
  const CommandResult result =
      Lookout(std::vector<std::string>{"cost", "--json", ShippedModel()} + arguments);
  REQUIRE_MESSAGE(result.exit_code == 0, result.errors);
  return json::parse(result.output);
}

// What the command should find, from the simulation and the model alone.
struct Expected {
  double learned = 0.0;
  double charged = 0.0;
  int missed = 0;
};

Expected PlayOne(std::uint32_t seed) {
  const auto model = agents::DecodeCostModel(FileText(ShippedModel())).value();
  const auto config = sim::ConfigForId("Safexp-PointGoal1-v0").value();
  const auto gym = std::move(sim::SafetyGym::Create(config)).value();
  REQUIRE(gym->Reset(seed).ok());
  const auto policy = agents::MakeGoToGoalPolicy(config, gym->spec()).value();
  const auto memory = policy->NewMemory();
  RandomState random(0);
  agents::Stepper stepper(*gym);
  Expected expected;
  sim::EpisodeStatus status = sim::EpisodeStatus::kRunning;
  while (!sim::IsDone(status)) {
    const sim::StepResult result = stepper.Step(*policy, *memory, random).result;
    status = result.status;
    const float predicted = model->PredictOne(gym->observation().cast<float>()).probability;
    expected.learned += double(predicted);
    expected.charged += result.costs.total;
    expected.missed += result.costs.total > 0.0 && predicted < 0.5F ? 1 : 0;
  }
  return expected;
}

TEST_CASE("a cost model is measured against the rule on episodes that are played") {
  const json report = Measure({"--env", "PointGoal1", "--policy", "goto", "--episodes", "2",
                               "--seed", "5", "--limit", "20", "--list", "3"});
  CHECK(report.at("environment") == "Safexp-PointGoal1-v0");
  CHECK(report.at("policy") == "Go to goal");
  CHECK(report.at("episodes") == 2);
  const Expected first = PlayOne(5);
  const Expected second = PlayOne(6);
  const json& model = report.at("models").at(0);
  CHECK(model.at("learned_cost").at("value").get<double>() ==
        Approx((first.learned + second.learned) / 2));
  CHECK(model.at("true_cost").at("value").get<double>() ==
        Approx((first.charged + second.charged) / 2));
  CHECK(model.at("ratio").at("value").get<double>() ==
        Approx((first.learned + second.learned) / (first.charged + second.charged)));
  CHECK(model.at("steps_unsafe").at("only_rule") == first.missed + second.missed);
  CHECK(model.at("by_danger").at("hazard").at("missed") == first.missed + second.missed);
  CHECK(model.at("auc").get<double>() > 0.9);
  CHECK(model.at("reliability").size() == 10);
  const json& errors = model.at("worst_errors");
  REQUIRE(errors.size() == 3);
  CHECK(errors[0].at("off_by").get<double>() >= errors[1].at("off_by").get<double>());
  CHECK(errors[0].contains("seed"));
  CHECK(report.at("comparisons").empty());
}

TEST_CASE("models stand side by side, and a model never disagrees with itself") {
  const test::TestFolder folder;
  const std::string copy = folder / "copy.costmodel";
  test::WriteFile(copy, FileText(ShippedModel()));
  const std::vector<std::string> play{"--policy", "goto", "--episodes", "2"};
  const json report = Measure(std::vector<std::string>{copy} + play);
  REQUIRE(report.at("models").size() == 2);
  CHECK(report.at("models").at(0).at("ratio") == report.at("models").at(1).at("ratio"));
  REQUIRE(report.at("comparisons").size() == 1);
  CHECK(report.at("comparisons").at(0).at("differ") == 0);
  CHECK(report.at("comparisons").at(0).at("steps") == 2000);
  CHECK(Measure(std::vector<std::string>{copy, "--workers", "1"} + play) == report);

  const CommandResult table =
      Lookout(std::vector<std::string>{"cost", ShippedModel(), copy} + play);
  REQUIRE_MESSAGE(table.exit_code == 0, table.errors);
  for (const char* part :
       {"2 episodes of Go to goal, seeds 0 to 1, in Safexp-PointGoal1-v0: 2000 steps",
        "pointgoal1.costmodel", "copy.costmodel", "learned / true cost", "calibration error (ECE)",
        "charged for: hazard", "0.9 to 1.0", "disagree on 0 of 2000 steps", "Worst errors of"}) {
    CHECK_MESSAGE(Contains(table.output, part), part << " is not in\n" << table.output);
  }
}

// Two episodes of PointGoal1 that do not say what they observe, as older versions recorded, and one
// of another environment.
TEST_CASE("the recorded episodes of a project can be measured on") {
  const test::TestFolder folder;
  const std::string file = folder / "study.lookout";
  {
    const auto project = test::OpenProject(file);
    for (const EpisodeId id : {EpisodeId{1}, EpisodeId{2}, EpisodeId{3}}) {
      sim::EpisodeHeader header = test::SampleHeader(id);
      if (id == EpisodeId{3}) header.config = sim::ConfigForId("Safexp-CarGoal1-v0").value();
      REQUIRE(project->SaveEpisode(header).ok());
      sim::RecordingChunk chunk = test::SampleChunk(id, 0, kCostSteps, kCostSteps - 1);
      for (sim::StepRecord& step : chunk.steps) {
        step.observation = Eigen::VectorXf::Constant(kObservationDim, 0.5F);
      }
      REQUIRE(project->SaveChunk(chunk).ok());
    }
  }
  const json report = Measure({"--project", file});
  CHECK(report.at("project") == file);
  CHECK(report.at("episodes") == 2);
  CHECK(report.at("episodes_of_other_observations") == 1);
  const json& model = report.at("models").at(0);
  CHECK(model.at("true_cost").at("value") == 15.0);  // every fourth step after the first
  CHECK(model.at("by_danger").at("other").at("charged_steps") == 30);
  for (const json& error : model.at("worst_errors")) CHECK(error.contains("episode"));
  const CommandResult table = Lookout({"cost", ShippedModel(), "--project", file});
  CHECK_MESSAGE(Contains(table.output, "1 left out: observed otherwise"), table.output);
}

TEST_CASE("what cannot be measured is refused in words") {
  const auto refusal = [](const std::vector<std::string>& arguments, int exit_code) {
    const CommandResult result = Lookout(std::vector<std::string>{"cost"} + arguments);
    CHECK(result.exit_code == exit_code);
    return result.errors;
  };
  const std::string misfit = refusal({ShippedModel(), "--env", "PointPush1"}, kBadInput);
  CHECK_MESSAGE(Contains(misfit, "The cost model does not fit Safexp-PointPush1-v0"), misfit);
  CHECK_MESSAGE(Contains(misfit, "box_lidar"), misfit);
  CHECK(Contains(refusal({"nothing.costmodel"}, kBadInput), "nothing.costmodel"));
  CHECK(Contains(refusal({ShippedModel(), "--policy", "gogo"}, kBadInput), "neither random"));
  CHECK(Contains(refusal({ShippedModel(), "--project", "none.lookout"}, kBadInput),
                 "There is no project"));
  refusal({}, kUsage);
  refusal({ShippedModel(), "--project", "none.lookout", "--env", "PointGoal1"}, kUsage);
  refusal({ShippedModel(), "--threshold", "2"}, kUsage);
}

}  // namespace
}  // namespace lookout::app
