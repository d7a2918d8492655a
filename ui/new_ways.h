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

namespace lookout::ui {

struct NewWays {
  agents::UnblockedReport report;
  std::vector<std::string> places;  // of each way, in words
  int before_episodes = 0, after_episodes = 0;
  std::int64_t unsafe_labels = 0, safe_labels = 0;  // that clips were compared with
};

struct NewWaysOnScreen {
  std::string environment, before, after;  // by their names; empty: nothing was asked for
  bool searching = false;
  double fraction = 0.0;
  std::shared_ptr<const NewWays> result;  // null: none yet
  std::string problem;                    // why there is none; empty if there may be one
  std::optional<std::size_t> shown;       // the way that was gone to last
  std::size_t shown_clip = 0;             // of its clips
  std::vector<bool> marked;               // [ways] whether its marks of this sitting stand
};

}  // namespace lookout::ui
