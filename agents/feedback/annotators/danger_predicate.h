// What a simulated annotator holds to be dangerous: the rule's cost, or something of its own that
// the rule does not know. Value types; any thread.
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "agents/feedback/facts/episode_facts.h"
#include "agents/feedback/kinds/danger_classes.h"
#include "agents/feedback/kinds/mark.h"
#include "sim/base/choices.h"

namespace lookout::agents {

enum class DangerMeasure : std::uint8_t { kCost, kDistance, kSpeed, kJolt };
std::span<const Choice<DangerMeasure>> Choices(DangerMeasure);

struct DangerCondition {
  DangerMeasure measure = DangerMeasure::kCost;
  std::optional<sim::CostKind> cost;                            // of kCost; none: the total
  sim::SceneObjectKind object = sim::SceneObjectKind::kHazard;  // of kDistance
  bool above = true;                                            // the threshold; else below it
  double threshold = 0.0;                                       // metres, m/s or m/s^2
};

// All conditions together.
struct DangerClause {
  std::vector<DangerCondition> conditions;
  DangerClass danger = 0;  // that the annotator calls it
};

// Any clause.
struct DangerPredicate {
  std::vector<DangerClause> clauses;
  bool needs_geometry() const;
};

// How dangerous a step looks.
struct SeenStep {
  // Above 0: unsafe. How far beyond the threshold, as a part of it; 1 or -1 for a cost.
  float margin = -1.0F;
  DangerClass danger = 0;
};

// keenness: 1 as stated; 1.2 takes a fifth more for dangerous: distances below 1.2 times the
// threshold, speeds above it divided by 1.2. What is not known is not dangerous.
SeenStep See(const StepFacts& facts, const DangerPredicate& predicate, double keenness);

// "cost", "cost vases_contact as 2 or distance vase < 0.4 and speed > 0.5 as hazard", with costs
// and classes as danger_words.h reads them. Rejects (kBadInput) what cannot be read, with the word
// and the nearest that could be.
Result<DangerPredicate> ParsePredicate(std::string_view text, const DangerClasses& classes = {});

}  // namespace lookout::agents
