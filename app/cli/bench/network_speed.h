// How much of the machine's matrix-multiply peak the agents' networks reach. Any thread.
#pragma once

#include <vector>

namespace lookout::app {

// Floating-point operations that a forward and a backward epoch cannot do without, per sample, of a
// network of those layer sizes: two per weight forward, two for its gradient, and two for the
// deltas of all but the first layer.
double GradientFlops(const std::vector<int>& layer_sizes);

// Measures and prints a table: epochs of the networks of both presets, and the product of matrices
// of their size, in turns, each for about that many seconds of this thread's time. Returns the
// best product's speed in GFLOP/s.
double PrintNetworkSpeed(double seconds);

}  // namespace lookout::app
