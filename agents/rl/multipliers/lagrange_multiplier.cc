#include "agents/rl/multipliers/lagrange_multiplier.h"

#include <algorithm>
#include <cmath>

namespace lookout::agents {

LagrangeMultiplier::LagrangeMultiplier(double initial, double learning_rate,
                                       const MultiplierCap& cap)
    : cap_(cap), parameter_(1), adam_(1, {.learning_rate = learning_rate}) {
  LOOKOUT_CHECK(initial > 0.0 && initial <= cap.highest,
                "a multiplier starts above zero and not above its cap");
  // The inverse of softplus; written so that a large value does not overflow.
  parameter_[0] = static_cast<float>(initial + std::log(-std::expm1(-initial)));
}

double LagrangeMultiplier::value() const {
  const double p = parameter_[0];
  return std::min(cap_.highest, std::max(p, 0.0) + std::log1p(std::exp(-std::abs(p))));
}

void LagrangeMultiplier::Update(double episode_cost, double limit) {
  if (cap_.anti_windup && value() >= cap_.highest && episode_cost > limit) return;
  Eigen::VectorXf gradient(1);
  gradient[0] = static_cast<float>(-(episode_cost - limit));
  adam_.Step(parameter_, gradient);
}

void LagrangeMultiplier::Encode(ArchiveWriter& writer) const {
  writer.Floats("multiplier.p", {parameter_.data(), 1});
  adam_.Encode(writer, "multiplier.adam");
}

void LagrangeMultiplier::Decode(ArchiveReader& reader) {
  const Eigen::VectorXf parameter = reader.Floats("multiplier.p", 1);
  adam_.Decode(reader, "multiplier.adam");
  if (reader.ok()) parameter_ = parameter;
}

}  // namespace lookout::agents
