// The gradient steps of one iteration: policy, value and cost value learn side by side from the
// same columns, until the passes are used up or the policy has moved far enough. One owner.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "agents/nn/normaliser.h"
#include "agents/rl/lagrange_multiplier.h"
#include "agents/rl/losses.h"
#include "agents/rl/network_trainer.h"
#include "agents/rl/rollout_buffer.h"
#include "agents/rl/training.h"
#include "agents/rl/worker_pool.h"

namespace lookout::agents {

// Everything that learning changes; a value, so that an abandoned update can be undone.
struct LearnerState {
  TrainedNetwork policy;  // its extra parameters are the log deviations
  TrainedNetwork value;
  TrainedNetwork cost_value;  // kept, but not trained, where nothing is constrained
  LagrangeMultiplier multiplier;
  std::optional<Normaliser> normaliser;  // of observations
};

// Asked between gradient steps with the fraction done; false abandons.
using KeepGoing = std::function<bool(double)>;

class GradientPasses {
 public:
  GradientPasses(const TrainingSettings& settings, const LearnerState& shape, int workers);

  // Learns from the buffer's first `size` columns, whose advantages and targets are set, and fills
  // the report's losses, KL and pass count. False if abandoned; fails if a loss or gradient is not
  // finite; in both cases the networks are left half-way. Does not allocate.
  Result<bool> Run(LearnerState& state, const RolloutBuffer& buffer, int iteration,
                   WorkerPool& pool, const KeepGoing& keep_going, IterationReport& report);

 private:
  struct Losses;  // of this run's three networks

  // The columns in this pass's order: as they are for a full batch, else shuffled.
  void OrderColumns(int columns, int iteration, int pass);
  Status Step(std::span<const int> columns, const RolloutBuffer& buffer, Losses& losses,
              LearnerState& state, WorkerPool& pool);
  Status StepPolicy(int lanes, LearnerState& state);

  TrainingSettings settings_;
  NetworkTrainer policy_trainer_;
  NetworkTrainer value_trainer_;
  NetworkTrainer cost_value_trainer_;
  Eigen::VectorXf old_log_std_;
  std::vector<int> order_;
  bool policy_learns_ = false;
  bool value_learns_ = false;
  bool cost_value_learns_ = false;
  int policy_steps_ = 0;
};

}  // namespace lookout::agents
