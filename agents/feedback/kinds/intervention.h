// An intervention: a person took the wheel in the middle of an agent's episode. What led to it
// counts as unsafe, what the person then drove as safe, both by a rule that is part of the record.
// Value types; any thread.
#pragma once

#include <string>

#include "agents/feedback/kinds/feedback_kind.h"
#include "sim/base/fields.h"

namespace lookout::agents {

// The moments before a take-over at step t: from t - lag - before to t - lag.
struct InterventionRule {
  StepIndex lag_steps = 15;     // that the person was late by: their reaction lag
  StepIndex before_steps = 25;  // that count as unsafe, half a second
  double unsafe_weight = 0.5;   // in the loss, beside 1 of a span; 0: they say nothing
  double safe_weight = 0.25;    // of what the person drove; 0: it says nothing
  bool operator==(const InterventionRule&) const = default;
};

struct Intervention {
  EpisodeId episode;
  StepIndex first_step = 0;  // the first that the person drove, >= 1
  StepIndex last_step = 0;   // inclusive
  InterventionRule rule;
  std::string note;
  bool operator==(const Intervention&) const = default;

  // What counts as unsafe; nothing (last < first) if the episode was younger than the lag.
  Segment LedToIt() const;
};

// Without the episode, which the record names.
template <FieldsOf<Intervention> Self, typename Visit>
void VisitFields(Self& self, Visit&& visit) {
  using F = Field<Intervention>;
  visit(F("first-step"), self.first_step);
  visit(F("last-step"), self.last_step);
  visit(F("lag-steps"), self.rule.lag_steps);
  visit(F("before-steps"), self.rule.before_steps);
  visit(F("unsafe-weight"), self.rule.unsafe_weight);
  visit(F("safe-weight"), self.rule.safe_weight);
  visit(F("note"), self.note);
}

// The kind "intervention".
extern const FeedbackKind kInterventionKind;

// Sets kind, version, content and episodes of the record.
void SetContent(const Intervention& intervention, FeedbackRecord& record);
// Rejects (kBadInput) records of another kind or of a newer version, and as its kind's check.
Result<Intervention> InterventionOf(const FeedbackRecord& record);

// "took over, steps 120-180 of episode 7"
std::string InWords(const Intervention& intervention);

}  // namespace lookout::agents
