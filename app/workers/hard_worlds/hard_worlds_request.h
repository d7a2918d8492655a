// A question for worlds in which an agent comes to harm, and what is told of it. Values; any
// thread.
#pragma once

#include <cstddef>
#include <cstdint>
#include <map>
#include <memory>
#include <string>
#include <vector>

#include "agents/policies/policy.h"
#include "app/overseers/play/episode_recorder.h"
#include "sim/base/ids.h"
#include "sim/config/config.h"
#include "ui/hard_worlds.h"
#include "ui/inspection_commands.h"

namespace lookout::app {

struct HardWorldsRequest {
  std::int64_t number = 0;  // requests have growing numbers
  sim::EnvironmentConfig environment;
  agents::PolicyPtr policy;   // not null
  std::string agent;          // what it is called
  std::string overseer;       // as MakeOverseers reads it; empty: nobody
  std::string overseer_name;  // as it is shown
  ui::FindHardWorlds wanted;
  int ordinary = ui::kOrdinaryWorlds;  // episodes in ordinary worlds, for comparison
};

// How far it has come, then what was found, with an episode of each world and its environment as a
// file's text, or the problem.
struct HardWorldsNews {
  std::int64_t number = 0;
  double fraction = 0.0;
  std::shared_ptr<const ui::HardWorldsFound> found;
  std::map<std::size_t, RecordedEpisode> recorded;  // by their places in found->worlds
  std::vector<StepIndex> steps;                     // [worlds] at which each did harm, or nearly
  std::vector<std::string> environments;            // [worlds]
  std::string problem;
};

}  // namespace lookout::app
