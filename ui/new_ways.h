// What the window shows of what one agent does that another does not, or less often. Values;
// written by the workspace, read by panels.
#pragma once

#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agents/inspect/unblocked/unblocked.h"
#include "sim/base/ids.h"

namespace lookout::ui {

struct NewWays {
  agents::UnblockedReport report;
  std::vector<std::string> places;  // of each way, in words
  int before_episodes = 0, after_episodes = 0;
  std::int64_t unsafe_labels = 0, safe_labels = 0;  // that clips were compared with
};

// Which two agents are compared, and where: by their names.
struct WaysBetween {
  std::string environment, before, after;
};

struct NewWaysOnScreen {
  WaysBetween asked;  // by the newest search
  bool searching = false;
  double fraction = 0.0;
  std::string problem;  // why that one found nothing; empty: it may yet, or did
  // The newest that was found, which stays until a search finds another.
  std::shared_ptr<const NewWays> result;  // null: none yet
  WaysBetween found;
  std::vector<EpisodeId> kept;            // episodes of its clips that the project has
  std::optional<std::size_t> shown;       // the way that was gone to last
  std::size_t shown_clip = 0;             // of its clips
  std::vector<bool> marked;               // [ways] whether its marks of this sitting stand
  std::vector<std::size_t> unsafe_clips;  // [ways] how many of its clips lie in unsafe marks by now
};

}  // namespace lookout::ui
