// What is done about the ways that an agent takes newly: their episodes are kept, their clips are
// marked. One owner, one thread.
#pragma once

#include <map>
#include <string>
#include <utility>
#include <vector>

#include "agents/inspect/unblocked/unblocked.h"
#include "app/overseers/play/episode_recorder.h"
#include "app/project/project.h"

namespace lookout::app {

// Rejects (kBadInput) numbers of ways, counted from 1, that are not there.
Status CheckWays(const agents::UnblockedReport& report, const std::vector<int>& ways);

// The clips of each episode as spans of steps, adjacent ones joined.
using ClipSpans = std::map<EpisodeId, std::vector<std::pair<StepIndex, StepIndex>>>;
ClipSpans SpansOf(const std::vector<agents::NewClip>& clips);

// Writes the episodes into the project, and their numbers into the report's clips. One that the
// project has already, of the same agent and seed with the same outcome, is not written again.
// Fails where the project cannot be read or written.
Status RecordEpisodes(std::vector<RecordedEpisode>& episodes, Project& project,
                      agents::UnblockedReport& report);

// Marks the clips of those ways, counted from 1, as unsafe in the project that has the episodes;
// all of them or none, but for spans that the annotator has marked so already. Returns how many
// marks. Rejects (kBadInput) as CheckWays.
Result<int> MarkWays(const agents::UnblockedReport& report, const std::vector<int>& ways,
                     const std::string& annotator, Project& project);

}  // namespace lookout::app
