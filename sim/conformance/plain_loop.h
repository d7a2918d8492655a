// MuJoCo alone: the same physics in the plainest loop of C calls, with no environment round it. The
// yardstick of `lookout bench env`. One thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <memory>

#include "sim/config/config.h"
#include "sim/engine/safety_gym.h"
#include "sim/environment/state.h"

namespace lookout::sim {

class PlainLoop {
 public:
  explicit PlainLoop(const EnvironmentConfig& config);
  ~PlainLoop();
  PlainLoop(const PlainLoop&) = delete;
  PlainLoop& operator=(const PlainLoop&) = delete;

  // Goes on from a state of an environment. model: its CopyModel() of the same episode.
  void Start(ModelPtr model, const SimState& state);

  // Sets the controls, moves the gremlins' mocaps, calls mj_step frameskip_binom_n times and
  // mj_forward once. action: [nu], within the control range. Does not allocate.
  void Step(const Eigen::Ref<const Eigen::VectorXd>& action);

  // Of time, positions and velocities, to the last bit.
  std::uint64_t StateHash() const;

 private:
  struct Physics;

  EnvironmentConfig config_;
  std::unique_ptr<Physics> physics_;
};

// The same hash of an environment's state.
std::uint64_t StateHash(const SimState& state);

}  // namespace lookout::sim
