// What is learned from decisions that an overseer did not let pass.
#include "agents/rl/rollouts/reviewed_decision.h"

#include <doctest/doctest.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "agents/policies/learned/gaussian_actor.h"
#include "agents/rl/rollouts/sampler.h"
#include "agents/rl/runs/checkpoint.h"
#include "tests/agents/rl/run_support.h"

namespace lookout::agents {
namespace {

// Lets nothing pass that is more than the bound; does the bound in its place.
class Bound : public ActionFilter {
 public:
  explicit Bound(double most) : most_(most) {}
  Decision Review(const ActionContext&, const Eigen::VectorXd& proposed) override {
    if (proposed[0] <= most_) return Decision::Pass();
    done_ = proposed;
    done_[0] = most_;
    return Decision::Replace(done_, sim::ActionSource::kOverseer, "more than allowed");
  }

 private:
  double most_;
  Eigen::VectorXd done_;
};

ActionFilterMaker Bounds(double most) {
  return [most](int) -> std::unique_ptr<ActionFilter> { return std::make_unique<Bound>(most); };
}

// One collection of single steps, in four environments of 20-step episodes, under that bound.
struct Collected {
  explicit Collected(LearnFrom learn_from, double most = 0.2, float log_std = -0.5F) {
    TrainingSettings settings;
    settings.environments = 4;
    settings.learn_from = learn_from;
    buffer = RolloutBuffer(2, 1, 4, 20, {}, learn_from == LearnFrom::kBoth);
    auto made = Sampler::Create(
        settings,
        []() -> Result<std::unique_ptr<sim::Environment>> { return test::MakeEdgeEnvironment(); },
        Bounds(most));
    REQUIRE(made.ok());
    RandomState random(4);
    Mlp mean({2, 4, 1});
    mean.InitialiseGlorot(random);
    GaussianActor actor{.name = "test", .mean = mean};
    actor.log_std.setConstant(1, log_std);
    WorkerPool pool(1);
    REQUIRE((*made)->Collect(actor, 1, pool, buffer, {}).ok());
  }
  RolloutBuffer buffer;
};

TEST_CASE("learning from the proposed action, the buffer has it, and counts the block") {
  const RolloutBuffer b = Collected(LearnFrom::kProposed).buffer;
  int blocked = 0;
  for (int i = 0; i < b.capacity(); ++i) {
    const bool is_blocked = b.actions(0, i) > 0.2F;
    CHECK(b.blocked_steps[i] == (is_blocked ? 1.0F : 0.0F));
    const float done = is_blocked ? 0.2F : b.actions(0, i);
    CHECK(b.rewards[i] == doctest::Approx(-(done - 1.0F) * (done - 1.0F)));
    blocked += is_blocked ? 1 : 0;
  }
  CHECK(blocked > 5);
  CHECK_FALSE(b.keeps_blocked());
}

TEST_CASE("learning from the executed action, the buffer has that, and its own likelihood") {
  const RolloutBuffer proposed = Collected(LearnFrom::kProposed).buffer;
  const RolloutBuffer b = Collected(LearnFrom::kExecuted).buffer;
  CHECK(b.rewards == proposed.rewards);  // the same was done
  CHECK(b.blocked_steps == proposed.blocked_steps);
  const Eigen::VectorXf log_std = Eigen::VectorXf::Constant(1, -0.5F);
  for (int i = 0; i < b.capacity(); ++i) {
    const bool is_blocked = b.blocked_steps[i] > 0.0F;
    CHECK(b.actions(0, i) == (is_blocked ? 0.2F : proposed.actions(0, i)));
    CHECK(b.log_probabilities[i] ==
          doctest::Approx(GaussianLogProbability(b.actions.col(i), b.means.col(i), log_std)));
  }
}

TEST_CASE("what was done beyond the policy's reach is learned from at its edge") {
  const float log_std = -4.0F;
  const float most = -0.99F;
  const RolloutBuffer b = Collected(LearnFrom::kExecuted, most, log_std).buffer;
  const float reach = ReviewedDecision::kReach * std::exp(log_std);
  int at_the_edge = 0;
  for (int i = 0; i < b.capacity(); ++i) {
    if (b.blocked_steps[i] == 0.0F) continue;
    const float edge = b.means(0, i) - reach;
    if (edge > most) ++at_the_edge;
    CHECK(b.actions(0, i) == doctest::Approx(std::max(edge, most)));
  }
  CHECK(at_the_edge > 2);
}

TEST_CASE("learning from both, the buffer has what was done, and beside it what was proposed") {
  const RolloutBuffer proposed = Collected(LearnFrom::kProposed).buffer;
  const RolloutBuffer executed = Collected(LearnFrom::kExecuted).buffer;
  const RolloutBuffer b = Collected(LearnFrom::kBoth).buffer;
  REQUIRE(b.keeps_blocked());
  CHECK(b.actions == executed.actions);
  CHECK(b.log_probabilities == executed.log_probabilities);
  for (int i = 0; i < b.capacity(); ++i) {
    if (b.blocked_steps[i] == 0.0F) continue;
    CHECK(b.blocked_actions(0, i) == proposed.actions(0, i));
    CHECK(b.blocked_log_probabilities[i] == proposed.log_probabilities[i]);
  }
}

TEST_CASE("steps that cost are counted step by step, whatever is learned") {
  const RolloutBuffer b = Collected(LearnFrom::kProposed, 0.6).buffer;
  for (int i = 0; i < b.capacity(); ++i) {
    CHECK(b.violation_steps[i] == (b.true_costs[i] > 0.0F ? 1.0F : 0.0F));
  }
  CHECK(b.violation_steps.sum() > 0.0F);
  CHECK(Collected(LearnFrom::kProposed, 0.5).buffer.violation_steps.sum() == 0.0F);
}

TrainingSettings Overseen(LearnFrom learn_from, double penalty) {
  TrainingSettings settings = SmallSettings();
  settings.overseer = "a bound";
  settings.learn_from = learn_from;
  settings.block_penalty = learn_from == LearnFrom::kExecuted ? 0.0 : penalty;
  return settings;
}

RunPtr RunUnder(const TrainingSettings& settings, double most,
                const EnvironmentMaker& make = Wander()) {
  auto run = TrainingRun::Create(settings, make, Bounds(most));
  REQUIRE_MESSAGE(run.ok(), (run.ok() ? "" : run.error().message));
  return std::move(*run);
}

const std::vector<LearnFrom> kWays = {LearnFrom::kProposed, LearnFrom::kExecuted, LearnFrom::kBoth};

TEST_CASE("an overseen run is the same for any number of workers, and after a stop") {
  for (const Algorithm algorithm :
       {Algorithm::kPpo, Algorithm::kPpoLagrangian, Algorithm::kTrpo, Algorithm::kCpo}) {
    for (const LearnFrom way : kWays) {
      CAPTURE(ChoiceName(way));
      TrainingSettings settings = Overseen(way, 0.5);
      settings.algorithm = algorithm;
      const RunPtr one = RunUnder(settings, 0.1);
      const IterationReport report = Iterate(*one);
      CHECK(report.blocked_share > 0.1);
      const std::string checkpoint = one->EncodeCheckpoint();
      Iterate(*one);
      settings.workers = 3;
      const RunPtr three = RunUnder(settings, 0.1);
      REQUIRE(three->RestoreCheckpoint(checkpoint).ok());
      Iterate(*three);
      settings.workers = 1;
      const RunPtr plain = RunUnder(settings, 0.1);
      REQUIRE(plain->RestoreCheckpoint(three->EncodeCheckpoint()).ok());
      CHECK(plain->EncodeCheckpoint() == one->EncodeCheckpoint());
    }
  }
}

TEST_CASE(
    "the ways to learn differ, and so does the penalty, but not what is reported of returns") {
  std::vector<std::string> ends;
  for (const LearnFrom way : kWays) {
    for (const double penalty : {0.0, 0.5}) {
      if (way == LearnFrom::kExecuted && penalty > 0.0) continue;
      TrainingSettings settings = Overseen(way, penalty);
      const RunPtr run = RunUnder(settings, 0.1);
      static double first_return = 0.0;
      const IterationReport report = Iterate(*run);
      if (ends.empty()) first_return = report.mean_return;
      CHECK(report.mean_return == first_return);
      ends.push_back(EncodePolicyFile(*DecodeActor(run->EncodeCheckpoint(), run->spec())));
    }
  }
  for (std::size_t i = 0; i < ends.size(); ++i) {
    for (std::size_t j = i + 1; j < ends.size(); ++j) CHECK(ends[i] != ends[j]);
  }
}

// How much of the last of so many iterations was blocked, where 1 would be best and 0.2 is allowed.
double BlockedAfter(LearnFrom way, double penalty, int iterations) {
  TrainingSettings settings = Overseen(way, penalty);
  settings.algorithm = Algorithm::kPpo;
  settings.policy_iterations = 20;
  settings.value_iterations = 20;
  settings.policy_learning_rate = 3e-3;
  const RunPtr run = RunUnder(settings, 0.2, Quadratic());
  IterationReport report;
  for (int i = 0; i < iterations; ++i) report = Iterate(*run);
  return report.blocked_share;
}

TEST_CASE("an agent that is penalised or shown what is done learns to be blocked less") {
  const double careless = BlockedAfter(LearnFrom::kProposed, 0.0, 20);
  CHECK(careless > 0.6);  // the more, the less it is its own doing
  CHECK(BlockedAfter(LearnFrom::kProposed, 2.0, 20) < 0.5 * careless);
  CHECK(BlockedAfter(LearnFrom::kBoth, 2.0, 20) < 0.5 * careless);
}

TEST_CASE("a checkpoint amid episodes is gone on with under its own overseer alone") {
  TrainingSettings settings = Overseen(LearnFrom::kProposed, 0.1);
  const RunPtr run = RunUnder(settings, 0.1);
  Iterate(*run);
  settings.overseer = "somebody else";
  const RunPtr other = RunUnder(settings, 0.1);
  const Status refused = other->RestoreCheckpoint(run->EncodeCheckpoint());
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("--overseer \"a bound\"") != std::string::npos);
}

}  // namespace
}  // namespace lookout::agents
