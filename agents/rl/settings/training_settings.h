// What a training run is told to do: the legal agents, the cost they are held to and every
// hyperparameter. Values; any thread. Names, ranges and help of each are in settings.h.
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "sim/config/config.h"
#include "sim/environment/environment.h"

namespace lookout::agents {

// The legal agents; nothing else can be written down.
enum class Algorithm : std::uint8_t { kPpo, kPpoLagrangian, kTrpo, kTrpoLagrangian, kCpo };
inline constexpr int kAlgorithmCount = 5;
std::string_view AlgorithmName(Algorithm algorithm);    // "PPO-Lagrangian"
std::string_view AlgorithmOption(Algorithm algorithm);  // "ppo-lag", as on the command line
Result<Algorithm> ParseAlgorithm(std::string_view command_line_name);

// Whether the algorithm heeds costs at all, and whether it does so through a multiplier.
bool IsConstrained(Algorithm algorithm);
bool HasMultiplier(Algorithm algorithm);

// How the multiplier of a Lagrangian agent finds its value; of no account for the others.
enum class MultiplierKind : std::uint8_t {
  kLagrange,  // by gradient ascent (Ray, Achiam and Amodei 2019)
  kPid,       // by a PID controller (Stooke, Achiam and Abbeel 2020)
  kFixed,     // never: a penalty coefficient in place of a constraint
};
std::string_view MultiplierKindName(MultiplierKind kind);  // "lagrange", "pid", "fixed"
Result<MultiplierKind> ParseMultiplierKind(std::string_view name);

// Which cost the agent is held to. The rule's total is logged whatever this says.
enum class CostSource : std::uint8_t {
  kRule,     // the environment's total
  kLearned,  // the cost model's probability
  kNone,
  kSum,           // of the rule's total and the model's probability
  kMaximum,       // the larger of the two
  kVasesContact,  // from here on one kind of the rule's cost alone, in the order of sim::CostKind
  kPillars,
  kButtons,
  kGremlins,
  kVasesDisplace,
  kVasesVelocity,
  kHazards,
};
inline constexpr int kCostSourceCount = 5 + sim::kCostKindCount;
std::string_view CostSourceName(CostSource source);  // "rule", "sum", "hazards"
Result<CostSource> ParseCostSource(std::string_view name);
bool NeedsCostModel(CostSource source);
// The kind that a source stands for alone, if it does.
std::optional<sim::CostKind> OnlyKind(CostSource source);

// Hyperparameters; defaults are the 2019 recipe of Ray, Achiam, Amodei for Point and Car.
struct TrainingSettings {
  Algorithm algorithm = Algorithm::kPpo;
  CostSource cost_source = CostSource::kRule;
  MultiplierKind multiplier_kind = MultiplierKind::kLagrange;
  // What the policy was that the run begins with, for the record: whoever makes the run gives it
  // the policy (TrainingRun::StartFrom). Empty: new networks.
  std::string start_from;

  std::int64_t total_steps = 10'000'000;
  int steps_per_iteration = 30'000;
  int environments = 30;  // in parallel; part of the result, unlike the number of workers
  int workers = 2;        // threads; never changes the result
  int action_repeat = 1;  // steps for which the policy holds each action; the discounts below stay
                          // those of a single step
  std::uint32_t seed = 0;

  int hidden = 256;                        // two tanh layers
  bool orthogonal_initialisation = false;  // else Glorot's uniform one
  double initial_log_std = -0.5;           // a policy to start from is raised to it
  double least_log_std = -20.0;
  bool normalise_observations = false;

  double gamma = 0.99;
  double gae_lambda = 0.97;
  double cost_gamma = 0.99;
  double cost_gae_lambda = 0.97;
  bool normalise_cost_advantages = false;  // to deviation 1, but not for CPO; always centred
  bool combine_advantages = false;  // PPO: clips reward and cost as one normalised advantage, else
                                    // the cost term is added unclipped
  bool lambda_targets = false;      // values learn GAE's lambda-returns, else discounted returns
  int warm_up_iterations = 0;       // at first, in which only the values learn

  int minibatch = 0;  // 0: the full batch; else minibatches of this size, and the numbers of
                      // iterations below become epochs over the data
  double final_learning_rate = 1.0;  // of both Adams, as a share of the first; linear in between
  double max_gradient_norm = 0.0;    // of each network; 0: none

  double target_kl = 0.01;  // PPO stops beyond 1.2 x this; the radius of a trust region
  // PPO's policy update.
  double clip_ratio = 0.2;
  double policy_learning_rate = 3e-4;
  int policy_iterations = 80;
  double entropy_bonus = 0.0;
  // The policy update of TRPO and CPO.
  int conjugate_gradient_iterations = 10;
  double fisher_damping = 0.1;
  double line_search_shrink = 0.8;
  int line_search_steps = 10;

  double value_learning_rate = 1e-3;
  int value_iterations = 80;

  double cost_limit = 25.0;         // per episode
  double initial_multiplier = 1.0;  // of every kind
  double multiplier_learning_rate = 5e-2;
  double pid_proportional = 0.1;
  double pid_integral = 0.01;
  double pid_derivative = 0.01;
  double pid_smoothing = 0.95;  // weight of the past in what the first and last of the three see
  int pid_delay = 10;           // iterations over which the derivative looks back
};

// "ray2019" (the defaults above; for Doggo 10^8 steps, 60,000 per iteration) or "fast".
Result<TrainingSettings> SettingsPreset(std::string_view name, sim::RobotKind robot);

// What to call such an agent where several are shown together: "PPO-Lagrangian, pid multiplier,
// cost learned, from pointgoal1-ppo". What is usual is left out.
std::string AgentLabel(const TrainingSettings& settings);
// The same for narrow places: "PPO-Lag, pid, cost learned".
std::string ShortAgentLabel(const TrainingSettings& settings);

}  // namespace lookout::agents
