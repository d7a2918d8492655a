// What a kind of feedback is: its name, its content's version, what content makes sense and what it
// says for training. A new kind is one new file with such a value, and a line in feedback_kinds.cc.
// Constants; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <string_view>

#include "agents/feedback/kinds/feedback_record.h"
#include "agents/feedback/kinds/target_sink.h"
#include "sim/base/result.h"

namespace lookout::agents {

struct FeedbackKind {
  std::string_view name;     // in files; stays what it is for ever
  std::int32_t version = 1;  // of the content that it writes; older ones are read, too
  // Rejects (kBadInput) content that makes no sense: "marks steps 5 to 4, which is not a span".
  Status (*check)(const FeedbackRecord& record);
  // The others of a record that passed `check`.
  void (*tell_targets)(const FeedbackRecord& record, TargetSink& sink);
  // For a person: "unsafe, steps 40-52 of episode 7".
  std::string (*in_words)(const FeedbackRecord& record);
  // The moments that it is about, the first of them if there are several.
  Segment (*where)(const FeedbackRecord& record);
};

// All kinds that this program knows.
std::span<const FeedbackKind* const> FeedbackKinds();

// The kind of a record; null if a newer version made it: of an unknown kind, or of a known one with
// newer content.
const FeedbackKind* KindOf(const FeedbackRecord& record);

// What it says, for a person; of what a newer version made its kind and episode.
std::string InWords(const FeedbackRecord& record);
// The moments that it is about; of what a newer version made the beginning of its first episode.
Segment WhereOf(const FeedbackRecord& record);

// Rejects (kBadInput) as its kind does; what a newer version made passes.
Status CheckContent(const FeedbackRecord& record);

}  // namespace lookout::agents
