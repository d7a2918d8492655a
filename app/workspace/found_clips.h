// What searches found, on screen: an episode that was not played live is looked at, kept in the
// project, and a stretch of it replayed. Part of the window controller; window thread only.
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <set>
#include <vector>

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

// The episodes of what a search found, of which the project has nothing until they are kept.
class FoundEpisodes {
 public:
  // Both have to outlive it.
  FoundEpisodes(const WorkerLinks& links, ui::EpisodeStore& episodes)
      : links_(links), episodes_(episodes) {}

  // Of a new result, by the places of the finds in it. Those of earlier results that were held can
  // be looked at as before.
  void Adopt(std::map<std::size_t, RecordedEpisode> recorded);
  bool Has(std::size_t find) const { return recorded_.contains(find) || held_.contains(find); }
  // Of a find that has one: it can be looked at from now on.
  EpisodeId Hold(std::size_t find);
  // Writes all of the result to the project; their numbers, by find.
  const std::map<std::size_t, EpisodeId>& KeepAll();
  // Whether it is one that nobody asked to be kept.
  bool IsOnlyLookedAt(EpisodeId episode) const { return only_looked_at_.contains(episode); }
  // Of all results, in the order in which they were held.
  const std::vector<EpisodeId>& held() const { return all_held_; }

 private:
  const WorkerLinks& links_;
  ui::EpisodeStore& episodes_;
  std::map<std::size_t, RecordedEpisode> recorded_;  // of the result, those without a number
  std::map<std::size_t, EpisodeId> held_;            // of the result, the others
  std::set<EpisodeId> only_looked_at_;               // of all results
  std::vector<EpisodeId> all_held_;
};

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
