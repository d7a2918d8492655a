// What a program that computes a transformer's layer by itself, such as an ONNX model, has to know
// beside its parameters. Pure functions; any thread.
#pragma once

#include <Eigen/Core>

#include "agents/learning/transformer/relative_attention.h"

namespace lookout::agents {

// Added to the variance that layer normalisation divides by.
inline constexpr float kLeastVariance = 1e-5F;

// R_k of Dai et al. 2019, appendix B: the sine and cosine of k times rates from 1 down to 1/10000,
// [width x (memory + 1)], from the longest distance to 0.
Eigen::MatrixXf DistanceSinusoids(const AttentionShape& shape);

}  // namespace lookout::agents
