// What a kind of feedback is: its name, its content's version, what content makes sense and what it
// says for training. A new kind is one new file with such a value, and a line in feedback_kinds.cc.
// Constants; any thread.
#pragma once

#include <cstdint>
#include <span>
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
  // Of a record that passed `check`.
  void (*tell_targets)(const FeedbackRecord& record, TargetSink& sink);
};

// All kinds that this program knows.
std::span<const FeedbackKind* const> FeedbackKinds();

// The kind of a record; null if a newer version made it: of an unknown kind, or of a known one with
// newer content.
const FeedbackKind* KindOf(const FeedbackRecord& record);

// Rejects (kBadInput) as its kind does; what a newer version made passes.
Status CheckContent(const FeedbackRecord& record);

}  // namespace lookout::agents
