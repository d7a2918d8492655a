#include "agents/rl/rollouts/rollout_buffer.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <vector>

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
                             buffer.segments.capacity() * sizeof(RolloutSegment) +
                             buffer.state_columns.size() * sizeof(int));
}

TEST_CASE("the bytes that are needed are those that are allocated, with what networks remember") {
  const RolloutBuffer without(5, 2, 3, 40);
  CHECK(RolloutBuffer::BytesNeeded(5, 2, 3, 40) == BytesIn(without));
  const StateDims remembered{.policy = 64, .value = 32, .cost_value = 16};
  const RolloutBuffer with(5, 2, 3, 40, remembered);
  CHECK(RolloutBuffer::BytesNeeded(5, 2, 3, 40, remembered) == BytesIn(with));
  // One every 32 steps of each environment.
  CHECK(BytesIn(with) - BytesIn(without) == 3.0 * 2.0 * (64 + 32 + 16) * sizeof(float));
  const RolloutBuffer blocked(5, 2, 3, 40, {}, /*keeps_blocked=*/true);
  CHECK(RolloutBuffer::BytesNeeded(5, 2, 3, 40, {}, true) == BytesIn(blocked));
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
  buffer.DropDiverged();
  CHECK(buffer.state_columns[0] < 0);  // an episode's start
  CHECK(buffer.state_columns[2] == buffer.StateColumn(1, 0));
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

TEST_CASE("what a network remembered is kept where sequences begin, and nowhere twice") {
  // Steps of one environment: an episode that began before, one of 50 steps, and one cut off.
  constexpr int kSteps = 130;
  RolloutBuffer buffer(2, 1, 2, kSteps);
  const auto ends_at = [](int t) { return t == 39 || t == 89; };
  int steps_before = 7;
  std::vector<int> kept;
  for (int t = 0; t < kSteps; ++t) {
    if (RolloutBuffer::KeepsState(t, steps_before)) kept.push_back(t);
    buffer.status[buffer.SampleIndex(1, t)] =
        ends_at(t) ? EpisodeStatus::kGoalMet : EpisodeStatus::kRunning;
    steps_before = ends_at(t) ? 0 : steps_before + 1;
  }
  CHECK(kept == std::vector<int>{0, 32, 72, 122});
  buffer.DropDiverged();
  std::vector<int> columns;
  for (const int t : kept) {
    columns.push_back(buffer.StateColumn(1, t));
    CHECK(buffer.state_columns[buffer.SampleIndex(1, t)] == columns.back());
  }
  CHECK(std::ranges::adjacent_find(columns, std::greater_equal<>()) == columns.end());
  for (const int t : {40, 90}) CHECK(buffer.state_columns[buffer.SampleIndex(1, t)] < 0);
}

TEST_CASE("a placement failure ends an episode without a future") {
  RolloutBuffer buffer = Numbered();
  buffer.status[4] = EpisodeStatus::kNoGoalPlaceable;
  buffer.DropDiverged();
  CHECK_FALSE(buffer.segments[0].bootstraps);
}

}  // namespace
}  // namespace lookout::agents
