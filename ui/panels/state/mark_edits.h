// What a person does to the selected mark, by key, button or on the timeline. Window thread only.
#pragma once

#include <optional>

#include "agents/feedback/kinds/mark.h"
#include "ui/snapshots.h"

namespace lookout::ui {

class CommandSender;
struct MarksState;

// The selected mark if it is of the episode on screen, else nullptr.
const agents::Mark* SelectedOnScreen(const Snapshots& snapshots, const MarksState& marks);

// Once a frame, after the index is up to date: a new mark of the episode on screen is selected, and
// one of an episode that has left the screen no longer is.
void FollowSelection(const Snapshots& snapshots, MarksState& marks);

// The mark with edges placed by hand, which are exact: they have no lag any more. An edge that
// stays keeps its own, unless the placed one passes it. The mark as first made stays in the
// journal.
agents::Mark WithEdges(const agents::Mark& mark, std::optional<StepIndex> first,
                       std::optional<StepIndex> last);

// Starts a span at what is on screen, in Mark mode unless the person drives; ends it if one of that
// verdict is open. True if one began.
bool ToggleSpan(const Snapshots& snapshots, CommandSender& sender, agents::Verdict verdict);

// Whether holding the key of that class marks a second danger beside what is being made: only what
// has a class already is one danger, and others may be there at the same time.
bool MarksBeside(const Snapshots& snapshots, agents::DangerClass danger);

// Removes a mark, the selected one or any other.
void RemoveMark(CommandSender& sender, MarksState& marks, MarkId id);

// To the mark of the episode on screen that begins next after (+1) or before (-1) that moment.
void GoToMark(const Snapshots& snapshots, CommandSender& sender, MarksState& marks, int direction);

// Once a frame: replays the selected span again and again while that is asked for.
void LoopSelection(const Snapshots& snapshots, CommandSender& sender, MarksState& marks);

// Sets an edge of the selected mark to the playhead; nothing if none is on screen.
void BeginSelectedHere(const Snapshots& snapshots, CommandSender& sender, const MarksState& marks);
void EndSelectedHere(const Snapshots& snapshots, CommandSender& sender, const MarksState& marks);

}  // namespace lookout::ui
