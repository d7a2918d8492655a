// How a prediction with its doubts becomes the one cost that is used. Any thread.
#pragma once

#include <cstdint>
#include <span>

#include "agents/feedback/models/cost_model.h"
#include "sim/base/choices.h"
#include "sim/base/result.h"

namespace lookout::agents {

enum class CostReading : std::uint8_t {
  kMean,           // the probability
  kCautious,       // and so many spreads more, at most 1
  kUnknownUnsafe,  // the probability, and unsafe where nothing was labelled nearby
};
std::span<const Choice<CostReading>> Choices(CostReading kind);

// Below this score of support a state counts as unknown, the less known the more: the level of the
// test in support.h.
inline constexpr float kUnknownBelow = 0.05F;

struct CostUse {
  CostReading reading = CostReading::kMean;
  double caution = 1.0;    // spreads that kCautious adds
  DangerClass danger = 0;  // whose danger: that of one class alone, see class_heads.h; 0: the total
  bool operator==(const CostUse&) const = default;
};

// The cost in [0, 1] of one transition: kMean: the probability p; kCautious: min(1, p + caution *
// spread); kUnknownUnsafe: max(p, 1 - support / kUnknownBelow). NaN if p is.
float CostUsed(const CostUse& use, const CostPrediction& prediction, float support);

// Whether the danger of that class alone can be read from it; of 0, the total, always.
bool HasHead(const CostModel& model, DangerClass danger);

// The model with that reading in place of its probability; itself for kMean of the total. Rejects
// (kBadInput) kUnknownUnsafe of a model that does not know its support, and a class of danger that
// it has no head for.
Result<CostModelPtr> ReadWith(CostModelPtr model, const CostUse& use);

}  // namespace lookout::agents
