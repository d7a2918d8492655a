// Advantages and value targets of one segment of an episode. Any thread.
#pragma once

#include <Eigen/Core>
#include <span>

namespace lookout::agents {

// For a segment of n steps, signals x_0..x_{n-1} (rewards or costs), values V(s_0)..V(s_{n-1}) and
// the value of the state after the last step (0 if it is terminal):
//   delta_t = x_t + gamma V(s_{t+1}) - V(s_t)
//   advantage_t = sum_l (gamma lambda)^l delta_{t+l}       Schulman et al. 2016, eq. 16
//   target_t = sum_l gamma^l x_{t+l} + gamma^{n-t} V(s_n)  the discounted return, bootstrapped
// All spans have n elements; `advantages` and `targets` are overwritten.
void ComputeAdvantages(std::span<const float> signals, std::span<const float> values,
                       double value_after, double gamma, double lambda, std::span<float> advantages,
                       std::span<float> targets);

// In place: to mean 0, and to deviation 1 unless all are equal. Accumulated in float64. Says by
// what they were divided.
float Normalise(Eigen::Ref<Eigen::VectorXf> values);
// In place: to mean 0.
void Centre(Eigen::Ref<Eigen::VectorXf> values);

}  // namespace lookout::agents
