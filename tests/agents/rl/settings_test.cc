#include "agents/rl/settings.h"

#include <doctest/doctest.h>

namespace lookout::agents {
namespace {

TEST_CASE("an experiment is every setting but the seed and the workers") {
  const TrainingSettings settings;
  TrainingSettings other = settings;
  other.seed = 7;
  other.workers = 9;
  CHECK(ExperimentKey(other) == ExperimentKey(settings));
  other.cost_source = CostSource::kLearned;
  CHECK(ExperimentKey(other) != ExperimentKey(settings));
  VisitSettings(other, [&](std::string_view name, auto& value, double, double, std::string_view) {
    if (name == "seed" || name == "workers") return;
    CAPTURE(name);
    other = settings;
    value = static_cast<std::remove_reference_t<decltype(value)>>(value == 0 ? 1 : 0);
    CHECK(ExperimentKey(other) != ExperimentKey(settings));
  });
}

TEST_CASE("an agent's label says what is unusual about it, in full or in short") {
  TrainingSettings settings;
  CHECK(AgentLabel(settings) == "PPO");
  CHECK(ShortAgentLabel(settings) == "PPO");
  settings.algorithm = Algorithm::kTrpoLagrangian;
  settings.multiplier_kind = MultiplierKind::kPid;
  settings.cost_source = CostSource::kLearned;
  CHECK(AgentLabel(settings) == "TRPO-Lagrangian, pid multiplier, cost learned");
  CHECK(ShortAgentLabel(settings) == "TRPO-Lag, pid, cost learned");
}

}  // namespace
}  // namespace lookout::agents
