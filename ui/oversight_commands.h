// What the window may ask of the player about who oversees. Values; part of commands.h.
#pragma once

#include <string>

namespace lookout::ui {

// Who watches every action of the live episode from now on and may block it: overseers as a text,
// several joined by "+"; empty: nobody. Where they cannot be made, nobody does, and why is told.
struct SetOverseer {
  std::string spec;
};
// A window command: what a learned blocker would have done on recorded steps is measured, see
// Snapshots::blocker.
struct LookAtBlocker {
  std::string path;  // may begin with "~/"; empty: none
};
// A person has the keys of Oversee mode, or gives them up; under which name what they do is
// recorded, be it blocked or driven, in any mode.
struct WatchOver {
  bool watching = true;
  std::string person = {};  // empty: as before
};
// While held, the robot is brought to rest whatever is proposed, as the person's decision.
struct HoldBlock {
  bool held = true;
};
// While held, what an overseer would block is done, as the person's decision.
struct LetPass {
  bool held = true;
};
// While held, the person drives; whoever drove before gets the wheel back.
struct TakeWheel {
  bool held = true;
};

}  // namespace lookout::ui
