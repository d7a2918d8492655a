// How long a step of an environment is, without making its world. Any thread.
#pragma once

#include "sim/config/config.h"

namespace lookout::sim {

// Simulated seconds: those of a substep, as the robot's file or the configuration has it, for each
// of the substeps. As EnvironmentSpec::step_duration_s of the environment that is made from it.
double StepDurationOf(const EnvironmentConfig& config);

}  // namespace lookout::sim
