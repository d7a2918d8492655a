// A correction: what should have been done at a moment, in place of what the agent did. Both
// futures were played from that moment; the person's is the safer one. Value types; any thread.
#pragma once

#include <string>

#include "agents/feedback/kinds/feedback_kind.h"
#include "sim/base/fields.h"

namespace lookout::agents {

struct Correction {
  EpisodeId episode;     // that was on screen
  StepIndex step = 0;    // the moment: the action after it is corrected
  Segment agents;        // the agent's future, played on from there
  Segment persons;       // the one that began with the person's action
  double forward = 0.0;  // the person's action as drive commands, each in [-1, 1]
  double turn = 0.0;
  StepIndex held_steps = 1;    // for how long it was held before the agent acted again
  double strength = 1.0;       // of the preference, in (0, 10]
  double unsafe_weight = 0.5;  // in the loss, of the first step of the agent's future; 0: none
  std::string note;
  bool operator==(const Correction&) const = default;
};

template <FieldsOf<Correction> Self, typename Visit>
void VisitFields(Self& self, Visit&& visit) {
  using F = Field<Correction>;
  visit(F("episode"), self.episode);
  visit(F("step"), self.step);
  visit(F("agents-episode"), self.agents.episode);
  visit(F("agents-from"), self.agents.first);
  visit(F("agents-to"), self.agents.last);
  visit(F("persons-episode"), self.persons.episode);
  visit(F("persons-from"), self.persons.first);
  visit(F("persons-to"), self.persons.last);
  visit(F("forward"), self.forward);
  visit(F("turn"), self.turn);
  visit(F("held-steps"), self.held_steps);
  visit(F("strength"), self.strength);
  visit(F("unsafe-weight"), self.unsafe_weight);
  visit(F("note"), self.note);
}

// The kind "correction".
extern const FeedbackKind kCorrectionKind;

// Sets kind, version, content and episodes of the record.
void SetContent(const Correction& correction, FeedbackRecord& record);
// Rejects (kBadInput) records of another kind or of a newer version, and as its kind's check.
Result<Correction> CorrectionOf(const FeedbackRecord& record);

// "corrected step 120 of episode 7: back, turning left"
std::string InWords(const Correction& correction);

}  // namespace lookout::agents
