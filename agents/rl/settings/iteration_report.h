// What one iteration of training did, as it is logged, stored and drawn. A value; any thread.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string_view>

#include "agents/feedback/models/cost_model.h"
#include "sim/base/fields.h"

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
std::span<const Choice<CpoCase>> Choices(CpoCase kind);
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
  // Mean KL(policy that acted in this iteration || first policy), of a run that reads a cost model;
  // NaN of others, and where the first policy is not known (see agents/rl/runs/first_policy.h).
  double kl_from_first = std::numeric_limits<double>::quiet_NaN();
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
  // Share of this iteration's steps in which an overseer did not let the proposed action be done.
  double blocked_share = 0.0;
  // Steps so far that cost by the rule; NaN in a run that an older version began.
  double violation_steps = std::numeric_limits<double>::quiet_NaN();
};

// See sim/base/fields.h.
template <FieldsOf<IterationReport> Self, typename Visit>
// May be long: one list.
void VisitFields(Self& r, Visit&& visit) {
  using F = Field<IterationReport>;
  visit(F("iteration"), r.iteration);
  visit(F("steps"), r.steps);
  visit(F("episodes"), r.episodes);
  visit(F("mean-return"), r.mean_return);
  visit(F("mean-true-cost"), r.mean_true_cost);
  visit(F("mean-learned-cost"), r.mean_learned_cost);
  visit(F("constrained-cost"), r.constrained_cost);
  visit(F("mean-length"), r.mean_length);
  visit(F("return-deviation"), r.return_deviation);
  visit(F("least-return"), r.least_return);
  visit(F("most-return"), r.most_return);
  visit(F("true-cost-deviation"), r.true_cost_deviation);
  visit(F("least-true-cost"), r.least_true_cost);
  visit(F("most-true-cost"), r.most_true_cost);
  visit(F("true-cost-rate"), r.true_cost_rate);
  visit(F("multiplier"), r.multiplier);
  visit(F("kl"), r.kl);
  visit(F("entropy"), r.entropy);
  visit(F("policy-loss"), r.policy_loss);
  visit(F("value-loss"), r.value_loss);
  visit(F("cost-value-loss"), r.cost_value_loss);
  visit(F("clip-fraction"), r.clip_fraction);
  visit(F("policy-passes"), r.policy_epochs);
  visit(F("cpo-case"), r.cpo_case);
  visit(F("line-search-steps"), r.line_search_steps);
  visit(F("line-search-failed"), r.line_search_failed);
  visit(F("surrogate-gain"), r.surrogate_gain);
  visit(F("surrogate-cost-change"), r.surrogate_cost_change);
  visit(F("learning-rate"), r.learning_rate);
  visit(F("sample-seconds").In("s"), r.sample_seconds);
  visit(F("update-seconds").In("s"), r.update_seconds);
  visit(F("cost-model"), r.cost_model);
  visit(F("diverged-episodes"), r.diverged_episodes);
  visit(F("blocked-share"), r.blocked_share);
  visit(F("violation-steps"), r.violation_steps);
  visit(F("kl-from-first"), r.kl_from_first);
}

}  // namespace lookout::agents
