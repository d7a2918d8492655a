// Files that earlier versions wrote are read for ever after: tests/fixtures holds them.
#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <string>

#include "agents/feedback/models/cost_model.h"
#include "agents/policies/learned/gaussian_actor.h"
#include "agents/rl/runs/checkpoint.h"
#include "app/platform/files.h"
#include "app/project/project.h"
#include "app/runs/run_folder.h"
#include "app/runs/saved_policy.h"
#include "sim/engine/safety_gym.h"
#include "sim/recording/acting.h"
#include "sim/recording/recording.h"
#include "tests/support/scratch_folder.h"
#include "ui/panels/state/settings/settings.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;
using doctest::Approx;

const fs::path kFolder = fs::path(LOOKOUT_SOURCE_DIR) / "tests/fixtures/v0.1";

// An error's message fails the test that it is in.
template <typename T>
T Must(Result<T> result) {
  INFO((result.ok() ? std::string() : result.error().message));
  REQUIRE(result.ok());
  return std::move(result).value();
}

std::string BytesOf(const char* name) {
  return Must(ReadWholeFile(kFolder / name, std::size_t{1} << 20U));
}

// Of the observation whose every number is 0.1, the mean action.
Eigen::VectorXd MeanAction(const agents::GaussianActor& actor) {
  const agents::PolicyPtr policy = agents::MakeGaussianPolicy(actor, true);
  const auto memory = policy->NewMemory();
  RandomState random(1);
  Eigen::VectorXd action(actor.action_dim());
  policy->Act(Eigen::VectorXd::Constant(actor.observation_dim(), 0.1), *memory, random, action);
  return action;
}

void CheckIsTheCostModel(const agents::CostModel& model) {
  CHECK(model.id() == CostModelId{1});
  CHECK(model.observation_dim() == 60);
  CHECK(model.report().unsafe_rows == 30);
  CHECK(model.report().safe_rows == 70);
  CHECK(model.report().reliability.size() == 10);
  CHECK(model.PredictOne(Eigen::VectorXf::Constant(60, 0.1F)).probability ==
        Approx(0.309798).epsilon(1e-3));
}

// The last 37 of its steps. It was charged for hazards from step 45 on, with a gap.
void CheckIsTheChunk(const sim::RecordingChunk& chunk) {
  CHECK(chunk.episode == EpisodeId{1});
  CHECK(chunk.first_step == 64);
  REQUIRE(chunk.steps.size() == 37);
  double cost = 0.0;
  for (const sim::StepRecord& step : chunk.steps) {
    cost += step.costs.total;
    CHECK(step.costs[sim::CostKind::kHazards] == step.costs.total);
    CHECK(step.observation.size() == 60);
    CHECK(step.executed_action.size() == 2);
  }
  CHECK(cost == 13.0);
  CHECK(chunk.steps[1].costs.total == 0.0);  // step 65
  CHECK(chunk.steps[2].costs.total == 1.0);
  CHECK(chunk.steps[31].source == sim::ActionSource::kAgent);
  CHECK(chunk.steps[32].source == sim::ActionSource::kHuman);
  CHECK(std::isnan(chunk.steps[25].predicted_cost));
  CHECK(chunk.steps[26].predicted_cost == 0.25F);
  CHECK(chunk.steps[26].cost_model == CostModelId{1});
  CHECK(chunk.steps.back().status == sim::EpisodeStatus::kTimedOut);
}

TEST_CASE("a recorded episode of version 0.1 is read, and its world can be stepped on") {
  const auto header = Must(sim::DecodeHeader(BytesOf("header.json")));
  CHECK(header.id == EpisodeId{1});
  CHECK(header.agent == "Go to goal");
  CHECK(header.seed == 10);
  CHECK(header.config.num_steps == 100);
  CHECK(header.setup.generator_seed == 11);
  CHECK(header.setup.layout.size() == 11);

  const auto chunk = Must(sim::DecodeChunk(BytesOf("chunk.bin")));
  CheckIsTheChunk(chunk);

  // From its state at one step, the action of the next leads to what was recorded there.
  const auto gym =
      Must(sim::SafetyGym::FromEpisode(header.config, header.setup, *chunk.steps[0].state));
  const auto result = gym->Step(chunk.steps[1].executed_action);
  CHECK(static_cast<float>(result.reward) == chunk.steps[1].reward);
  CHECK((gym->observation().cast<float>() - chunk.steps[1].observation).cwiseAbs().maxCoeff() <
        1e-6F);
}

TEST_CASE("a recorded chunk of format 3, which does not say why, is read") {
  const fs::path file = fs::path(LOOKOUT_SOURCE_DIR) / "tests/fixtures/chunk-3/chunk.bin";
  const auto chunk = Must(sim::DecodeChunk(Must(ReadWholeFile(file, std::size_t{1} << 20U))));
  REQUIRE(chunk.steps.size() == 12);
  CHECK(chunk.first_step == 64);
  for (const sim::StepRecord& step : chunk.steps) {
    REQUIRE(step.agent != nullptr);
    CHECK(step.reason == nullptr);
  }
  CHECK(*chunk.steps[3].overseer == "Shield");
  CHECK(chunk.steps[3].proposed_action == Eigen::Vector2f(1.5F, 1.5F));
  CHECK(*chunk.steps[7].agent == "You");
  CHECK(chunk.steps[4].overseer == nullptr);
}

TEST_CASE("a recorded chunk of format 2, whose actions are stored twice, is read") {
  const fs::path file = fs::path(LOOKOUT_SOURCE_DIR) / "tests/fixtures/chunk-2/chunk.bin";
  const auto chunk = Must(sim::DecodeChunk(Must(ReadWholeFile(file, std::size_t{1} << 20U))));
  REQUIRE(chunk.steps.size() == 12);
  CHECK(chunk.first_step == 64);
  CHECK(chunk.other_cost_names.empty());
  for (std::size_t i = 0; i < chunk.steps.size(); ++i) {
    const sim::StepRecord& step = chunk.steps[i];
    CAPTURE(i);
    REQUIRE(step.state != nullptr);
    CHECK(step.state->qpos.size() == 10);
    CHECK(step.agent == nullptr);
    CHECK(step.Proposed().size() == 2);
    // Once is enough, now.
    if (step.proposed_action.size() > 0) {
      CHECK(step.proposed_action != step.executed_action.cast<float>());
    }
  }
  CHECK(chunk.steps[3].Proposed() == Eigen::Vector2f(1.5F, 1.5F));
  CHECK(chunk.steps[3].executed_action == Eigen::Vector2d(0.25, 0.25));
  CHECK(chunk.steps[3].source == sim::ActionSource::kOverseer);
  CHECK(chunk.steps[5].costs[sim::CostKind::kPillars] == 0.5);
  CHECK(sim::AgentOf({.agent = "Go to goal"}, chunk.steps[6]) == "Go to goal");
  CHECK(sim::AgentOf({.agent = "Go to goal"}, chunk.steps[7]) == "You");
}

TEST_CASE("a cost model of version 0.1 is read") {
  CheckIsTheCostModel(*Must(agents::DecodeCostModel(BytesOf("cost_model.lookout"))));
}

TEST_CASE("a run's folder of version 0.1 is read and can be gone on with") {
  const LoadedRun run = Must(LoadRunFolder(kFolder / "run"));
  CHECK(run.config.environment == "Safexp-PointGoal1-v0");
  CHECK(run.config.settings.algorithm == agents::Algorithm::kPpoLagrangian);
  CHECK(run.config.settings.multiplier_kind == agents::MultiplierKind::kPid);
  CHECK(run.config.settings.hidden == 8);
  CHECK(run.progress.rows == 3);
  CHECK(run.progress["AverageEpCost"].back() == 16.0);

  const auto policy = Must(LoadSavedPolicy(kFolder / "run/policy.lookout"));
  CHECK(policy.actor.iteration == 3);
  CHECK(policy.actor.normaliser.has_value());
  CHECK(MeanAction(policy.actor)[0] == Approx(0.390609).epsilon(1e-3));
  CHECK(MeanAction(policy.actor)[1] == Approx(0.224685).epsilon(1e-3));

  const auto checkpoint = BytesOf("run/checkpoint.lookout");
  const auto make_environment = [&policy] { return MakeEnvironment(policy.environment); };
  auto settings =
      Must(agents::DecodeCheckpointSettings(checkpoint, Must(make_environment())->spec()));
  CHECK(settings.seed == 5);
  CHECK(settings.total_steps == 6000);
  settings.total_steps = 8000;
  const auto resumed = Must(agents::TrainingRun::Create(settings, make_environment));
  REQUIRE(resumed->RestoreCheckpoint(checkpoint).ok());
  CHECK(Must(resumed->RunIteration()).iteration == 4);
  CHECK(resumed->finished());
}

TEST_CASE("the logs of a run of version 0.1 are gone on with") {
  const test::ScratchFolder scratch;
  fs::copy(kFolder / "run", scratch / "run", fs::copy_options::recursive);
  RunFolder folder(scratch / "run");
  CHECK(Must(folder.GoOn(2)).steps == 4000);
  REQUIRE(folder.Append({.report = {.iteration = 3, .steps = 6000}, .run_seconds = 9.0}).ok());
  const LoadedRun run = Must(LoadRunFolder(folder.path()));
  CHECK(run.progress["Epoch"] == std::vector<double>{1, 2, 3});
  CHECK(run.progress["AverageEpCost"][0] == 55.5);
}

TEST_CASE("a project of version 0.1 is read") {
  const test::ScratchFolder scratch;
  fs::copy_file(kFolder / "study.lookout", scratch / "study.lookout");
  const auto project = Must(Project::Open(scratch / "study.lookout", ProjectAccess::kReadWrite));

  const auto marks = Must(project->LoadFeedback());
  CHECK(marks.entries().size() == 6);
  REQUIRE(marks.marks().size() == 3);
  const agents::Mark& first = marks.marks().at(MarkId{1});
  CHECK(first.verdict == agents::Verdict::kUnsafe);
  CHECK(first.danger == 2);
  CHECK(first.reaction_lag_steps == 15);
  CHECK(first.note == "brushed the vase");
  CHECK(marks.marks().at(MarkId{2}).last_step == 50);                      // revised
  CHECK(marks.marks().at(MarkId{3}).verdict == agents::Verdict::kUnsure);  // retracted, undone

  const auto episodes = Must(project->Episodes());
  REQUIRE(episodes.size() == 1);
  CHECK(episodes[0].steps == 101);
  CHECK(episodes[0].cost == 30.0);
  CHECK(episodes[0].episode_return == Approx(2.0977858));
  CHECK(episodes[0].finished);
  const auto chunks = Must(project->LoadSteps(EpisodeId{1}));
  REQUIRE(chunks.size() == 2);
  CheckIsTheChunk(*chunks[1]);

  const auto models = Must(project->LoadCostModels());
  REQUIRE(models.size() == 1);
  CheckIsTheCostModel(*models[0]);
  CHECK(project->Setting("environment", "") == "Safexp-PointGoal1-v0");
}

TEST_CASE("a training run in a project of version 0.1 is read") {
  const test::ScratchFolder scratch;
  fs::copy_file(kFolder / "study.lookout", scratch / "study.lookout");
  const auto project = Must(Project::Open(scratch / "study.lookout", ProjectAccess::kReadWrite));
  const auto runs = Must(project->Runs());
  REQUIRE(runs.size() == 1);
  CHECK(runs[0].settings.algorithm == agents::Algorithm::kPpoLagrangian);
  CHECK(runs[0].settings.cost_source == agents::CostSource::kSum);
  CHECK(runs[0].settings.steps_per_iteration == 200);
  REQUIRE(runs[0].history.size() == 2);
  CHECK(runs[0].history[0].mean_true_cost == 16.5);
  CHECK(runs[0].kept_policies == std::vector<int>{2});

  const auto spec =
      Must(sim::SafetyGym::Create(Must(sim::ConfigForId(runs[0].environment))))->spec();
  const auto policy = Must(agents::DecodeActor(Must(project->LoadPolicy(runs[0].id, 2)), spec));
  const auto checkpoint = Must(project->LoadCheckpoint(runs[0].id));
  CHECK(Must(agents::DecodeCheckpointSettings(checkpoint, spec)).hidden == 8);
  CHECK(MeanAction(policy) == MeanAction(Must(agents::DecodeActor(checkpoint, spec))));
}

TEST_CASE("the window's settings of version 0.1 are read") {
  const auto loaded = ui::SettingsFromJson(BytesOf("settings.json"));
  CHECK(loaded.warnings.empty());
  CHECK(loaded.settings.theme == ui::ThemeKind::kLight);
  CHECK(loaded.settings.ui_scale == 1.25F);
  CHECK(loaded.settings.welcome_dismissed);
  CHECK(loaded.settings.overlays.at("trail"));
  CHECK(loaded.settings.keys.at("play") == "P");
  CHECK(loaded.settings.recent_configurations == std::vector<std::string>{"/tmp/maze.json"});
}

}  // namespace
}  // namespace lookout::app
