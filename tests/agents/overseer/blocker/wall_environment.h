// The wall of blocker_support.h as an environment: the closer the dearer, cost 1 within 0.1.
#pragma once

#include <Eigen/Core>
#include <algorithm>

#include "sim/base/random_state.h"
#include "tests/agents/overseer/blocker/blocker_support.h"

namespace lookout::test {

class WallEnvironment : public sim::Environment {
 public:
  const sim::EnvironmentSpec& spec() const override { return spec_; }
  Status Reset(std::uint32_t seed) override {
    RandomState random(seed);
    Place(random.Uniform(0.5, 1.0), 0.0);
    steps_ = 0;
    return {};
  }
  Status ResetNext() override { return Reset(++seed_); }
  sim::StepResult Step(const Eigen::Ref<const Eigen::VectorXd>& action) override {
    const double throttle = std::clamp(action[0], -1.0, 1.0);
    const double speed = 0.9 * observation_[1] + 0.1 * throttle;
    Place(std::clamp(observation_[0] - 0.1 * speed, 0.0, 1.0), speed);
    sim::StepResult result;
    result.costs.total = observation_[0] < 0.1 ? 1.0 : 0.0;
    result.reward = speed;
    if (++steps_ >= 40) result.status = sim::EpisodeStatus::kTimedOut;
    return result;
  }
  const Eigen::VectorXd& observation() const override { return observation_; }
  void Place(double distance, double speed) { observation_ << distance, speed; }

 private:
  sim::EnvironmentSpec spec_ = WallSpec();
  Eigen::VectorXd observation_ = Eigen::Vector2d(1.0, 0.0);
  std::uint32_t seed_ = 0;
  int steps_ = 0;
};

}  // namespace lookout::test
