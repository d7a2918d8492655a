// What the window does about moments in which the cost model is wrong: which search is under way,
// what it found, which of it is shown and asked about. Part of the window controller; window
// thread only.
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "agents/feedback/queries/query.h"
#include "app/workers/blind_spots/blind_spots_request.h"
#include "app/workspace/found_clips.h"
#include "app/workspace/search_news.h"
#include "app/workspace/worker_links.h"
#include "ui/blind_spots.h"
#include "ui/inspection_commands.h"
#include "ui/model/episode_store.h"

namespace lookout::app {

class BlindSpotSearch {
 public:
  // All have to outlive it.
  BlindSpotSearch(const WorkerLinks& links, ui::EpisodeStore& episodes)
      : links_(links), found_(links, episodes) {}

  // model: null: there is none yet, which is said.
  void Find(const ui::FindBlindSpots& command, const sim::EnvironmentConfig& environment,
            agents::CostModelPtr model);
  void Stop();
  void On(BlindSpotsNews news);

  // Where that moment is, to be looked at: the project has nothing of it. None: it is not wrong, or
  // there is none.
  std::optional<ui::Seek> Show(const ui::ShowBlindSpot& command);
  // Writes the episodes of all that are wrong to the project; how many there are.
  int KeepAll();
  // Whether it is a find that nobody asked to be asked about.
  bool IsOnlyLookedAt(EpisodeId episode) const { return found_.IsOnlyLookedAt(episode); }

  const ui::BlindSpotsOnScreen& shown() const { return shown_; }

 private:
  const WorkerLinks& links_;
  FoundEpisodes found_;
  std::int64_t number_ = 0;
  SearchClock clock_;
  ui::BlindSpotsOnScreen shown_;
};

// A query about each episode that an attack left in the project, in this session or another one, to
// be put before all others; none about what was only looked at. rows: the newest first, as their
// queries are.
std::vector<agents::Query> QueriesAboutAttacks(const std::vector<ui::EpisodeSummary>& rows,
                                               const BlindSpotSearch& search);

}  // namespace lookout::app
