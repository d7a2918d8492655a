#include "ui/viewport/why_no_picture.h"

#include <string_view>

#include "sim/recording/acting.h"

namespace lookout::ui {

std::string WhyNoPicture(const Snapshots& snapshots) {
  const EpisodeTrack* track = snapshots.shown_episode();
  if (track == nullptr) return "Waiting for the first episode";
  if (track->scene().model != nullptr) return "Waiting for the first step";
  std::string text = sim::WhyNoState(track->header());
  text[0] = 'T';
  return text +
         ", which a picture, a ghost and the cost field need. The timeline, plots and marks work "
         "without it.";
}

std::string WhyNoGhost(const Snapshots& snapshots) {
  const EpisodeTrack* ghost = snapshots.ghost_episode();
  if (ghost == nullptr || ghost->scene().model != nullptr) return "";
  constexpr std::string_view kThis = "this";
  return "No ghost: the other" + sim::WhyNoState(ghost->header()).substr(kThis.size());
}

}  // namespace lookout::ui
