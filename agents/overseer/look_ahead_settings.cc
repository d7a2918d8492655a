#include "agents/overseer/look_ahead_settings.h"

#include <array>

namespace lookout::agents {

std::span<const Choice<LookAheadCost>> Choices(LookAheadCost /*kind*/) {
  static constexpr std::array kChoices{
      Choice<LookAheadCost>{LookAheadCost::kRule, "rule"},
      Choice<LookAheadCost>{LookAheadCost::kLearned, "learned"},
      Choice<LookAheadCost>{LookAheadCost::kBoth, "both"},
  };
  return kChoices;
}

}  // namespace lookout::agents
