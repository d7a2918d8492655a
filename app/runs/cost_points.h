// What a run's log says of the learned and the true cost, iteration by iteration. Any thread.
#pragma once

#include <vector>

#include "agents/inspect/goodhart/parting.h"
#include "app/runs/progress_log.h"

namespace lookout::app {

// As agents::CostPointOf, of every row. A column that is missing says nothing.
std::vector<agents::CostPoint> CostPointsOf(const ProgressTable& progress);

}  // namespace lookout::app
