// The steps of one iteration, one sample each, and what the update needs to know about them.
// Filled by the sampler, each environment its own samples; afterwards one owner.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <cstdint>
#include <span>
#include <vector>

#include "agents/learning/process_group.h"
#include "sim/environment/environment.h"

namespace lookout::agents {

// A stretch of one episode that lies in consecutive samples.
struct RolloutSegment {
  int begin = 0;
  int size = 0;
  int environment = 0;
  // Whether it begins with the collection, so that its episode may have begun before.
  bool opens_collection = false;
  // Whether the episode goes on or was merely timed out, so that the value of the state after the
  // last sample stands in for what would have come.
  bool bootstraps = false;
};

// A network with memory learns from sequences of at most that many decisions, back through time
// from their ends to the state that it had at their start.
inline constexpr int kSequenceSteps = 32;

// Numbers that the networks remember from step to step; 0: no memory.
struct StateDims {
  int policy = 0;
  int value = 0;
  int cost_value = 0;
};

struct RolloutBuffer {
  RolloutBuffer() = default;
  // Allocates everything; nothing later does.
  // keeps_blocked: whether blocked proposals are learned from beside what was done.
  RolloutBuffer(int observation_dim, int action_dim, int environments, int steps_per_environment,
                const StateDims& state_dims = {}, bool keeps_blocked = false);
  // What allocating it takes, of so many steps of each environment.
  static double BytesNeeded(int observation_dim, int action_dim, int environments,
                            std::int64_t steps, const StateDims& state_dims = {},
                            bool keeps_blocked = false);

  bool keeps_blocked() const { return blocked_actions.cols() > 0; }
  int capacity() const { return static_cast<int>(status.size()); }
  // As collected: sample of step t of an environment.
  int SampleIndex(int environment, int t) const { return environment * steps_per_environment + t; }

  // What a network remembered is kept where a sequence may begin: every kSequenceSteps after a
  // segment's start, and at the start itself if the collection opened with it; before an episode's
  // start nothing was remembered. `steps_before`: of the episode, before step t of the collection.
  static bool KeepsState(int t, int steps_before) {
    return t == 0 || (steps_before > 0 && std::min(t, steps_before) % kSequenceSteps == 0);
  }
  int StatesPerEnvironment() const { return StatesOf(steps_per_environment); }
  static int StatesOf(std::int64_t steps) {
    return static_cast<int>((steps + kSequenceSteps - 1) / kSequenceSteps);
  }
  // In which column.
  int StateColumn(int environment, int t) const {
    return environment * StatesPerEnvironment() + t / kSequenceSteps;
  }

  // Splits the samples into segments and closes the gaps that diverged ones leave, so that the
  // first `size` samples are those to learn from. Call once per collection.
  void DropDiverged();

  // Takes what was collected in those environments over from the process `root`, which has it.
  void BroadcastEnvironments(ProcessGroup::Share environments, ProcessGroup& processes, int root);

  int environments = 0;
  int steps_per_environment = 0;
  int size = 0;  // samples in use

  // As collected.
  Eigen::MatrixXf observations;       // [observation_dim x capacity], before the action
  Eigen::MatrixXf next_observations;  // after it, before any reset
  Eigen::MatrixXf actions;            // [action_dim x capacity], not clipped
  Eigen::MatrixXf means;              // of the policy that acted
  Eigen::MatrixXf policy_states;      // [state_dim x states], what it remembered before some
  Eigen::VectorXf log_probabilities;  // of the actions under it
  Eigen::VectorXf rewards;
  Eigen::VectorXf true_costs;              // the rule's total
  Eigen::VectorXf predicted_costs;         // the cost model's, over the sample's steps, or 0
  Eigen::VectorXf costs;                   // the one the agent is held to; see cost_signal.h
  std::vector<sim::EpisodeStatus> status;  // after the action
  Eigen::VectorXf blocked_steps;           // in which what was proposed was not done
  Eigen::VectorXf violation_steps;         // which cost by the rule
  // Of blocked samples, what was proposed, where that is learned from beside what was done; else of
  // no columns, or not looked at. [action_dim x capacity]
  Eigen::MatrixXf blocked_actions;
  Eigen::VectorXf blocked_log_probabilities;

  // For the update.
  std::vector<RolloutSegment> segments;
  // [capacity]: of a sample that a sequence begins with, the column of what was remembered before
  // it; negative: nothing. Of the others of no account.
  std::vector<int> state_columns;
  // [state_dim x states]: what the value networks remembered, once they are estimated.
  Eigen::MatrixXf value_states, cost_value_states;
  Eigen::VectorXf values, cost_values;
  Eigen::VectorXf advantages, cost_advantages;
  Eigen::VectorXf value_targets, cost_value_targets;
  // By which the advantage of a blocked proposal is less than that of what was done in its place.
  float block_penalty = 0.0F;

 private:
  void MoveSamples(int from, int to, int count);
  // Of the sequences of a segment whose first sample was that of step t when it was collected.
  void SetStateColumns(const RolloutSegment& segment, int t);
};

}  // namespace lookout::agents
