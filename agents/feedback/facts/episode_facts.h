// What can be seen of a recorded episode, step by step: costs, speed, distances. Value type; any
// thread.
#pragma once

#include <Eigen/Core>
#include <array>
#include <span>
#include <string>
#include <vector>

#include "sim/base/result.h"
#include "sim/environment/environment.h"
#include "sim/recording/recording.h"

namespace lookout::agents {

struct StepFacts {
  sim::Costs costs;
  // The rest is NaN where it is not known.
  double speed_m_s = 0.0;  // of the robot, horizontally
  double jolt_m_s2 = 0.0;  // what its accelerometer reads, horizontally; contacts show in it
  // Horizontally from the robot's centre to the nearest object's; infinite without any of the kind.
  std::array<double, sim::kSceneObjectKindCount> distance_m{};
  // Where that one is, world frame.
  std::array<Eigen::Vector2f, sim::kSceneObjectKindCount> nearest_m;
  Eigen::Vector2f robot_m = Eigen::Vector2f::Zero();  // its centre, world frame; always known
};

struct EpisodeFacts {
  EpisodeId episode;
  std::vector<StepFacts> steps;  // the reset included
};

// chunks: of that episode, in order from step 0. with_geometry: restores the simulation at every
// step for speed and distances (some 0.1 ms each); rejects (kBadInput) episodes that were recorded
// without its state then.
Result<EpisodeFacts> ReadFacts(const sim::EpisodeHeader& header,
                               std::span<const sim::ChunkPtr> chunks, bool with_geometry);

}  // namespace lookout::agents
