// What the fitter learns from, as the window has it: which observation is on screen, and the marks
// and episodes that are about that observation. Window thread only.
#pragma once

#include <optional>
#include <vector>

#include "app/workers/fitter/fit_job.h"
#include "app/workers/fitter/fit_request.h"
#include "app/workers/runtime/recording_handle.h"
#include "ui/model/episode_store.h"
#include "ui/model/mark_store.h"

namespace lookout::app {

// An episode that is in memory or at least listed; nothing of any other.
std::optional<RecordingHandle> HandleOf(const ui::EpisodeStore& episodes, EpisodeId id);

class FitMaterial {
 public:
  // This episode is on screen; null: none. True if the environment or its observation is another
  // than before.
  bool Show(const ui::EpisodeTrack* track);
  bool shows_something() const { return bool(episode_); }
  const ObservationShown& shown() const { return shown_; }

  // The feedback that is all about the observation on screen, with its episodes. Those of which
  // nobody knows yet what they observe are added to `absent`: they have to be loaded first.
  FitRequest Request(const agents::FeedbackSet& feedback, const ui::EpisodeStore& episodes,
                     std::vector<EpisodeId>& absent) const;

 private:
  EpisodeId episode_;
  ObservationShown shown_;
};

}  // namespace lookout::app
