// What one iteration of training did, as it is logged, stored and drawn. A value; any thread.
#pragma once

#include <cstdint>
#include <string_view>

#include "agents/feedback/models/cost_model.h"

namespace lookout::agents {

// Where CPO's trust region lies relative to the half-space in which the linearised constraint holds
// (Achiam et al. 2017, section 6; see cpo_step.h).
enum class CpoCase : std::uint8_t {
  kNone,        // another algorithm
  kRecovery,    // too costly, and every step in the region still is: only the cost counts
  kPartly,      // too costly, but part of the region is not
  kBoundary,    // cheap enough, and the boundary cuts the region
  kInside,      // every step in the region is cheap enough
  kNoGradient,  // cheap enough, and the cost does not depend on the policy
};
inline constexpr int kCpoCaseCount = 6;
std::string_view CpoCaseName(CpoCase value);  // "recovery"; empty for kNone
// The number that the 2019 agents log as OptimCase: 0 to 4, -1 for kNone.
int CpoCaseNumber(CpoCase value);

struct IterationReport {
  int iteration = 0;               // from 1
  std::int64_t steps = 0;          // environment interactions so far
  int episodes = 0;                // finished in this iteration
  double mean_return = 0.0;        // over those episodes; NaN if none
  double mean_true_cost = 0.0;     // the rule's cost per episode, always
  double mean_learned_cost = 0.0;  // predicted cost per episode; NaN without a model
  double constrained_cost = 0.0;   // the one compared with the limit; NaN if CostSource::kNone
  double mean_length = 0.0;
  double return_deviation = 0.0;  // standard deviation of these episodes
  double least_return = 0.0;
  double most_return = 0.0;
  double true_cost_deviation = 0.0;
  double least_true_cost = 0.0;
  double most_true_cost = 0.0;
  double true_cost_rate = 0.0;  // cumulative true cost / steps, from the start
  double multiplier = 0.0;      // lambda after the iteration, CPO's nu; 0 without a constraint
  double kl = 0.0;              // mean KL(new policy || old policy)
  double entropy = 0.0;
  double policy_loss = 0.0;
  double value_loss = 0.0;
  double cost_value_loss = 0.0;
  double clip_fraction = 0.0;
  int policy_epochs = 0;  // gradient steps of the policy
  CpoCase cpo_case = CpoCase::kNone;
  int line_search_steps = 0;           // tried by TRPO and CPO; the last one was taken unless ...
  bool line_search_failed = false;     // ... none was good enough: the old policy stays
  double surrogate_gain = 0.0;         // of the reward objective, as the line search measured it
  double surrogate_cost_change = 0.0;  // of the cost per decision, likewise
  double learning_rate = 0.0;          // of the policy's Adam, as decayed
  double sample_seconds = 0.0;
  double update_seconds = 0.0;
  CostModelId cost_model;     // version used; 0: none
  int diverged_episodes = 0;  // left out of training
};

}  // namespace lookout::agents
