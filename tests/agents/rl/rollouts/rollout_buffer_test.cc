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

// Of everything that a buffer allocates.
double BytesIn(const RolloutBuffer& buffer) {
  Eigen::Index floats = 0;
  for (const Eigen::MatrixXf* matrix :
       {&buffer.observations, &buffer.next_observations, &buffer.actions, &buffer.means,
        &buffer.policy_states, &buffer.value_states, &buffer.cost_value_states,
        &buffer.blocked_actions}) {
    floats += matrix->size();
  }
  for (const Eigen::VectorXf* vector :
       {&buffer.log_probabilities, &buffer.rewards, &buffer.true_costs, &buffer.predicted_costs,
        &buffer.costs, &buffer.values, &buffer.cost_values, &buffer.advantages,
        &buffer.cost_advantages, &buffer.value_targets, &buffer.cost_value_targets,
        &buffer.blocked_steps, &buffer.violation_steps, &buffer.blocked_log_probabilities}) {
    floats += vector->size();
  }
  return static_cast<double>(floats) * sizeof(float) +
         static_cast<double>(buffer.status.size() * sizeof(EpisodeStatus) +
                             buffer.segments.capacity() * sizeof(RolloutSegment));
}

TEST_CASE("the bytes that are needed are those that are allocated, with what networks remember") {
  const RolloutBuffer without(5, 2, 3, 40);
  CHECK(RolloutBuffer::BytesNeeded(5, 2, 120) == BytesIn(without));
  const StateDims remembered{.policy = 64, .value = 32, .cost_value = 16};
  const RolloutBuffer with(5, 2, 3, 40, remembered);
  CHECK(RolloutBuffer::BytesNeeded(5, 2, 120, remembered) == BytesIn(with));
  CHECK(BytesIn(with) - BytesIn(without) == 120.0 * (64 + 32 + 16) * sizeof(float));
  const RolloutBuffer blocked(5, 2, 3, 40, {}, /*keeps_blocked=*/true);
  CHECK(RolloutBuffer::BytesNeeded(5, 2, 120, {}, true) == BytesIn(blocked));
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
