// Training with actions that are held for several steps, and with filters that review each step.
#include <doctest/doctest.h>

#include <algorithm>
#include <memory>
#include <utility>
#include <vector>

#include "agents/learning/process_group.h"
#include "agents/rl/rollouts/sampler.h"
#include "agents/rl/runs/checkpoint.h"
#include "agents/rl/runs/training.h"
#include "agents/rollout/stepper.h"
#include "tests/agents/rl/run_support.h"
#include "tests/support/action_filters.h"

namespace lookout::agents {
namespace {

// What the filter of each environment was asked, for after the run.
using Filters = std::vector<std::shared_ptr<test::ScriptedFilter>>;

// Hands its calls on to one that the test keeps.
class Forwarding : public ActionFilter {
 public:
  explicit Forwarding(std::shared_ptr<test::ScriptedFilter> filter) : filter_(std::move(filter)) {}
  void BeginEpisode() override { filter_->BeginEpisode(); }
  Decision Review(const ActionContext& context, const Eigen::VectorXd& proposed) override {
    return filter_->Review(context, proposed);
  }

 private:
  std::shared_ptr<test::ScriptedFilter> filter_;
};

Filters MakeFilters(int count) {
  Filters filters;
  for (int i = 0; i < count; ++i) filters.push_back(std::make_shared<test::ScriptedFilter>());
  return filters;
}

ActionFilterMaker Handing(const Filters& filters) {
  return [&filters](int e) -> std::unique_ptr<ActionFilter> {
    return std::make_unique<Forwarding>(filters[static_cast<std::size_t>(e)]);
  };
}

// One collection of decisions that are held for 8 steps, in two environments of 20-step episodes.
struct HeldCollection {
  explicit HeldCollection(const ActionFilterMaker& make_filter = {}, CostModelPtr model = nullptr) {
    TrainingSettings settings;
    settings.environments = 2;
    settings.action_repeat = 8;
    auto made = Sampler::Create(
        settings,
        []() -> Result<std::unique_ptr<sim::Environment>> { return test::MakeEdgeEnvironment(); },
        make_filter);
    REQUIRE(made.ok());
    sampler = std::move(*made);
    RandomState random(4);
    Mlp mean({2, 4, 1});
    mean.InitialiseGlorot(random);
    GaussianActor actor{.name = "test", .mean = mean};
    actor.log_std.setZero(1);
    WorkerPool pool(1);
    sampler->SetCostModel(std::move(model));
    REQUIRE(sampler->Collect(actor, 1, pool, buffer, {}).ok());
  }
  std::unique_ptr<Sampler> sampler;
  RolloutBuffer buffer{2, 1, 2, 6};
};

// "Predicts" how far the first observed number moved, plus a hundredth of the action.
class Movement : public RightIsUnsafe {
 public:
  Movement() : RightIsUnsafe(2) {}
  void Predict(const Transitions& steps, Eigen::Ref<Eigen::VectorXf> probability,
               Eigen::Ref<Eigen::VectorXf> spread) const override {
    probability = (steps.next_observations.row(0) - steps.observations.row(0)).transpose() +
                  0.01F * steps.actions.row(0).transpose();
    spread.setZero();
  }
};

TEST_CASE("a held action adds up the predicted costs of the transitions that it makes") {
  const HeldCollection collection({}, std::make_shared<Movement>());
  const RolloutBuffer& buffer = collection.buffer;
  const HeldCollection without;
  for (int sample = 0; sample < buffer.capacity(); ++sample) {
    CAPTURE(sample);
    const int steps = sample % 3 == 2 ? 4 : 8;  // decisions of a 20-step episode
    const float moved = buffer.next_observations(0, sample) - buffer.observations(0, sample);
    const float done = std::clamp(buffer.actions(0, sample), -1.0F, 1.0F);  // as executed
    CHECK(buffer.predicted_costs[sample] ==
          doctest::Approx(moved + 0.01F * done * static_cast<float>(steps)).epsilon(1e-4));
    CHECK(without.buffer.predicted_costs[sample] == 0.0F);
  }
}

TEST_CASE("a held action adds up the rewards and costs of the steps it is held for") {
  const HeldCollection collection;
  const RolloutBuffer& buffer = collection.buffer;
  CHECK(collection.sampler->spec().max_episode_steps == 3);  // of 20 steps
  CHECK(collection.sampler->spec().step_duration_s == doctest::Approx(0.16));
  for (int sample = 0; sample < buffer.capacity(); ++sample) {
    const bool last = sample % 3 == 2;
    const int held = last ? 4 : 8;
    const float a = buffer.actions(0, sample);
    CHECK(buffer.rewards[sample] == doctest::Approx(-float(held) * (a - 1.0F) * (a - 1.0F)));
    CHECK(buffer.true_costs[sample] == (a > 0.5F ? float(held) : 0.0F));
    CHECK(IsDone(buffer.status[sample]) == last);
  }
}

TEST_CASE("in training a filter sees every one of the steps for which an action is held") {
  const Filters filters = MakeFilters(2);
  const HeldCollection reviewed(Handing(filters));
  const HeldCollection plain;
  CHECK(reviewed.buffer.actions == plain.buffer.actions);
  CHECK(reviewed.buffer.rewards == plain.buffer.rewards);
  for (int e = 0; e < 2; ++e) {
    const auto& asked = filters[static_cast<std::size_t>(e)]->asked;
    REQUIRE(asked.size() == 40);  // two episodes
    for (int i = 0; i < 40; ++i) {
      const auto& one = asked[static_cast<std::size_t>(i)];
      CHECK(one.step == i % 20);
      CHECK(one.held_steps == i % 20 % 8);
      const int sample = plain.buffer.SampleIndex(e, i / 20 * 3 + i % 20 / 8);
      CHECK(one.proposed[0] == double(plain.buffer.actions(0, sample)));
    }
  }
}

TEST_CASE("a filter's action is done, what was proposed is learned from, and its end is one") {
  const Filters filters = MakeFilters(2);
  filters[0]->replace[1] = Eigen::VectorXd::Constant(1, 1.0);  // reward 0, cost 1
  filters[0]->end_at = 10;
  const HeldCollection reviewed(Handing(filters));
  const RolloutBuffer& buffer = reviewed.buffer;
  const float a = buffer.actions(0, 0);
  CHECK(buffer.rewards[0] == doctest::Approx(-7.0F * (a - 1.0F) * (a - 1.0F)));
  CHECK(buffer.true_costs[0] == (a > 0.5F ? 8.0F : 1.0F));
  for (int t = 0; t < 6; ++t) {
    CHECK(buffer.status[buffer.SampleIndex(0, t)] ==
          (t % 2 == 1 ? sim::EpisodeStatus::kTimedOut : sim::EpisodeStatus::kRunning));
  }
  CHECK(filters[0]->episodes == 4);
  RolloutBuffer learned = buffer;
  learned.DropDiverged();
  CHECK(learned.size == buffer.capacity());
  CHECK(learned.segments.front().bootstraps);
}

TEST_CASE("a training run hands its filters to its environments and repeats them with episodes") {
  TrainingSettings settings = SmallSettings();
  settings.action_repeat = 4;
  const auto learn = [&settings](const ActionFilterMaker& make_filter) {
    return std::move(*TrainingRun::CreateTogether(settings, Quadratic({.length = 50}),
                                                  SingleProcess(), make_filter));
  };
  Filters filters = MakeFilters(7);
  for (const auto& filter : filters) filter->replace[5] = Eigen::VectorXd::Constant(1, 0.25);
  const RunPtr run = learn(Handing(filters));
  Iterate(*run);
  CHECK(filters[6]->asked.size() == 58);  // 15 decisions, one of them cut short by the end
  CHECK(run->EncodeCheckpoint() != [&] {
    const RunPtr plain = learn({});
    Iterate(*plain);
    return plain->EncodeCheckpoint();
  }());
  const RunPtr resumed = learn(Handing(filters));
  REQUIRE(resumed->RestoreCheckpoint(run->EncodeCheckpoint()));
  Iterate(*run);
  Iterate(*resumed);
  CHECK(resumed->EncodeCheckpoint() == run->EncodeCheckpoint());
}

TEST_CASE("a run that holds actions counts environment steps, and so does its policy") {
  TrainingSettings settings;
  settings.environments = 4;
  settings.action_repeat = 5;
  settings.steps_per_iteration = 4 * 5 * 8;
  settings.workers = 1;
  settings.hidden = 8;
  const auto run = TrainingRun::Create(settings, []() -> Result<std::unique_ptr<sim::Environment>> {
    return test::MakeEdgeEnvironment();
  });
  REQUIRE(run.ok());
  const auto report = (*run)->RunIteration();
  REQUIRE(report.ok());
  CHECK(report->steps == 160);
  CHECK(report->episodes == 8);
  CHECK(report->mean_length == 20.0);

  const PolicyPtr policy = (*run)->policy(/*deterministic=*/false);
  const auto environment = test::MakeEdgeEnvironment();
  REQUIRE(environment->Reset(1).ok());
  Stepper stepper(*environment);
  const auto memory = policy->NewMemory();
  RandomState random(3);
  Eigen::VectorXd first;
  for (int step = 0; step <= 10; ++step) {
    const Eigen::VectorXd action = stepper.Step(*policy, *memory, random).proposed_action;
    if (step % 5 == 0) {
      if (step > 0) CHECK(action != first);
      first = action;
    }
    CHECK(action == first);
  }
}

TEST_CASE("a run goes on with finer actions, where its iterations end with their episodes") {
  TrainingSettings settings = SmallSettings();
  settings.action_repeat = 4;
  const auto finer = [&settings] {
    TrainingSettings changed = settings;
    changed.action_repeat = 2;
    return MakeRun(changed, Quadratic({.length = 40}));
  };
  SUBCASE("an episode has 40 steps") {
    settings.steps_per_iteration = settings.environments * 80;
    const RunPtr coarse = MakeRun(settings, Quadratic({.length = 40}));
    Iterate(*coarse);
    const RunPtr fine = finer();
    REQUIRE(fine->RestoreCheckpoint(coarse->EncodeCheckpoint()));
    const IterationReport report = Iterate(*fine);
    CHECK(report.iteration == 2);
    CHECK(report.steps == 2 * settings.steps_per_iteration);
  }
  SUBCASE("elsewhere it says why not, and stays") {
    settings.steps_per_iteration = settings.environments * 60;
    const RunPtr coarse = MakeRun(settings, Quadratic({.length = 40}));
    Iterate(*coarse);
    const RunPtr fine = finer();
    const std::string before = fine->EncodeCheckpoint();
    const Status refused = fine->RestoreCheckpoint(coarse->EncodeCheckpoint());
    REQUIRE_FALSE(refused.ok());
    CHECK(refused.error().message.find("--action-repeat 4, this run has 2") != std::string::npos);
    CHECK(fine->EncodeCheckpoint() == before);
  }
}

TEST_CASE("steps that do not divide into held actions are refused") {
  TrainingSettings settings;
  settings.environments = 30;
  settings.steps_per_iteration = 30'000;
  settings.action_repeat = 7;
  const auto run = TrainingRun::Create(settings, []() -> Result<std::unique_ptr<sim::Environment>> {
    return test::MakeEdgeEnvironment();
  });
  REQUIRE_FALSE(run.ok());
  CHECK(run.error().message.find("--action-repeat (7)") != std::string::npos);
}

}  // namespace
}  // namespace lookout::agents
