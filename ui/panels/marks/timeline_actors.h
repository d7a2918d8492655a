// Who decided, on the timeline: the lane's content, and what a tooltip says of a step that somebody
// did not let pass. Window thread only.
#pragma once

#include <vector>

#include "ui/model/episode_store.h"
#include "ui/widgets/timeline/timeline.h"

namespace lookout::ui {

// The names live as long as the track.
void ListActors(const EpisodeTrack& track, std::vector<TimelineActor>& actors);

// Inside a tooltip: what was proposed, what was done, and why. Nothing where it simply passed.
void ReadOutDecision(const EpisodeTrack& track, StepIndex step);

}  // namespace lookout::ui
