#include "agents/rl/rollouts/rollout_buffer.h"

#include <doctest/doctest.h>

namespace lookout::agents {
namespace {

using sim::EpisodeStatus;

// Two environments of five steps; rewards number the samples.
RolloutBuffer Numbered() {
  RolloutBuffer buffer(2, 1, 2, 5);
  for (int i = 0; i < buffer.capacity(); ++i) {
    buffer.rewards[i] = static_cast<float>(i);
    buffer.observations.col(i).setConstant(static_cast<float>(i));
  }
  return buffer;
}

TEST_CASE("segments end with episodes and with the iteration, never across environments") {
  RolloutBuffer buffer = Numbered();
  buffer.status[1] = EpisodeStatus::kGoalMet;
  buffer.status[9] = EpisodeStatus::kTimedOut;
  buffer.DropDiverged();
  REQUIRE(buffer.segments.size() == 3);
  CHECK(buffer.size == 10);
  CHECK(buffer.segments[0].size == 2);
  CHECK_FALSE(buffer.segments[0].bootstraps);  // the goal ended it
  CHECK(buffer.segments[1].size == 3);
  CHECK(buffer.segments[1].bootstraps);  // cut off by the iteration's end
  CHECK(buffer.segments[2].begin == 5);
  CHECK(buffer.segments[2].bootstraps);  // timed out
}

TEST_CASE("a diverged segment is left out and the rest moves up") {
  RolloutBuffer buffer = Numbered();
  buffer.status[2] = EpisodeStatus::kDiverged;
  buffer.policy_states.setRandom(2, buffer.capacity());
  const Eigen::VectorXf state = buffer.policy_states.col(3);
  buffer.DropDiverged();
  CHECK(buffer.policy_states.col(0) == state);
  CHECK_FALSE(buffer.segments[0].opens_collection);
  CHECK(buffer.segments[1].opens_collection);
  CHECK(buffer.segments[1].environment == 1);
  CHECK(buffer.size == 7);
  REQUIRE(buffer.segments.size() == 2);
  CHECK(buffer.segments[0].begin == 0);
  CHECK(buffer.segments[0].size == 2);
  CHECK(buffer.rewards[0] == 3.0F);
  CHECK(buffer.rewards[2] == 5.0F);
  CHECK(buffer.observations(1, 6) == 9.0F);
}

TEST_CASE("a placement failure ends an episode without a future") {
  RolloutBuffer buffer = Numbered();
  buffer.status[4] = EpisodeStatus::kNoGoalPlaceable;
  buffer.DropDiverged();
  CHECK_FALSE(buffer.segments[0].bootstraps);
}

}  // namespace
}  // namespace lookout::agents
