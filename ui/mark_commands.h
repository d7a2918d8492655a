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
// The track of a mark that is being made: 0 for the one of the verdicts' keys, or the class of a
// second danger that is marked beside it.
inline constexpr int kMainTrack = 0;
// On the main track it ends what is open there, and what is open at all if that says something
// else. Beside it a danger begins only while something unsafe is open, and none of that class.
struct BeginMark {
  agents::Verdict verdict = agents::Verdict::kUnsafe;
  std::optional<Moment> at = {};  // none: at the playhead
  int track = kMainTrack;
};
// Nothing if none is open there; no track: on all of them.
struct EndMark {
  std::optional<Moment> at = {};  // none: at the playhead
  std::optional<int> track = {};
};
struct CancelMark {
  std::optional<int> track = {};
};
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
