// Trains one network of a blocker. Any thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <span>

#include "agents/learning/mlp.h"
#include "agents/overseer/blocker/blocker_fit.h"

namespace lookout::agents {

// References, which have to outlive their use.
struct MemberRowsOfBlocker {
  const Eigen::MatrixXf& inputs;          // [inputs x rows], normalised
  std::span<const std::uint8_t> blocked;  // [rows], both occur
  std::span<const int> groups;            // [rows] their episodes, numbered from 0
};

// The loss is the cross-entropy with both classes brought to the same weight, .5 / p for blocks
// and .5 / (1 - p) for passes where p is the share of blocks (Saunders et al. 2017). Every episode
// counts as often as Poisson's law with mean 1 says, so that the members differ where little was
// seen; if a class would be lacking, each counts once. Depends on settings.seed and `member` alone.
// go_on(fraction done) false stops, and the network is of no use.
Mlp TrainBlockerMember(const MemberRowsOfBlocker& rows, const BlockerSettings& settings, int member,
                       const std::function<bool(double)>& go_on);

}  // namespace lookout::agents
