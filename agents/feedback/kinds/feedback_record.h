// Whatever a person said about safety, as it is kept: what is common to all kinds of feedback, and
// the content of its kind as bytes. Value types; any thread.
#pragma once

#include <cstdint>
#include <string>
#include <vector>

#include "sim/base/fields.h"
#include "sim/base/ids.h"

namespace lookout::agents {

// What the annotator could see while deciding. Fields that a later version adds are ignored.
struct Provenance {
  CostModelId model;            // whose prediction was visible; 0: none
  std::int64_t policy = 0;      // version of the agent on screen; 0: not a learned one
  double playback_speed = 0.0;  // simulated seconds per second; 0: a standing picture
  std::string mode;             // "live", "review", "queue", ...; empty: not known
  bool blind = false;           // the rule's cost and other annotators were hidden, too
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
}

// Provenance::mode of an answer about a clip that was asked about.
inline constexpr char kAskedMode[] = "queue";

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
