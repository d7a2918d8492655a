#include "agents/rl/rollouts/gae.h"

#include <cmath>

#include "sim/base/check.h"

namespace lookout::agents {

void ComputeAdvantages(std::span<const float> signals, std::span<const float> values,
                       double value_after, double gamma, double lambda, std::span<float> advantages,
                       std::span<float> targets) {
  const std::size_t n = signals.size();
  LOOKOUT_CHECK(values.size() == n && advantages.size() == n && targets.size() == n,
                "signals, values, advantages and targets differ in length");
  double advantage = 0.0;
  double target = value_after;
  double next_value = value_after;
  for (std::size_t t = n; t-- > 0;) {
    const double signal = signals[t];
    const double delta = signal + gamma * next_value - double(values[t]);
    advantage = delta + gamma * lambda * advantage;
    target = signal + gamma * target;
    next_value = values[t];
    advantages[t] = static_cast<float>(advantage);
    targets[t] = static_cast<float>(target);
  }
}

void Centre(Eigen::Ref<Eigen::VectorXf> values) {
  if (values.size() == 0) return;
  values.array() -= static_cast<float>(values.cast<double>().mean());
}

float Normalise(Eigen::Ref<Eigen::VectorXf> values) {
  if (values.size() == 0) return 1.0F;
  Centre(values);
  const double variance = values.cast<double>().squaredNorm() / double(values.size());
  if (!(variance > 0.0)) return 1.0F;
  const auto deviation = static_cast<float>(std::sqrt(variance) + 1e-8);
  values /= deviation;
  return deviation;
}

}  // namespace lookout::agents
