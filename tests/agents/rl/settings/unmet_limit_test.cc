#include "agents/rl/settings/unmet_limit.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

namespace lookout::agents {
namespace {

TEST_CASE("iterations count whose lambda ended at the cap with too much cost, up to the last one") {
  TrainingSettings settings;
  settings.algorithm = Algorithm::kPpoLagrangian;
  settings.multiplier_cap = 10.0;
  std::vector<IterationReport> history(6);
  const auto set = [&](std::size_t i, double multiplier, double cost) {
    history[i].multiplier = multiplier;
    history[i].constrained_cost = cost;
  };
  set(0, 10.0, 300.0);
  set(1, 9.0, 300.0);
  for (std::size_t i = 2; i < 6; ++i) set(i, 10.0, 272.0);
  CHECK(IterationsAtCap(settings, history) == 4);
  CHECK(UnmetLimitText(settings, 4) ==
        "The limit of 25 is not being met: lambda at its cap of 10 for 4 iterations.");
  set(5, 10.0, 20.0);  // met, and lambda is about to fall
  CHECK(IterationsAtCap(settings, history) == 0);
  CHECK(IterationsAtCap(settings, std::vector<IterationReport>()) == 0);
  set(5, 10.0, std::nan(""));  // no episode ended
  CHECK(IterationsAtCap(settings, history) == 4);
  set(5, 10.0, 272.0);
  settings.multiplier_cap = 0.0;  // none
  CHECK(IterationsAtCap(settings, history) == 0);
}

}  // namespace
}  // namespace lookout::agents
