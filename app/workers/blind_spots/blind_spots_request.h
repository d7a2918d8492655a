// A question for moments in which a cost model is wrong, and what is told of it. Values; any
// thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "agents/feedback/models/cost_model.h"
#include "app/overseers/play/episode_recorder.h"
#include "sim/config/config.h"
#include "ui/blind_spots.h"
#include "ui/inspection_commands.h"

namespace lookout::app {

struct BlindSpotsRequest {
  std::int64_t number = 0;  // requests have growing numbers
  sim::EnvironmentConfig environment;
  agents::CostModelPtr model;  // not null
  ui::FindBlindSpots wanted;
  agents::CrossEntropySettings search = {};
};

// How far it has come, then what was found, with an episode of each that is wrong, or the problem.
struct BlindSpotsNews {
  std::int64_t number = 0;
  double fraction = 0.0;
  std::shared_ptr<const ui::BlindSpotsFound> found;
  std::map<std::size_t, RecordedEpisode> recorded;  // by their places in found->spots
  std::string problem;
};

}  // namespace lookout::app
