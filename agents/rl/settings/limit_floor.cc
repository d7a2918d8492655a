#include "agents/rl/settings/limit_floor.h"

#include <fmt/format.h>

namespace lookout::agents {

bool LimitsLearnedCost(const TrainingSettings& settings) {
  const bool has_fixed_price =
      HasMultiplier(settings.algorithm) && settings.multiplier_kind == MultiplierKind::kFixed;
  return IsConstrained(settings.algorithm) && !has_fixed_price &&
         NeedsCostModel(settings.cost_source);
}

bool CountCostsAlike(const TrainingSettings& a, const TrainingSettings& b) {
  return a.cost_source == b.cost_source && a.cost_reading == b.cost_reading &&
         a.cost_caution == b.cost_caution && a.action_repeat == b.action_repeat;
}

std::string FloorText(const LimitFloor& floor) {
  return fmt::format(
      "Under the cost model an episode of {} costs {:.1f} [{:.1f}, {:.1f}] ({} episodes).",
      floor.script, floor.cost, floor.low, floor.high, floor.episodes);
}

Status CheckLimit(const LimitFloor& floor, double limit) {
  if (!(floor.low > limit)) return {};
  return BadInput(
      fmt::format("A limit of {:g} cannot be met by staying safe. {} Raise the limit above that, "
                  "choose another "
                  "reading of the model, or label more and fit again.",
                  limit, FloorText(floor)));
}

}  // namespace lookout::agents
