// What an agent did, step by step, as the comparison of two agents reads it. Value types; any
// thread.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <vector>

#include "sim/base/ids.h"
#include "sim/environment/environment.h"
#include "sim/environment/kinds.h"

namespace lookout::agents {

using KindDistances = std::array<float, sim::kSceneObjectKindCount>;

// Entry i of every list is of step i + 1; the state after the reset is left out.
struct BehaviourEpisode {
  std::uint32_t seed = 0;
  EpisodeId id;                           // of a project; 0: it is in none
  Eigen::MatrixXf observations;           // [observation_dim x steps]
  std::vector<sim::Costs> costs;          // [steps] that the rule charged
  std::vector<float> predicted;           // [steps] by a cost model; empty: there is none
  std::vector<KindDistances> distance_m;  // [steps] to the nearest of each kind, infinite: none;
                                          // empty: not known
  std::vector<std::uint8_t> blocked;      // [steps] whether an overseer stepped in; empty: never

  Eigen::Index steps() const { return observations.cols(); }
};

// States about which somebody said something, or in which an overseer stepped in.
struct JudgedStates {
  Eigen::MatrixXf observations;      // [observation_dim x states]
  std::vector<std::uint8_t> unsafe;  // [states] marked unsafe, or blocked; else marked safe

  Eigen::Index count() const { return observations.cols(); }
};

}  // namespace lookout::agents
