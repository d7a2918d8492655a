// What the window does about what one agent does that another does not: which search is under way,
// what it found, whose clips are replayed and marked. Part of the window controller; window thread
// only.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <optional>
#include <vector>

#include "app/workspace/found_clips.h"
#include "app/workspace/labelling/marking.h"
#include "app/workspace/playback.h"
#include "app/workspace/worker_links.h"
#include "ui/inspection_commands.h"
#include "ui/model/episode_store.h"
#include "ui/new_ways.h"

namespace lookout::app {

class NewWaysSearch {
 public:
  // All have to outlive it.
  NewWaysSearch(const WorkerLinks& links, ui::EpisodeStore& episodes, Marking& marking,
                Playback& playback)
      : links_(links), episodes_(episodes), marking_(marking), playback_(playback) {}

  // What it is asked in and with besides; labels as FitMaterial gives them.
  void Find(const ui::FindNewWays& command, const sim::EnvironmentConfig& environment,
            agents::CostModelPtr model, FitRequest labels);
  void Stop();
  void On(NewWaysNews news);

  // Where the clip is that is to be shown next; none: there is no such way. It is replayed as soon
  // as its episode is on screen.
  std::optional<ui::Seek> Show(const ui::ShowNewWay& command);
  // How many marks were made; 0: there is no such way, or its marks stand.
  int Mark(const ui::MarkNewWay& command);
  // Once a frame: begins and ends the replay of a clip, looks which marks stand.
  void Follow();

  const ui::NewWaysOnScreen& shown() const { return shown_; }

 private:
  const agents::NewWay* WayAt(std::size_t way) const;
  EpisodeId Keep(std::uint32_t seed);
  bool IsMarkedUnsafe(const agents::NewClip& clip) const;

  const WorkerLinks& links_;
  ui::EpisodeStore& episodes_;
  Marking& marking_;
  Playback& playback_;
  std::int64_t number_ = 0;
  ui::NewWaysOnScreen shown_;
  std::vector<RecordedEpisode> recorded_;      // of the result, those that were not kept yet
  std::map<std::uint32_t, EpisodeId> kept_;    // by their seeds
  std::vector<std::vector<MarkId>> marks_of_;  // [ways]
  std::int64_t followed_sequence_ = -1;        // of the journal, by what is shown of marks
  ClipReplay replay_;
};

}  // namespace lookout::app
