// Which cost an agent is held to. Any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>

#include "sim/base/choices.h"
#include "sim/environment/kinds.h"

namespace lookout::agents {

// Which cost the agent is held to. The rule's total is logged whatever this says.
enum class CostSource : std::uint8_t {
  kRule,     // the environment's total
  kLearned,  // the cost model's probability
  kNone,
  kSum,      // of the rule's total and the model's probability
  kMaximum,  // the larger of the two
// From here on one kind of the rule's cost alone, in the order of sim::CostKind.
#define LOOKOUT_ENUMERATOR(id, name) k##id,
  LOOKOUT_COST_KINDS(LOOKOUT_ENUMERATOR)
#undef LOOKOUT_ENUMERATOR
};
inline constexpr int kCostSourceCount = 5 + sim::kCostKindCount;
std::span<const Choice<CostSource>> Choices(CostSource kind);
bool NeedsCostModel(CostSource source);
// The kind that a source stands for alone, if it does.
std::optional<sim::CostKind> OnlyKind(CostSource source);

}  // namespace lookout::agents
