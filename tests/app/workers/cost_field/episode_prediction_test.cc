// Whole recorded episodes, under a cost model that looks back and at the actions.
#include "app/workers/cost_field/episode_prediction.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <vector>

#include "tests/app/workers/worker_support.h"

namespace lookout::app {
namespace {

// "Predicts" what was observed first of all three steps before, with the action as its spread.
class LooksBack : public KnownCostModel {
 public:
  LooksBack() : KnownCostModel(2, 2) {}
  agents::PastInputs past_inputs() const override { return {.history = 3, .action_dim = 1}; }
  void Predict(const agents::Transitions& steps, Eigen::Ref<Eigen::VectorXf> probability,
               Eigen::Ref<Eigen::VectorXf> spread) const override {
    REQUIRE(steps.Has({.history = 3}));
    probability = steps.ObservationsBefore(3).row(0).transpose();
    if (steps.actions.rows() > 0) spread = steps.actions.row(0).transpose();
  }
};

// 10 steps whose observation names the step and whose action is a hundredth of it.
struct Recorded {
  std::shared_ptr<ui::EpisodeScene> scene = std::make_shared<ui::EpisodeScene>();
  std::vector<std::shared_ptr<sim::RecordingChunk>> chunks;

  Recorded() {
    scene->header = std::make_shared<sim::EpisodeHeader>();
    scene->spec = {.id = "toy", .observation_dim = 2, .action_dim = 1};
    for (const StepIndex first : {0, 4, 5}) {
      auto chunk = std::make_shared<sim::RecordingChunk>();
      chunk->first_step = first;
      const StepIndex end = first == 0 ? 4 : first == 4 ? 5 : 10;
      for (StepIndex step = first; step < end; ++step) {
        sim::StepRecord record;
        record.observation = Eigen::Vector2f(float(step), 1.0F);
        if (step > 0) record.executed_action = Eigen::VectorXd::Constant(1, 0.01 * step);
        chunk->steps.push_back(record);
      }
      chunks.push_back(chunk);
    }
  }
  EpisodePredictions Predict(StepIndex first_step) const {
    agents::CostModelWorkspace workspace;
    return PredictEpisode({.scene = scene,
                           .chunks = {chunks.begin(), chunks.end()},
                           .first_step = first_step,
                           .model = std::make_shared<LooksBack>()},
                          workspace);
  }
};

TEST_CASE("every step of a recorded episode is predicted from what was observed before it") {
  const Recorded recorded;
  for (const StepIndex first : {0, 1, 3, 4, 7}) {
    CAPTURE(first);
    const EpisodePredictions predicted = recorded.Predict(first);
    REQUIRE(predicted.cost.size() == static_cast<std::size_t>(10 - first));
    for (StepIndex step = first; step < 10; ++step) {
      const auto at = static_cast<std::size_t>(step - first);
      CHECK(predicted.cost[at] == float(std::max(step - 3, 0)));
      if (step > 0) CHECK(predicted.spread[at] == doctest::Approx(0.01 * step));
    }
  }
}

TEST_CASE("a step cannot be told about if one that it looks back to does not fit") {
  const Recorded recorded;
  recorded.chunks[1]->steps[0].observation.resize(5);  // step 4
  const EpisodePredictions predicted = recorded.Predict(0);
  for (StepIndex step = 0; step < 10; ++step) {
    CHECK(std::isnan(predicted.cost[static_cast<std::size_t>(step)]) == (step >= 4 && step <= 7));
  }
}

}  // namespace
}  // namespace lookout::app
