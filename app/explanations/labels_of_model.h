// The labels of a project that a cost model can have been fitted to. The
// caller's thread.
#pragma once

#include "agents/feedback/models/cost_model.h"
#include "agents/feedback/targets/label_set.h"
#include "app/project/project.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

// Of the marked episodes in that environment which the model fits; empty if there are none. Rejects
// (kBadInput) what cannot be read.
Result<agents::LabelSet> LabelsOfModel(const agents::CostModel& model,
                                       const sim::EnvironmentSpec& environment, Project& project,
                                       const sim::CameraFactory& cameras = {});

// The labels of all marked episodes in that environment whose observations are its own, without any
// past; empty if there are none. Rejects (kBadInput) what cannot be read.
Result<agents::LabelSet> LabelsOfEnvironment(const sim::EnvironmentSpec& environment,
                                             Project& project,
                                             const sim::CameraFactory& cameras = {});

}  // namespace lookout::app
