// The steps of one iteration, one sample each, and what the update needs to know about them.
// Filled by the sampler, each environment its own samples; afterwards one owner.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <span>
#include <vector>

#include "agents/learning/process_group.h"
#include "sim/environment/environment.h"

namespace lookout::agents {

// A stretch of one episode that lies in consecutive samples.
struct Segment {
  int begin = 0;
  int size = 0;
  // Whether the episode goes on or was merely timed out, so that the value of the state after the
  // last sample stands in for what would have come.
  bool bootstraps = false;
};

struct RolloutBuffer {
  RolloutBuffer() = default;
  // Allocates everything; nothing later does.
  RolloutBuffer(int observation_dim, int action_dim, int environments, int steps_per_environment);
  static double BytesNeeded(int observation_dim, int action_dim, std::int64_t samples);

  int capacity() const { return static_cast<int>(status.size()); }
  // As collected: sample of step t of an environment.
  int SampleIndex(int environment, int t) const { return environment * steps_per_environment + t; }

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
  Eigen::VectorXf log_probabilities;  // of the actions under it
  Eigen::VectorXf rewards;
  Eigen::VectorXf true_costs;              // the rule's total
  Eigen::VectorXf predicted_costs;         // the cost model's, over the sample's steps, or 0
  Eigen::VectorXf costs;                   // the one the agent is held to; see cost_signal.h
  std::vector<sim::EpisodeStatus> status;  // after the action

  // For the update.
  std::vector<Segment> segments;
  Eigen::VectorXf values, cost_values;
  Eigen::VectorXf advantages, cost_advantages;
  Eigen::VectorXf value_targets, cost_value_targets;

 private:
  void MoveSamples(int from, int to, int count);
};

}  // namespace lookout::agents
