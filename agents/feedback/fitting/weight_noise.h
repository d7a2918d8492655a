// Noise on a network's weights while it learns. Pure function; any thread.
#pragma once

#include <Eigen/Core>
#include <vector>

#include "sim/base/random_state.h"

namespace lookout::agents {

// Normal noise on the weights of each layer of a deviation that goes with 1 / sqrt(its inputs), so
// that a unit whose inputs have a deviation of 1 is off by `deviation`; biases stay. The gradient
// at such weights is that of the loss in the mean over the noise. sizes, parameters: as Mlp has
// them.
void AddWeightNoise(const std::vector<int>& sizes, double deviation, RandomState& random,
                    Eigen::VectorXf& parameters);

}  // namespace lookout::agents
