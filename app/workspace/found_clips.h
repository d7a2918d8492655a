// What searches found, on screen: an episode that was not played live is looked at, kept in the
// project, and a stretch of it replayed. Part of the window controller; window thread only.
#pragma once

#include <optional>

#include "app/workspace/playback.h"
#include "app/workspace/worker_links.h"
#include "ui/commands.h"
#include "ui/model/episode_store.h"

namespace lookout::app {

// It is in the list of episodes from now on, and can be looked at; the project has nothing of it.
EpisodeId HoldEpisode(RecordedEpisode episode, const WorkerLinks& links,
                      ui::EpisodeStore& episodes);
// The same, and it is in the project, too.
EpisodeId KeepEpisode(RecordedEpisode episode, const WorkerLinks& links,
                      ui::EpisodeStore& episodes);

// Plays the steps first to last of an episode once, as soon as it is on screen.
class ClipReplay {
 public:
  // Where to look; it may still have to be read from the project.
  ui::Seek Begin(EpisodeId episode, StepIndex first, StepIndex last);
  // Once a frame: begins and ends the replay. A person who looks elsewhere ends it.
  void Follow(Playback& playback, const ui::EpisodeStore& episodes);

 private:
  struct Clip {
    EpisodeId episode;
    StepIndex last = 0;
    bool begun = false;
  };
  std::optional<Clip> clip_;
};

}  // namespace lookout::app
