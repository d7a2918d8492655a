// A note: what a person has to say about a moment of an episode, in words. It trains nothing; it
// can be searched. Value types; any thread.
#pragma once

#include <string>
#include <string_view>

#include "agents/feedback/kinds/feedback_kind.h"
#include "sim/base/fields.h"

namespace lookout::agents {

struct Note {
  EpisodeId episode;
  StepIndex step = 0;  // that was on screen, >= 0
  std::string text;    // not blank
  bool operator==(const Note&) const = default;
};

// Without the episode, which the record names.
template <FieldsOf<Note> Self, typename Visit>
void VisitFields(Self& self, Visit&& visit) {
  using F = Field<Note>;
  visit(F("step"), self.step);
  visit(F("text"), self.text);
}

// The kind "note".
extern const FeedbackKind kNoteKind;

// Sets kind, version, content and episodes of the record.
void SetContent(const Note& note, FeedbackRecord& record);
// Rejects (kBadInput) records of another kind or of a newer version, and as kNoteKind.check.
Result<Note> NoteOf(const FeedbackRecord& record);

// Whether the text has every word of the search, in any order and in capitals or not, also as parts
// of longer words: "vase brush" finds "Brushed the VASE". Words are what spaces part; a search
// without any finds every text. Capitals are those of ASCII and Latin-1 ("Ä"). O(text * search).
bool HasWords(std::string_view text, std::string_view search);

}  // namespace lookout::agents
