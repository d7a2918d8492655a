// Whatever a person said about safety, as it is kept: what is common to all kinds of feedback, and
// the content of its kind as bytes. Value types; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/fields.h"
#include "sim/base/ids.h"

namespace lookout::agents {

// How a record says that it answers a query of the queue: Provenance::mode.
inline constexpr char kQueueMode[] = "queue";
inline constexpr double kNotPredicted = -1.0;

// What the annotator could see while deciding, and what the queue had asked. Fields that a later
// version adds are ignored, those that an earlier one lacked keep their defaults.
struct Provenance {
  CostModelId model;            // whose prediction was visible; 0: none
  std::int64_t policy = 0;      // version of the agent on screen; 0: not a learned one
  double playback_speed = 0.0;  // simulated seconds per second; 0: a standing picture
  std::string mode;             // "live", "review", "queue", ...; empty: not known
  bool blind = false;           // the rule's cost and other annotators were hidden, too
  // Of an answer to the queue. Why it asked, by the name of a QueryReason; empty: not known.
  std::string asked_why;
  StepIndex asked_first = 0;  // the span that was asked about; none if last < first
  StepIndex asked_last = -1;
  // Of an audit, with which the span was drawn: an answer stands for 1 / chance of what was open.
  // 0: not by chance.
  double asked_chance = 0.0;
  // The greatest cost of its steps that a model which had not seen the answer predicted, or
  // kNotPredicted.
  double asked_highest = kNotPredicted;

  bool asked_span() const { return asked_last >= asked_first; }
  bool operator==(const Provenance&) const = default;
};

template <FieldsOf<Provenance> Self, typename Visit>
void VisitFields(Self& self, Visit&& visit) {
  using F = Field<Provenance>;
  visit(F("model"), self.model);
  visit(F("policy"), self.policy);
  visit(F("playback-speed"), self.playback_speed);
  visit(F("mode"), self.mode);
  visit(F("blind"), self.blind);
  visit(F("asked-why"), self.asked_why);
  visit(F("asked-first"), self.asked_first);
  visit(F("asked-last"), self.asked_last);
  visit(F("asked-chance"), self.asked_chance);
  visit(F("asked-highest"), self.asked_highest);
}

struct FeedbackRecord {
  MarkId id;
  std::vector<EpisodeId> episodes;  // that it is about; kept for as long as the journal is
  std::string kind;                 // see feedback_kind.h
  std::int32_t version = 0;         // of the content
  // Named fields as JSON. What a newer version wrote is carried on untouched, whatever it is.
  std::string content;
  std::string annotator;  // "me", "oracle", ...
  std::int64_t created_unix_ms = 0;
  std::int64_t time_spent_ms = 0;  // from the key going down to the record being finished
  Provenance on_screen;
  bool operator==(const FeedbackRecord&) const = default;
};

}  // namespace lookout::agents
