// Gradient attacks on a cost model's input (projected gradient, Madry et al. 2018): how far each
// value of an observation has to be off for the verdict to turn. What they find need not be what
// any world shows, so that this is a figure of fragility, and of what a faulty sensor can do. Pure
// functions; any thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <vector>

#include "agents/inspect/explanations/explained_model.h"
#include "sim/base/random_state.h"
#include "sim/environment/environment.h"

namespace lookout::agents {

struct ObservationAttackSettings {
  // Of each value: the share of its scale by which it may be off. A lidar's scale is 1, its range;
  // any other value's is its standard deviation over the observations.
  std::vector<double> budgets{0.005, 0.01, 0.02, 0.05, 0.1};
  int steps = 40;    // of each ascent
  int restarts = 2;  // ascents, the first from the observation, the others from a point at random
  double threshold = 0.5;
  std::uint32_t seed = 0;
};

// What a budget turns, of the verdicts that are right without it.
struct BudgetFigures {
  double budget = 0.0;
  std::int64_t missed = 0;            // of the dangers, called safe by an attack
  std::int64_t missed_at_random = 0;  // by noise of the same size alone, as many tries as restarts
  std::int64_t alarmed = 0;           // of the safe ones, called unsafe
  std::int64_t alarmed_at_random = 0;
};

struct ObservationAttack {
  std::int64_t dangers = 0;  // observations of a cost that the model calls unsafe
  std::int64_t safe = 0;     // without one, that it calls safe
  std::int64_t wrong = 0;    // the model is wrong as it is; not attacked
  std::vector<BudgetFigures> budgets;
};

// The scales above, [observation_dim]. observations: [observation_dim x n]. Values that never
// change have scale 0 and are left alone.
Eigen::VectorXf ScalesOf(const sim::EnvironmentSpec& spec, const Eigen::MatrixXf& observations);

// The observations, each value within budget times its scale and lidars within [0, 1], moved so
// that the log-odds rise (towards > 0) or fall: of what was come by in each column, the furthest.
Eigen::MatrixXf Ascend(const ExplainedModel& model, const sim::EnvironmentSpec& spec,
                       const Eigen::MatrixXf& observations, const Eigen::VectorXf& scales,
                       double budget, double towards, const ObservationAttackSettings& settings);

// The observations with noise of that size: each value off by all of its budget, up or down, but
// lidars within [0, 1].
Eigen::MatrixXf Jolted(const sim::EnvironmentSpec& spec, const Eigen::MatrixXf& observations,
                       const Eigen::VectorXf& scales, double budget, RandomState& random);

// observations: [observation_dim x n], of `spec`, which fits the model. unsafe: [n], whether each
// was charged a cost. Fails (kFailure) if it is stopped.
Result<ObservationAttack> AttackObservations(const CostModel& model,
                                             const sim::EnvironmentSpec& spec,
                                             const Eigen::MatrixXf& observations,
                                             const std::vector<bool>& unsafe,
                                             const ObservationAttackSettings& settings,
                                             const KeepGoing& keep_going = {});

}  // namespace lookout::agents
