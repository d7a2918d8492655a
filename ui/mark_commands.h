// What the window may ask for about feedback: marks, notes, regions. Part of commands.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>

#include "agents/feedback/kinds/intervention.h"
#include "agents/feedback/kinds/mark.h"
#include "agents/feedback/kinds/region.h"
#include "sim/base/ids.h"

namespace lookout::ui {

// What was on screen when a key or a button went down or up.
struct Moment {
  EpisodeId episode;
  StepIndex step = 0;
};
struct BeginMark {
  agents::Verdict verdict = agents::Verdict::kUnsafe;
  std::optional<Moment> at = {};  // none: at the playhead
};
struct EndMark {
  std::optional<Moment> at = {};  // none: at the playhead
};                                // nothing if none is open
struct CancelMark {};
struct AddMark {
  agents::Mark mark;
};  // a whole span at once (dragged on the timeline)
struct ReviseMark {
  agents::Mark mark;
};
struct DeleteMark {
  MarkId id;
};
struct SelectMark {
  MarkId id;
};  // 0: none
struct SetDangerClass {
  agents::DangerClass danger = 0;
};
// How bad the mark that is being made is, if that is one of something unsafe.
struct SetSeverity {
  std::int32_t severity = agents::kNoSeverity;
};
// A note on a moment; nothing if it has no words.
struct WriteNote {
  Moment at;
  std::string text;
};
// A new region; nothing if it makes no sense.
struct DrawRegion {
  agents::Region region;
};
// That region is like this from now on.
struct ReviseRegion {
  MarkId id;
  agents::Region region;
};
// The rule (or the note) of that take-over is like this from now on.
struct ReviseTakeOver {
  MarkId id;
  agents::Intervention intervention;
};
struct Undo {};
struct Redo {};

}  // namespace lookout::ui
