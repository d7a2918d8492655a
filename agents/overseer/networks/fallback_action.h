// What is done in place of an action that is not let pass. Any thread.
#pragma once

#include <Eigen/Core>
#include <functional>

#include "sim/environment/environment.h"

namespace lookout::agents {

// Writes it, [action_dim], for the state that the environment is in. Must not allocate.
using FallbackAction =
    std::function<void(const sim::Environment& environment, Eigen::VectorXd& action)>;

}  // namespace lookout::agents
