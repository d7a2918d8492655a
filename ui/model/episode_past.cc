#include "ui/model/episode_past.h"

#include <algorithm>

namespace lookout::ui {

std::vector<EpisodeStretch> PastOf(const EpisodeStore& episodes, EpisodeId episode,
                                   StepIndex step) {
  std::vector<EpisodeStretch> past;
  const EpisodeTrack* track = episodes.Find(episode);
  while (track != nullptr && step >= 0 && step < track->steps()) {
    past.push_back({track->scene().header, track->chunks(), step});
    const sim::EpisodeHeader& header = track->header();
    // A branch is younger than its parent; a file that says otherwise must not lead in circles.
    if (header.branched_from.value >= header.id.value) break;
    step = header.branched_at;
    track = episodes.Find(header.branched_from);
  }
  std::ranges::reverse(past);
  return past;
}

}  // namespace lookout::ui
