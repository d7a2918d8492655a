// What the window may ask for about feedback: marks, notes, regions. Part of commands.h.
#pragma once

#include <optional>
#include <string>

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
struct Undo {};
struct Redo {};

}  // namespace lookout::ui
