// Files of the formats after project schema 3 are read for ever after, see old_files_test.cc.
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <filesystem>
#include <string>

#include "agents/feedback/models/cost_model.h"
#include "agents/feedback/models/cost_reading.h"
#include "agents/overseer/blocker/blocker_model.h"
#include "agents/rl/runs/checkpoint.h"
#include "app/cost_models/cost_model_file.h"
#include "app/platform/files.h"
#include "app/runs/run_folder.h"
#include "app/runs/saved_policy.h"

namespace lookout::app {
namespace {

const std::filesystem::path kLater = std::filesystem::path(LOOKOUT_SOURCE_DIR) / "tests/fixtures";

std::string BytesOfFixture(const char* name) {
  const auto bytes = ReadWholeFile(kLater / name, std::size_t{1} << 20U);
  REQUIRE(bytes.ok());
  return *bytes;
}

TEST_CASE("a cost model of version 5 is read: who errs how often, and no classes of danger") {
  const auto read = agents::DecodeCostModel(BytesOfFixture("cost-model-5/cost_model.lookout"));
  REQUIRE(read.ok());
  const agents::CostModel& model = **read;
  REQUIRE(model.report().annotators.size() == 1);
  CHECK(model.report().annotators[0].annotator == "Ann");
  CHECK(model.report().viewed_rows == 106);
  CHECK(model.report().classes.empty());
  CHECK(model.classes().empty());
  const float fast = model.PredictOne(Eigen::VectorXf::Constant(1, 2.0F)).probability;
  CHECK(fast > model.PredictOne(Eigen::VectorXf::Constant(1, 0.5F)).probability);
}

TEST_CASE("a cost model of version 6 is read with its heads for classes of danger") {
  const auto read = agents::DecodeCostModel(BytesOfFixture("cost-model-6/cost_model.lookout"));
  REQUIRE(read.ok());
  const agents::CostModel& model = **read;
  CHECK(std::ranges::equal(model.classes(), std::array<agents::DangerClass, 2>{1, 2}));
  REQUIRE(model.report().classes.size() == 2);
  CHECK(model.report().classes[0].rows == 232);
  CHECK(model.report().classes[1].marks == 13);
  const Eigen::Vector2f hot(0.9F, -0.5F);
  const auto danger = [&](agents::DangerClass of) {
    return (*agents::ReadWith(*read, {.danger = of}))->PredictOne(hot).probability;
  };
  CHECK(danger(1) > 0.5F);
  CHECK(danger(2) < 0.2F);
  CHECK(danger(1) <= danger(0));
}

TEST_CASE("a blocker of version 1 is read with its threshold, and blocks what it blocked") {
  const auto read = agents::DecodeBlocker(BytesOfFixture("blocker-1/blocker.lookout"));
  REQUIRE(read.ok());
  CHECK((*read)->teacher == "Ann");
  CHECK((*read)->report.rules.size() == 2);
  agents::BlockerScorer scorer(*read);
  const Eigen::VectorXd full = Eigen::VectorXd::Ones(1);
  const auto score = [&](double distance, double speed) {
    return double(scorer.Judge(Eigen::Vector2d(distance, speed), full).score);
  };
  CHECK(score(0.1, 0.6) >= (*read)->threshold);
  CHECK(score(0.9, 0.0) < (*read)->threshold);
}

TEST_CASE("a checkpoint of format 5 is read with its cap, and the run can be gone on with") {
  const std::filesystem::path folder = kLater / "checkpoint-5/run";
  const auto run = LoadRunFolder(folder);
  REQUIRE(run.ok());
  CHECK(run->progress.rows == 2);
  const auto policy = LoadSavedPolicy(folder / "policy.lookout");
  REQUIRE(policy.ok());
  const auto make_environment = [&policy] { return MakeEnvironment(policy->environment); };
  const std::string checkpoint = BytesOfFixture("checkpoint-5/run/checkpoint.lookout");
  const auto environment = make_environment();
  REQUIRE(environment.ok());
  auto settings = agents::DecodeCheckpointSettings(checkpoint, (*environment)->spec());
  REQUIRE(settings.ok());
  CHECK(settings->multiplier_cap == 3.0);
  settings->total_steps = 3000;
  const auto resumed = agents::TrainingRun::Create(*settings, make_environment);
  REQUIRE(resumed.ok());
  REQUIRE((*resumed)->RestoreCheckpoint(checkpoint).ok());
  const auto report = (*resumed)->RunIteration();
  REQUIRE(report.ok());
  CHECK(report->iteration == 3);
  CHECK(std::isnan(report->violation_steps));  // nobody counted them at first
  CHECK(report->blocked_share == 0.0);
}

TEST_CASE("a checkpoint of format 6 is read, but not how far the run has come") {
  const std::filesystem::path folder = kLater / "checkpoint-6/run";
  const auto policy = LoadSavedPolicy(folder / "policy.lookout");
  REQUIRE(policy.ok());
  const auto make_environment = [&policy] { return MakeEnvironment(policy->environment); };
  const std::string checkpoint = BytesOfFixture("checkpoint-6/run/checkpoint.lookout");
  const auto environment = make_environment();
  REQUIRE(environment.ok());
  auto settings = agents::DecodeCheckpointSettings(checkpoint, (*environment)->spec());
  REQUIRE(settings.ok());
  CHECK_FALSE(settings->stop_when_parted);
  CHECK(settings->network == agents::NetworkKind::kMlp);
  const auto actor = agents::DecodeActor(checkpoint, (*environment)->spec());
  REQUIRE(actor.ok());
  CHECK(actor->mean.mlp() != nullptr);
  settings->total_steps = 3000;
  const auto resumed = agents::TrainingRun::Create(*settings, make_environment);
  REQUIRE(resumed.ok());
  const auto model = LoadCostModelFile(std::filesystem::path(LOOKOUT_SOURCE_DIR) /
                                       "assets/cost_models/pointgoal1.costmodel");
  REQUIRE(model.ok());
  REQUIRE((*resumed)->SetCostModel(model->model).ok());
  REQUIRE((*resumed)->RestoreCheckpoint(checkpoint).ok());
  const auto report = (*resumed)->RunIteration();
  REQUIRE(report.ok());
  CHECK(report->iteration == 3);
  CHECK(std::isnan(report->kl_from_first));
}

}  // namespace
}  // namespace lookout::app
