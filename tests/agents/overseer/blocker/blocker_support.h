// A small world for tests of learned overseers: how near a wall is, how fast one drives at it, and
// the throttle; an overseer blocks full throttle near the wall.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <string>

#include "agents/overseer/blocker/blocker_fit.h"
#include "sim/base/random_state.h"
#include "sim/environment/environment.h"

namespace lookout::test {

inline sim::ObservationSignature WallSignature() {
  return sim::ObservationSignature({{"distance", 1, ""}, {"speed", 1, ""}});
}

inline sim::EnvironmentSpec WallSpec() {
  return {.id = "Wall",
          .observation_dim = 2,
          .action_dim = 1,
          .observation_entries = {{"distance", 0, 1}, {"speed", 1, 1}}};
}

// Whether the overseer of the wall blocks it.
inline bool WallBlocks(double distance, double speed, double throttle) {
  return distance - 0.3 * speed - 0.3 * throttle < 0.1;
}

// Episodes of 40 steps of a drunken walk. flip: the share of verdicts that are wrong.
inline agents::BlockerData WallData(int episodes, std::uint32_t seed = 1, double flip = 0.0) {
  agents::BlockerData data{.signature = WallSignature(), .action_dim = 1};
  RandomState random(seed);
  for (int episode = 0; episode < episodes; ++episode) {
    double distance = random.Uniform(0.5, 1.0);
    double speed = 0.0;
    for (int step = 0; step < 40; ++step) {
      const double throttle = random.Uniform(-1.0, 1.0);
      bool blocked = WallBlocks(distance, speed, throttle);
      if (random.RandomSample() < flip) blocked = !blocked;
      data.Add(Eigen::Vector2f(float(distance), float(speed)),
               Eigen::VectorXf::Constant(1, float(throttle)), blocked, episode);
      speed = 0.9 * speed + 0.1 * (blocked ? -1.0 : throttle + 0.4);
      distance = std::clamp(distance - 0.1 * speed, 0.0, 1.0);
    }
  }
  return data;
}

inline agents::BlockerSettings QuickFit() {
  return {.members = 3, .hidden = 16, .updates = 400, .batch = 128, .learning_rate = 1e-2};
}

}  // namespace lookout::test
