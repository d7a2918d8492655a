// Training on a cost model that looks at what was observed and done before a state.
#include <doctest/doctest.h>

#include <cmath>
#include <memory>
#include <utility>

#include "agents/learning/worker_pool.h"
#include "agents/rl/rollouts/sampler.h"
#include "tests/agents/rl/run_support.h"

namespace lookout::agents {
namespace {

constexpr int kEnvironments = 7;  // an uneven last group
constexpr int kDecisions = 30;

// "Predicts" half of the second number that was observed so many steps before: in a wandering
// episode, 1/80 of that step's number.
class LooksBack : public RightIsUnsafe {
 public:
  explicit LooksBack(int history) : history_(history) {}
  PastInputs past_inputs() const override { return {.history = history_}; }
  void Predict(const Transitions& steps, Eigen::Ref<Eigen::VectorXf> probability,
               Eigen::Ref<Eigen::VectorXf> spread) const override {
    REQUIRE(steps.Has({.history = history_}));
    probability = 0.5F * steps.ObservationsBefore(history_).row(1).transpose();
    spread.setZero();
  }

 private:
  int history_;
};

// Collections one after the other, of episodes that go on from one to the next.
struct Collecting {
  explicit Collecting(int action_repeat, int workers = 1) : pool(workers) {
    TrainingSettings settings;
    settings.environments = kEnvironments;
    settings.action_repeat = action_repeat;
    auto made = Sampler::Create(settings, Wander());
    REQUIRE(made.ok());
    sampler = std::move(*made);
    RandomState random(4);
    Mlp mean({3, 4, 2});
    mean.InitialiseGlorot(random);
    actor = {.name = "test", .mean = mean};
    actor.log_std.setZero(2);
  }
  const RolloutBuffer& Collect() {
    REQUIRE(sampler->Collect(actor, ++iteration, pool, buffer, {}).ok());
    return buffer;
  }

  WorkerPool pool;
  std::unique_ptr<Sampler> sampler;
  GaussianActor actor;
  RolloutBuffer buffer{3, 2, kEnvironments, kDecisions};
  int iteration = 0;
};

int StepOf(const Eigen::Ref<const Eigen::VectorXf>& observation) {
  return static_cast<int>(std::lround(40.0F * observation[1]));
}

// Of every decision, what the model says of the steps that it was held for.
void CheckLooksBack(const RolloutBuffer& buffer, int history) {
  for (int sample = 0; sample < buffer.capacity(); ++sample) {
    CAPTURE(sample);
    double expected = 0.0;
    const int last = StepOf(buffer.next_observations.col(sample));
    for (int step = StepOf(buffer.observations.col(sample)) + 1; step <= last; ++step) {
      expected += std::max(step - history, 0) / 80.0;
    }
    CHECK(double(buffer.predicted_costs[sample]) == doctest::Approx(expected).epsilon(1e-5));
  }
}

TEST_CASE("in training a cost model is given the history of each environment's own episode") {
  for (const int action_repeat : {1, 4}) {
    for (const int history : {1, 2, 3, 8}) {
      CAPTURE(action_repeat);
      CAPTURE(history);
      Collecting collecting(action_repeat);
      collecting.sampler->SetCostModel(std::make_shared<LooksBack>(history));
      for (int i = 0; i < 3; ++i) CheckLooksBack(collecting.Collect(), history);
    }
  }
}

TEST_CASE("a model that is adopted amid episodes knows what was observed before") {
  Collecting collecting(1);
  Collecting plain(1);
  collecting.Collect();
  plain.Collect();
  for (const int history : {3, 8, 2, 5}) {
    CAPTURE(history);
    REQUIRE(collecting.sampler->amid_episodes());
    collecting.sampler->SetCostModel(std::make_shared<LooksBack>(history));
    CheckLooksBack(collecting.Collect(), history);
    CHECK(collecting.buffer.observations == plain.Collect().observations);
  }
  collecting.sampler->SetCostModel(nullptr);
  collecting.Collect();
  collecting.sampler->SetCostModel(std::make_shared<LooksBack>(4));
  CheckLooksBack(collecting.Collect(), 4);
}

TEST_CASE("what a history says is the same with any number of workers, and after going back") {
  Collecting alone(2);
  Collecting together(2, 3);
  const auto model = std::make_shared<LooksBack>(3);
  alone.sampler->SetCostModel(model);
  together.sampler->SetCostModel(model);
  alone.Collect();
  CHECK(together.Collect().predicted_costs == alone.buffer.predicted_costs);
  alone.sampler->Save();
  const Eigen::VectorXf next = alone.Collect().predicted_costs;
  CHECK(together.Collect().predicted_costs == next);
  alone.sampler->GoBack();
  --alone.iteration;
  CHECK(alone.Collect().predicted_costs == next);
}

}  // namespace
}  // namespace lookout::agents
