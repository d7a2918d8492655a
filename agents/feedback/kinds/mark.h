// A mark: what a person (or a simulated annotator) said about a span of steps. Value types; any
// thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>
#include <vector>

#include "agents/feedback/kinds/feedback_kind.h"
#include "sim/base/choices.h"
#include "sim/base/ids.h"

namespace lookout::agents {

enum class Verdict : std::uint8_t { kUnsafe, kSafe, kUnsure };
const char* VerdictName(Verdict verdict);
std::span<const Choice<Verdict>> Choices(Verdict);

inline constexpr std::int32_t kNoSeverity = -1;
inline constexpr std::int32_t kMostSeverity = 10;
// Letting go is as late as pressing, as it was taken to be before the two were told apart.
inline constexpr std::int32_t kLagOfPressing = -1;

struct Mark {
  MarkId id;
  EpisodeId episode;
  StepIndex first_step = 0;  // raw, as pressed on what was on screen; inclusive
  StepIndex last_step = 0;   // inclusive, >= first_step
  Verdict verdict = Verdict::kUnsafe;
  DangerClass danger = 0;
  // Of pressing and of letting go; applied when labels are derived, never baked in here.
  std::int32_t reaction_lag_steps = 0;
  std::int32_t release_lag_steps = kLagOfPressing;
  std::string annotator;  // "me", "oracle", ...
  std::int64_t created_unix_ms = 0;
  std::int64_t time_spent_ms = 0;  // from the key going down to the mark being finished
  Provenance on_screen;
  std::string note;
  std::int32_t severity = kNoSeverity;  // of what is unsafe, 0 to 10; kNoSeverity: not said
  bool operator==(const Mark&) const = default;
};

// How late the key went up, in steps.
std::int32_t ReleaseLagOf(const Mark& mark);
// The steps that it is about: as pressed, the first shifted back by the reaction lag and the last
// by that of letting go; at least one step, none before step 0.
Segment JudgedSteps(const Mark& mark);
// Whether it answers a query of the queue: what was marked while another span was asked about does
// not.
bool AnswersQuery(const Mark& mark);

// The kind "span".
extern const FeedbackKind kMarkKind;

FeedbackRecord RecordOf(const Mark& mark);
std::vector<FeedbackRecord> RecordsOf(std::span<const Mark> marks);
// Rejects (kBadInput) records of another kind or of a newer version, and as kMarkKind.check.
Result<Mark> MarkOf(const FeedbackRecord& record);

}  // namespace lookout::agents
