// What a look-ahead looks for and how far. A value type.
#pragma once

#include <cstdint>
#include <span>

#include "sim/base/choices.h"
#include "sim/base/fields.h"

namespace lookout::agents {

// Which cost must not come.
enum class LookAheadCost : std::uint8_t { kRule, kLearned, kBoth };
std::span<const Choice<LookAheadCost>> Choices(LookAheadCost kind);

struct LookAheadSettings {
  LookAheadCost cost = LookAheadCost::kRule;
  double threshold = 0.5;  // of the predicted probability, from which on a step is unsafe
  int horizon_steps = 0;   // 0: the robot's own
  int grid = 5;            // values of each component of an action that are tried in place of it
  double margin_m = 0.01;  // kept from what costs where the way is not simulated to the last digit
  double turn_weight = 0.3;  // how much less it matters to turn otherwise than to drive otherwise
  bool detours = true;       // goes round what an agent does not get past
};

template <FieldsOf<LookAheadSettings> Self, typename Visit>
void VisitFields(Self& self, Visit&& visit) {
  using F = Field<LookAheadSettings>;
  const auto learned = [](const LookAheadSettings& s) { return s.cost != LookAheadCost::kRule; };
  visit(F("cost", "which cost must not come"), self.cost);
  visit(F("threshold", "predicted probability from which on a step is unsafe")
            .Within(0.0, 1.0)
            .For(learned),
        self.threshold);
  visit(F("horizon", "how far it looks; 0: until the robot stands")
            .Within(0, 1000)
            .In("steps")
            .StoredAs("horizon_steps"),
        self.horizon_steps);
  visit(F("grid", "values of each component that are tried in place of an action").Within(2, 15),
        self.grid);
  visit(F("margin", "kept from what costs").Within(0.0, 1.0).In("m").StoredAs("margin_m"),
        self.margin_m);
  visit(F("turn-weight", "how much it matters to turn otherwise, beside driving otherwise")
            .Within(0.001, 1000),
        self.turn_weight);
  visit(F("detours", "goes round what an agent does not get past"), self.detours);
}

}  // namespace lookout::agents
