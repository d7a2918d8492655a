// What the window shows of a search for moments in which the cost model is wrong. Values; written
// by the workspace, read by panels.
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "agents/inspect/attacks/blind_spots.h"
#include "sim/base/ids.h"

namespace lookout::ui {

struct BlindSpotsFound {
  CostModelId model;        // that was attacked
  std::string environment;  // in which it was searched
  agents::ModelError error = agents::ModelError::kMiss;
  double threshold = 0.5;
  double depth_m = 0.0;                  // how clear a case had to be, see BlindSpotSettings
  std::vector<agents::BlindSpot> spots;  // one for each layout

  bool IsWrong(std::size_t spot) const { return spots[spot].is_wrong(error, threshold); }
  std::size_t wrong() const {
    return static_cast<std::size_t>(std::ranges::count_if(
        spots, [this](const auto& spot) { return spot.is_wrong(error, threshold); }));
  }
};

struct BlindSpotsOnScreen {
  int layouts = 0;
  bool searching = false;
  double fraction = 0.0;
  double seconds_left = 0.0;                      // as fast as so far; 0: not known yet
  std::shared_ptr<const BlindSpotsFound> result;  // null: none yet
  std::string problem;                            // why there is none; empty if there may be one
  std::optional<std::size_t> shown;               // the one that was gone to last
  std::vector<bool> asked;  // [spots] whether its episode is in the project to be asked about
  std::vector<EpisodeId> episodes;  // of finds, of earlier results too, that were looked at
};

}  // namespace lookout::ui
