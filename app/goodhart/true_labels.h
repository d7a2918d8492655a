// The labels of a project beside what the rule charged for the same steps. The project's owner.
#pragma once

#include <vector>

#include "agents/feedback/models/cost_model.h"
#include "agents/inspect/goodhart/gaps.h"
#include "app/project/project.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

// Of the episodes that the model can have been fitted to (LabelsOfModel), what was marked, by
// episode and step. Labels on steps whose true cost is not known are left out. Rejects (kBadInput)
// a project without any, saying so.
Result<std::vector<agents::JudgedLabel>> JudgedLabelsOf(const agents::CostModel& model,
                                                        const sim::EnvironmentSpec& environment,
                                                        Project& project,
                                                        const sim::CameraFactory& cameras = {});

}  // namespace lookout::app
