// One training run: collect, update, report, one iteration at a time. Owned by one thread, which
// may spread sampling and updating over its own workers. See rl/ppo.h for the algorithm itself.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "agents/feedback/cost_model.h"
#include "agents/policies/policy.h"
#include "sim/config.h"
#include "sim/environment.h"

namespace lookout::agents {

// The legal agents; nothing else can be written down.
enum class Algorithm : std::uint8_t { kPpo, kPpoLagrangian };
std::string_view AlgorithmName(Algorithm algorithm);                   // "PPO", "PPO-Lagrangian"
Result<Algorithm> ParseAlgorithm(std::string_view command_line_name);  // "ppo", "ppo-lag"

// Which cost the agent is held to. The rule's cost is logged whatever this says.
enum class CostSource : std::uint8_t { kRule, kLearned, kNone };
std::string_view CostSourceName(CostSource source);  // "rule", "learned", "none"
Result<CostSource> ParseCostSource(std::string_view name);

// Hyperparameters; defaults are the 2019 recipe of Ray, Achiam, Amodei for Point and Car.
struct TrainingSettings {
  Algorithm algorithm = Algorithm::kPpo;
  CostSource cost_source = CostSource::kRule;
  std::int64_t total_steps = 10'000'000;
  int steps_per_iteration = 30'000;
  int environments = 30;  // in parallel; part of the result, unlike the number of workers
  int workers = 2;        // threads; never changes the result
  std::uint32_t seed = 0;
  int hidden = 256;  // two tanh layers
  double initial_log_std = -0.5;
  double gamma = 0.99;
  double gae_lambda = 0.97;
  double cost_gamma = 0.99;
  double cost_gae_lambda = 0.97;
  double clip_ratio = 0.2;
  double policy_learning_rate = 3e-4;
  int policy_iterations = 80;
  double target_kl = 0.01;  // stop the policy update at KL > 1.2 x this
  double value_learning_rate = 1e-3;
  int value_iterations = 80;
  int minibatch = 0;  // 0: the full batch; else minibatches of this size, the counts above
                      // become passes over the data
  bool normalise_observations = false;
  double cost_limit = 25.0;  // per episode
  double initial_multiplier = 1.0;
  double multiplier_learning_rate = 5e-2;
};

// "ray2019" (the defaults above) or "fast" (normalised observations, minibatches).
Result<TrainingSettings> SettingsPreset(std::string_view name);

// What one iteration did.
struct IterationReport {
  int iteration = 0;               // from 1
  std::int64_t steps = 0;          // environment interactions so far
  int episodes = 0;                // finished in this iteration
  double mean_return = 0.0;        // over those episodes; NaN if none
  double mean_true_cost = 0.0;     // the rule's cost per episode, always
  double mean_learned_cost = 0.0;  // predicted cost per episode; NaN without a model
  double constrained_cost = 0.0;   // the one compared with the limit; NaN if CostSource::kNone
  double mean_length = 0.0;
  double true_cost_rate = 0.0;  // cumulative true cost / steps, from the start
  double multiplier = 0.0;      // lambda after the iteration; 0 without a constraint
  double kl = 0.0;
  double entropy = 0.0;
  double policy_loss = 0.0;
  double value_loss = 0.0;
  double cost_value_loss = 0.0;
  double clip_fraction = 0.0;
  int policy_passes = 0;  // gradient steps before the KL stop
  double sample_seconds = 0.0;
  double update_seconds = 0.0;
  CostModelId cost_model;     // version used; 0: none
  int diverged_episodes = 0;  // left out of training
};

using EnvironmentFactory = std::function<Result<std::unique_ptr<sim::Environment>>()>;

class TrainingRun {
 public:
  // Refuses (kBadInput) settings out of range, naming the option; too large a buffer for memory.
  static Result<std::unique_ptr<TrainingRun>> Create(const TrainingSettings& settings,
                                                     const EnvironmentFactory& make_environment);
  virtual ~TrainingRun() = default;

  virtual const TrainingSettings& settings() const = 0;
  virtual const sim::EnvironmentSpec& spec() const = 0;

  // Takes effect with the next iteration. Needed before the first if the cost source is kLearned.
  // Refuses a model of another observation size.
  virtual Status SetCostModel(CostModelPtr model) = 0;

  // Takes the policy and its normaliser from a policy or checkpoint file, before the first
  // iteration; value networks, multiplier and counters start anew. Refuses like DecodePolicy, and
  // other sizes than the settings'.
  virtual Status StartFrom(std::string_view policy) = 0;

  // Called at step boundaries with the fraction of this iteration that is done; returning false
  // abandons the iteration (nothing is learned from it).
  using Progress = std::function<bool(double fraction)>;
  // One iteration. Fails, leaving the last good networks, if a loss or gradient is not finite.
  virtual Result<IterationReport> RunIteration(const Progress& progress = {}) = 0;

  virtual bool finished() const = 0;  // total_steps reached
  // The present policy, for watching (samples actions) or evaluating (mean action).
  virtual PolicyPtr policy(bool deterministic) const = 0;

  // Everything: settings, networks, optimisers, multiplier, normaliser, random streams, counters.
  virtual std::string EncodeCheckpoint() const = 0;
  virtual Status RestoreCheckpoint(std::string_view bytes) = 0;
};

// The policy of a checkpoint or policy file. Refuses (kBadInput) wrong sizes, NaN, truncated or
// foreign bytes: expected against found.
Result<PolicyPtr> DecodePolicy(std::string_view bytes, const sim::EnvironmentSpec& spec,
                               bool deterministic);

}  // namespace lookout::agents
