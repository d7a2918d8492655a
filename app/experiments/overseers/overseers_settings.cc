#include "app/experiments/overseers/overseers_settings.h"

#include <array>

namespace lookout::app {

std::span<const Choice<OverseersRow>> Choices(OverseersRow /*row*/) {
  static constexpr std::array<Choice<OverseersRow>, 5> kChoices{
      {{OverseersRow::kConstrained, "constrained"},
       {OverseersRow::kNoCost, "limit-0"},
       {OverseersRow::kLookAhead, "lookahead"},
       {OverseersRow::kHirl, "hirl"},
       {OverseersRow::kRecovery, "recovery"}}};
  return kChoices;
}

}  // namespace lookout::app
