// What tests of whole training runs share: small runs on toys, and a cost model made by hand.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <utility>

#include "agents/rl/runs/training.h"
#include "tests/support/toy_environments.h"

namespace lookout::agents {

using RunPtr = std::unique_ptr<TrainingRun>;

inline EnvironmentMaker Wander() {
  return
      []() -> Result<std::unique_ptr<sim::Environment>> { return test::MakeWanderEnvironment(); };
}

inline EnvironmentMaker Quadratic(const test::QuadraticOptions& options = {}) {
  return [options]() -> Result<std::unique_ptr<sim::Environment>> {
    return test::MakeQuadraticEnvironment(options);
  };
}

// Small enough that an iteration takes milliseconds; 7 environments make an uneven last group.
inline TrainingSettings SmallSettings() {
  TrainingSettings settings;
  settings.algorithm = Algorithm::kPpoLagrangian;
  settings.environments = 7;
  settings.steps_per_iteration = 7 * 60;
  settings.total_steps = 1'000'000;
  settings.workers = 1;
  settings.hidden = 16;
  settings.policy_iterations = 5;
  settings.value_iterations = 5;
  settings.cost_limit = 2.0;
  return settings;
}

// An agent, and how it finds its multiplier if it has one.
struct Variant {
  Algorithm algorithm;
  MultiplierKind multiplier = MultiplierKind::kLagrange;
};

inline TrainingSettings SettingsOf(const Variant& variant) {
  TrainingSettings settings = SmallSettings();
  settings.algorithm = variant.algorithm;
  settings.multiplier_kind = variant.multiplier;
  return settings;
}

inline RunPtr MakeRun(const TrainingSettings& settings, const EnvironmentMaker& factory) {
  auto run = TrainingRun::Create(settings, factory);
  REQUIRE_MESSAGE(run.ok(), (run.ok() ? "" : run.error().message));
  return std::move(*run);
}

inline IterationReport Iterate(TrainingRun& run) {
  auto report = run.RunIteration();
  REQUIRE_MESSAGE(report.ok(), (report.ok() ? "" : report.error().message));
  return *report;
}

// Everything a run is, but for the one setting that may differ.
inline std::string StateAfter(TrainingSettings settings, int workers, int iterations) {
  settings.workers = workers;
  const RunPtr run = MakeRun(settings, Wander());
  for (int i = 0; i < iterations; ++i) Iterate(*run);
  settings.workers = 1;
  const RunPtr plain = MakeRun(settings, Wander());
  REQUIRE(plain->RestoreCheckpoint(run->EncodeCheckpoint()).ok());
  return plain->EncodeCheckpoint();
}

// The probability of being far to the right, as a person might have marked it.
class RightIsUnsafe : public CostModel {
 public:
  explicit RightIsUnsafe(int dim = 3) : dim_(dim) {}
  CostModelId id() const override { return {4}; }
  int observation_dim() const override { return dim_; }
  const CostModelReport& report() const override { return report_; }
  void Predict(const Transitions& transitions, Eigen::Ref<Eigen::VectorXf> probability,
               Eigen::Ref<Eigen::VectorXf> spread) const override {
    probability =
        (transitions.next_observations.row(0).transpose().array() > 0.5F).cast<float>() * 0.5F;
    spread.setZero();
  }
  std::string Encode() const override { return {}; }

 private:
  int dim_;
  CostModelReport report_;
};

}  // namespace lookout::agents
