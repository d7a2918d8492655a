// Which recorded steps somebody has said something about. Pure function; any thread.
#pragma once

#include <span>
#include <utility>
#include <vector>

#include "agents/feedback/kinds/feedback_record.h"
#include "agents/feedback/kinds/target_sink.h"
#include "agents/feedback/targets/episode_places.h"

namespace lookout::agents {

// A robot that is inside a region for less was hardly seen there: half a second.
inline constexpr StepIndex kLeastStepsInside = 25;

// What the kinds of the records say (FeedbackKind::tell_targets): spans before the reaction to
// them, both clips of pairs and both futures of corrections, what led to a take-over and what was
// driven then; and, with places, stretches of kLeastStepsInside and more inside regions. Those of
// newer versions are left out. episode_lengths: recorded steps of each episode in which regions are
// looked for, the reset included.
std::vector<Segment> JudgedSegments(
    std::span<const FeedbackRecord> feedback,
    std::span<const std::pair<EpisodeId, StepIndex>> episode_lengths = {},
    EpisodePlaces* places = nullptr);

}  // namespace lookout::agents
