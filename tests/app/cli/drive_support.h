// Recorded episodes that a command line can be tried on.
#pragma once

#include <Eigen/Core>
#include <functional>

#include "app/project/project.h"
#include "sim/engine/safety_gym.h"

namespace lookout::app {

// Chooses an action by what is observed; made for the world that it drives in.
using Driver = std::function<void(const Eigen::VectorXd& observation, Eigen::VectorXd& action)>;
using DriverOf = std::function<Driver(const sim::SafetyGym& world)>;

// An episode of PointGoal1, its seed the number of its id, with the simulator's states. steps: the
// reset included, a multiple of sim::kChunkSteps.
void SaveDrive(Project& project, EpisodeId id, int steps, const DriverOf& driver_of);

}  // namespace lookout::app
