// What the player asks its cost model, and when.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "tests/app/workers/player_loop_fixture.h"

namespace lookout::app {
namespace {

TEST_CASE_FIXTURE(SessionFixture,
                  "the cost model in use for what is observed predicts from the next step on") {
  Open();
  Do(ui::StepForward{1});
  CHECK(std::isnan(Shown().now.predicted_cost));
  CHECK(Shown().now.cost_model == CostModelId{});
  cost_models.Add(std::make_shared<KnownCostModel>(5, 4));
  Do(ui::StepForward{1});
  CHECK(Shown().now.predicted_cost == Shown().now.observation[0]);
  CHECK(Shown().now.predicted_cost_spread == 0.25F);
  CHECK(Shown().now.cost_model == CostModelId{5});
  cost_models.Add(std::make_shared<KnownCostModel>(6, 60));  // of another environment
  Do(ui::StepForward{1});
  CHECK(Shown().now.cost_model == CostModelId{5});
  // As long, but of another environment.
  cost_models.Add(
      std::make_shared<KnownCostModel>(7, 4, sim::ObservationSignature({{"elsewhere", 4}})));
  Do(ui::StepForward{1});
  CHECK(Shown().now.cost_model == CostModelId{5});
  cost_models.Add(
      std::make_shared<KnownCostModel>(8, 4, sim::ObservationSignature({{"observation", 4}})));
  Do(ui::StepForward{1});
  CHECK(Shown().now.cost_model == CostModelId{8});
  cost_models.Use(sim::ObservationSignature({{"observation", 4}}), CostModelId{5});
  Do(ui::StepForward{1});
  CHECK(Shown().now.cost_model == CostModelId{5});
}

// "Predicts" the executed action, and says with its spread how far the bead moved.
class DoneAndMoved : public KnownCostModel {
 public:
  DoneAndMoved() : KnownCostModel(9, 4) {}
  void Predict(const agents::Transitions& step, Eigen::Ref<Eigen::VectorXf> probability,
               Eigen::Ref<Eigen::VectorXf> spread) const override {
    probability.setConstant(step.actions.rows() > 0 ? step.actions(0, 0) : -1.0F);
    spread[0] = step.next_observations(0, 0) - step.observations(0, 0);
  }
};

TEST_CASE_FIXTURE(SessionFixture, "the cost model is asked about the step that was just done") {
  cost_models.Add(std::make_shared<DoneAndMoved>());
  Open();
  CHECK(Shown().now.predicted_cost == -1.0F);  // nothing was done yet
  CHECK(Shown().now.predicted_cost_spread == 0.0F);
  Do(ui::DriveInput{.forward = 1.0});
  for (int i = 0; i < 3; ++i) {
    const float before = Shown().now.observation[0];
    Do(ui::StepForward{1});
    CHECK(Shown().now.predicted_cost == static_cast<float>(Shown().now.executed_action[0]));
    CHECK(Shown().now.predicted_cost != 0.0F);
    CHECK(Shown().now.predicted_cost_spread == Shown().now.observation[0] - before);
  }
}

// "Predicts" what was observed first of all so many steps before, and remembers what it was asked.
class LooksBack : public KnownCostModel {
 public:
  LooksBack(std::int64_t id, int history) : KnownCostModel(id, 4), history_(history) {}
  agents::PastInputs past_inputs() const override { return {.history = history_}; }
  void Predict(const agents::Transitions& step, Eigen::Ref<Eigen::VectorXf> probability,
               Eigen::Ref<Eigen::VectorXf> spread) const override {
    REQUIRE(step.Has({.history = history_}));
    probability[0] = step.ObservationsBefore(history_)(0, 0);
    spread.setZero();
  }

 private:
  int history_;
};

TEST_CASE_FIXTURE(
    SessionFixture,
    "a cost model that looks back knows what was observed, also one that comes late") {
  cost_models.Add(std::make_shared<LooksBack>(9, 3));
  Open();
  Do(ui::DriveInput{.forward = 1.0});
  std::vector<float> observed{Shown().now.observation[0]};
  CHECK(Shown().now.predicted_cost == observed[0]);
  const auto expect = [&](int history) {
    Do(ui::StepForward{1});
    const auto before = std::max<std::ptrdiff_t>(std::ssize(observed) - history, 0);
    CHECK(Shown().now.predicted_cost == observed[static_cast<std::size_t>(before)]);
    observed.push_back(Shown().now.observation[0]);
  };
  for (int i = 0; i < 5; ++i) expect(3);
  CHECK(observed[5] != observed[4]);
  cost_models.Add(std::make_shared<LooksBack>(10, 8));
  for (int i = 0; i < 5; ++i) expect(8);
  Do(ui::ResetEpisode{});
  CHECK(Shown().now.predicted_cost == Shown().now.observation[0]);
  observed = {Shown().now.observation[0]};
  for (int i = 0; i < 3; ++i) expect(8);
}

}  // namespace
}  // namespace lookout::app
