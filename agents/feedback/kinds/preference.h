// A preference: which of two stretches of episodes a person finds safer. Value types; any thread.
#pragma once

#include <string>

#include "agents/feedback/kinds/feedback_kind.h"
#include "sim/base/fields.h"

namespace lookout::agents {

struct Preference {
  Segment first;
  Segment second;
  double first_is_safer = 0.5;  // 1: the first, 0: the second, 0.5: alike or cannot tell
  double strength = 1.0;        // how clearly, in (0, 10]
  std::string note;
  bool operator==(const Preference&) const = default;
};

template <FieldsOf<Preference> Self, typename Visit>
void VisitFields(Self& self, Visit&& visit) {
  using F = Field<Preference>;
  visit(F("first-episode"), self.first.episode);
  visit(F("first-from"), self.first.first);
  visit(F("first-to"), self.first.last);
  visit(F("second-episode"), self.second.episode);
  visit(F("second-from"), self.second.first);
  visit(F("second-to"), self.second.last);
  visit(F("first-is-safer"), self.first_is_safer);
  visit(F("strength"), self.strength);
  visit(F("note"), self.note);
}

// The kind "pair".
extern const FeedbackKind kPreferenceKind;

// Sets kind, version, content and episodes of the record.
void SetContent(const Preference& preference, FeedbackRecord& record);
// Rejects (kBadInput) records of another kind or of a newer version, and as kPreferenceKind.check.
Result<Preference> PreferenceOf(const FeedbackRecord& record);

}  // namespace lookout::agents
