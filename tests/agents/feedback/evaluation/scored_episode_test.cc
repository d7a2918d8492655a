#include "agents/feedback/evaluation/scored_episode.h"

#include <doctest/doctest.h>

#include <cmath>
#include <memory>

#include "agents/feedback/evaluation/danger_kinds.h"
#include "tests/agents/feedback/evaluation/evaluation_samples_support.h"
#include "tests/support/first_value_model.h"

namespace lookout::agents {
namespace {

using test::kHazard;
using test::kVase;

sim::Costs Costs(sim::CostKind kind, double cost) {
  sim::Costs costs{.by_kind = {}, .total = cost};
  costs.by_kind[static_cast<std::size_t>(kind)] = cost;
  return costs;
}

TEST_CASE("a step's danger is the kinds of objects that it is charged for") {
  CHECK(DangersOf({}).none());
  CHECK(DangersOf(Costs(sim::CostKind::kHazards, 0.5)) == DangerKinds().set(kHazard));
  sim::Costs both = Costs(sim::CostKind::kVasesVelocity, 1.0);
  both.by_kind[static_cast<std::size_t>(sim::CostKind::kHazards)] = 0.25;
  CHECK(DangersOf(both) == DangerKinds().set(kHazard).set(kVase));
  CHECK(DangersOf({.by_kind = {}, .total = 2.0}) == DangerKinds().set(kOtherDanger));
  CHECK(DangerKindName(kVase) == "vase");
  CHECK(DangerKindName(kOtherDanger) == "other");
}

TEST_CASE("the nearest danger is the one whose lidar reads most, never the goal") {
  const DangerLidars lidars(sim::ObservationSignature(
      {{"goal_lidar", 2}, {"hazards_lidar", 2}, {"velocimeter", 1}, {"vases_lidar", 2}}));
  const auto nearest = [&](std::initializer_list<float> values) {
    Eigen::VectorXf observation(7);
    std::copy(values.begin(), values.end(), observation.begin());
    return lidars.Nearest(observation);
  };
  CHECK(nearest({0.9F, 0, 0.25F, 0.5F, 1, 0.375F, 0}) == kHazard);
  CHECK(nearest({0.9F, 0, 0.25F, 0.5F, 1, 0.375F, 0.75F}) == kVase);
  CHECK_FALSE(nearest({0.9F, 0, 0, 0, 1, 0, 0}).has_value());
}

TEST_CASE("each step is predicted from what is observed after it") {
  const DangerLidars lidars(sim::ObservationSignature({{"hazards_lidar", 2}}));
  EpisodeSteps steps(lidars, 2, 1);
  const Eigen::VectorXf action = Eigen::VectorXf::Zero(1);
  steps.Begin(Eigen::Vector2f(0.875F, 0.0F));
  steps.Add(action, Eigen::Vector2f(0.25F, 0.0F), {});
  steps.Add(action, Eigen::Vector2f(0.5F, 0.0F), Costs(sim::CostKind::kHazards, 0.5));
  const std::vector<CostModelPtr> models{
      std::make_shared<lookout::test::FirstValueModel>(2, 0.125F),
      std::make_shared<lookout::test::FirstValueModel>(2, 0.5F)};
  const ScoredEpisode episode = steps.Score(models);
  REQUIRE(episode.truth.size() == 2);
  CHECK_FALSE(episode.truth[0].unsafe());
  CHECK(episode.truth[1].unsafe());
  CHECK(episode.truth[1].cost == 0.5F);
  CHECK(episode.truth[1].nearest == kHazard);
  REQUIRE(episode.predicted.size() == 2);
  CHECK(episode.predicted[0][0].probability == 0.25F);
  CHECK(episode.predicted[0][1].probability == 0.5F);
  CHECK(episode.predicted[0][1].spread == 0.125F);
  CHECK(episode.predicted[1][1].spread == 0.5F);
}

TEST_CASE("an observation of another length cannot be judged, and the others can") {
  const DangerLidars lidars(sim::ObservationSignature{});
  EpisodeSteps steps(lidars, 2, 1);
  const Eigen::VectorXf action = Eigen::VectorXf::Zero(1);
  steps.Begin(Eigen::Vector2f(0.0F, 0.0F));
  steps.Add(action, Eigen::Vector3f(0.25F, 0.0F, 0.0F), {});
  steps.Add(action, Eigen::Vector2f(0.5F, 0.0F), {});
  const std::vector<CostModelPtr> models{std::make_shared<lookout::test::FirstValueModel>(2, 0.0F)};
  const ScoredEpisode episode = steps.Score(models);
  CHECK(std::isnan(episode.predicted[0][0].probability));
  CHECK(episode.predicted[0][1].probability == 0.5F);
}

// "Predicts" the first number that was observed three steps before, and the action as its spread.
class LooksBack : public lookout::test::FirstValueModel {
 public:
  LooksBack() : FirstValueModel(2, 0.0F) {}
  PastInputs past_inputs() const override { return {.history = 3, .action_dim = 1}; }
  void Predict(const Transitions& steps, Eigen::Ref<Eigen::VectorXf> probability,
               Eigen::Ref<Eigen::VectorXf> spread) const override {
    REQUIRE(steps.Has({.history = 3}));
    probability = steps.ObservationsBefore(3).row(0).transpose();
    spread = steps.actions.row(0).transpose();
  }
};

TEST_CASE("a model that looks back is given each step's own history and action") {
  const DangerLidars lidars(sim::ObservationSignature{});
  EpisodeSteps steps(lidars, 2, 1);
  steps.Begin(Eigen::Vector2f(0.5F, 0.0F));
  for (int i = 1; i <= 6; ++i) {
    steps.Add(Eigen::VectorXf::Constant(1, 0.01F * float(i)), Eigen::Vector2f(float(i), 0.0F), {});
  }
  const std::vector<CostModelPtr> models{
      std::make_shared<lookout::test::FirstValueModel>(2, 0.125F), std::make_shared<LooksBack>()};
  const ScoredEpisode episode = steps.Score(models);
  CHECK(episode.predicted[0][3].probability == 4.0F);
  const std::vector<float> expected{0.5F, 0.5F, 0.5F, 1.0F, 2.0F, 3.0F};
  for (std::size_t i = 0; i < expected.size(); ++i) {
    CHECK(episode.predicted[1][i].probability == expected[i]);
    CHECK(episode.predicted[1][i].spread == 0.01F * float(i + 1));
  }
}

}  // namespace
}  // namespace lookout::agents
