// What the agents of an experiment on memory say together. Pure functions; any thread.
#pragma once

#include <span>
#include <vector>

#include "agents/feedback/agreement/episode_bootstrap.h"
#include "app/experiments/memory/memory_cell.h"
#include "app/experiments/memory/memory_settings.h"

namespace lookout::app {

// All seeds of a network in a world with a step size. The intervals are of 95 %, over the seeds,
// whose means carry the scatter of their episodes along; of a single seed, over its episodes.
struct MemoryLine {
  std::size_t world = 0;
  agents::NetworkKind network = agents::NetworkKind::kMlp;
  StepSize step_size = StepSize::kUsual;
  int seeds = 0;
  int parameters = 0;
  // On episodes of their own, after training.
  agents::Estimate total_reward;
  agents::Estimate cost;
  // Seed by seed against the perceptron without memory that was trained likewise; not known without
  // one.
  agents::Estimate reward_gain;
  agents::Estimate cost_gain;
  // Of the whole training, mean over the seeds.
  double wall_s = 0.0;
  double processor_s = 0.0;
  // What the curves say at equal processor time: when the quickest of the networks was done that
  // were trained likewise from the same seed. See AtTime.
  double equal_s = 0.0;
  agents::Estimate steps_then;
  agents::Estimate reward_then;
  agents::Estimate cost_then;
  // Over the seeds; empty where their iterations differ.
  std::vector<double> steps, mean_reward, mean_cost;
  std::vector<double> low_reward, high_reward, low_cost, high_cost;  // 68 %, Student's t
};

// Of the last iterations, at most three, that were done after so much processor time; NaN where
// none was, or no episode ended in them.
struct CurvePoint {
  double steps = 0.0;
  double total_reward = 0.0;
  double cost = 0.0;
};
CurvePoint AtTime(const MemoryCurve& curve, double processor_s);

// cells: of RunMemory with these.
std::vector<MemoryLine> Summarise(std::span<const MemoryCell> cells, const MemorySettings& settings,
                                  const MemoryPlan& plan);

}  // namespace lookout::app
