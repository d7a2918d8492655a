// A gradient attack on what the sensors say at one moment: does the verdict of a cost model turn
// within a budget, from which budget on, does noise of that size turn it as well, and which values
// bring it about? Sensors are changed here, not the world. Pure function; any thread.
#pragma once

#include <Eigen/Core>
#include <optional>
#include <string>
#include <vector>

#include "agents/feedback/models/unsafe_threshold.h"
#include "agents/inspect/attacks/observation_attack.h"

namespace lookout::agents {

struct SensorAttackSettings {
  double budget = 0.02;       // share of its scale by which each value may be off, see ScalesOf
  double most_budget = 0.1;   // up to which the smallest is searched for
  int halvings = 8;           // of that range
  int draws = 200;            // of noise
  std::size_t most_told = 3;  // values in SensorAttack::told
  double threshold = kUnsafeFrom;
  int steps = 20;  // of each ascent
  int restarts = 2;
};

// One value of the observation that is off.
struct ChangedValue {
  std::string key;  // "hazards_lidar"
  int place = 0;    // in that entry
  int size = 0;     // of that entry
  float before = 0.0F, after = 0.0F;
  double effect = 0.0;  // see SensorAttack::effects
};

struct SensorAttack {
  double budget = 0.0;
  double probability = 0.0;  // of unsafe, of what was observed
  double attacked_probability = 0.0;
  bool was_unsafe = false;
  bool turned = false;
  // The smallest that was found to turn it, none up to most_budget; a smaller one cannot be ruled
  // out.
  std::optional<double> smallest_budget;
  double most_budget = 0.0;
  int draws = 0;
  int turned_by_noise = 0;  // of the draws: each value off by all of its share, up or down
  Eigen::VectorXf change;   // [observation_dim]
  // How much of the difference in log-odds each change accounts for (integrated gradients on the
  // way), [observation_dim].
  Eigen::VectorXd effects;
  std::vector<ChangedValue> told;  // the largest effects, the largest first
};

// Rejects (kBadInput) a model that does not fit, and an observation that is not complete.
Status CheckSensorsCanBeAttacked(const CostModel& model, const sim::EnvironmentSpec& spec,
                                 const Eigen::VectorXf& observation);

// observation: [observation_dim], of `spec`. scales: [observation_dim], see ScalesOf. The same
// arguments give the same result. Rejects (kBadInput) as CheckSensorsCanBeAttacked; fails
// (kFailure) if it is stopped.
Result<SensorAttack> AttackSensors(const CostModel& model, const sim::EnvironmentSpec& spec,
                                   const Eigen::VectorXf& observation,
                                   const Eigen::VectorXf& scales,
                                   const SensorAttackSettings& settings = {},
                                   const KeepGoing& keep_going = {});

}  // namespace lookout::agents
