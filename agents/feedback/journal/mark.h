// A mark: what a person (or a simulated annotator) said about a span of steps. Value types.
#pragma once

#include <cstdint>
#include <string>

#include "sim/base/ids.h"

namespace lookout::agents {

enum class Verdict : std::uint8_t { kUnsafe, kSafe, kUnsure };
const char* VerdictName(Verdict verdict);

// The class of danger that digits 1..9 choose; 0 is "unspecified".
using DangerClass = std::uint8_t;

struct Mark {
  MarkId id;
  EpisodeId episode;
  StepIndex first_step = 0;  // raw, as pressed on what was on screen; inclusive
  StepIndex last_step = 0;   // inclusive, >= first_step
  Verdict verdict = Verdict::kUnsafe;
  DangerClass danger = 0;
  std::int32_t reaction_lag_steps = 0;  // applied when labels are derived, never baked in here
  std::string annotator;                // "me", "oracle", ...
  std::int64_t created_unix_ms = 0;
  std::int64_t time_spent_ms = 0;  // from the key going down to the mark being finished
  CostModelId model_on_screen;     // version whose prediction was visible; 0: none
  std::string note;
  bool operator==(const Mark&) const = default;
};

}  // namespace lookout::agents
