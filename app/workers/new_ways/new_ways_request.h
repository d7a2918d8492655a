// A question for what one agent does that another does not, or less often, and what is told of it.
// Values; any thread.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "agents/feedback/models/cost_model.h"
#include "app/overseers/play/episode_recorder.h"
#include "app/workers/fitter/fit_request.h"
#include "sim/config/config.h"
#include "ui/agent_commands.h"
#include "ui/new_ways.h"

namespace lookout::app {

struct NewWaysRequest {
  std::int64_t number = 0;  // requests have growing numbers
  sim::EnvironmentConfig environment;
  ui::SetAgent before, after;
  agents::CostModelPtr model;  // null: nothing is predicted
  FitRequest labels;           // of another observation, or none: nobody has said anything
  int episodes = 24;           // of each
};

// How far it has come, then what was found, with the episodes that its clips are of, or the
// problem.
struct NewWaysNews {
  std::int64_t number = 0;
  double fraction = 0.0;
  std::shared_ptr<const ui::NewWays> found;
  std::vector<RecordedEpisode> recorded;
  std::string problem;
};

}  // namespace lookout::app
