// Episodes from the project file. Called by whoever owns the project.
#pragma once

#include "app/project/project.h"
#include "app/workers/runtime/recording_handle.h"
#include "app/workers/writer/project_writer.h"

namespace lookout::app {

// What was recorded, and nothing else. Rejects (kBadInput) an episode that is not there or has no
// steps.
Result<Recording> LoadRecording(Project& project, EpisodeId id);

// What the window needs to show a stored episode. Compiles its world: some tens of milliseconds.
Result<EpisodeLoaded> LoadStoredEpisode(Project& project, EpisodeId id);

}  // namespace lookout::app
