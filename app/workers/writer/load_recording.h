// Episodes from the project file. Called by whoever owns the project.
#pragma once

#include "app/project/project.h"
#include "app/workers/runtime/recording_handle.h"
#include "app/workers/writer/project_writer.h"

namespace lookout::app {

// What was recorded, and nothing else. Rejects (kBadInput) an episode that is not there or has no
// steps.
Result<Recording> LoadRecording(Project& project, EpisodeId id);

// What the window needs to show an episode. Compiles its world: some tens of milliseconds. Rejects
// (kBadInput) one without the simulator's state, unless it is imported.
Result<EpisodeLoaded> ReadyToShow(Recording recording);

}  // namespace lookout::app
