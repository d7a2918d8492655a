// The timeline of the episode on screen, with its heading: live or in review, and the ways back.
// Window thread only.
#pragma once

#include <string_view>

#include "ui/panels/state/keymap.h"
#include "ui/panels/state/window_state.h"
#include "ui/snapshots.h"

namespace lookout::ui {

void DrawTimelinePanel(const ActionContext& context);

// For the heading: who acts at the step on screen, or at its start whoever was to begin. Empty
// before the first episode.
std::string_view ActorOnScreen(const Snapshots& snapshots);

// The height at which its tracks are not squeezed, without the heading.
float TimelineNeeds(const Snapshots& snapshots, const MarksState& marks);

}  // namespace lookout::ui
