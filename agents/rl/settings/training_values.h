// What a training run is told to do: the legal agents, the cost they are held to and every
// hyperparameter. Values; any thread.
#pragma once

#include <cstdint>
#include <string>

#include "agents/feedback/models/cost_reading.h"
#include "agents/rl/settings/algorithm.h"
#include "agents/rl/settings/cost_source.h"
#include "agents/rl/settings/learn_from.h"
#include "agents/rl/settings/network_kind.h"

namespace lookout::agents {

// Hyperparameters; defaults are the 2019 recipe of Ray, Achiam, Amodei for Point and Car.
struct TrainingSettings {
  Algorithm algorithm = Algorithm::kPpo;
  CostSource cost_source = CostSource::kRule;
  CostReading cost_reading = CostReading::kMean;  // of the cost model, with
  double cost_caution = 1.0;                      // spreads that kCautious adds
  MultiplierKind multiplier_kind = MultiplierKind::kLagrange;
  // The policy that a run began with, for the record (TrainingRun::StartFrom). Empty: new networks.
  std::string start_from;

  // Who reviews every action, for the record as that: whoever makes the run gives it the filters
  // (ActionFilterMaker). Empty: nobody.
  std::string overseer;
  LearnFrom learn_from = LearnFrom::kProposed;
  double block_penalty = 0.0;  // taken from the reward of a decision that was blocked

  std::int64_t total_steps = 10'000'000;
  int steps_per_iteration = 30'000;
  int environments = 30;  // in parallel; part of the result, unlike the number of workers
  int workers = 2;        // threads; never changes the result
  int action_repeat = 1;  // steps for which the policy holds each action; the discounts below stay
                          // those of a single step
  std::uint32_t seed = 0;

  NetworkKind network = NetworkKind::kMlp;
  int hidden = 256;         // width: of the two tanh layers of mlp and stacked, of gru's state, of
                            // trxl and gtrxl
  int stacked_frames = 4;   // decisions whose observations stacked sees, the present one included
  int network_layers = 2;   // of trxl and gtrxl, as are
  int attention_heads = 4;  // these
  int memory_length = 64;   // decisions that a layer looks back
  double gate_bias = 2.0;   // of gtrxl: how much of the past step goes by its submodules at first
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
  double pid_smoothing = 0.95;    // weight of the past in what the first and last of the three see
  int pid_delay = 10;             // iterations over which the derivative looks back
  double multiplier_cap = 0.0;    // above which lambda does not go; 0: none
  bool anti_windup = true;        // at the cap nothing is summed up that would keep lambda there
  bool stop_when_parted = false;  // whoever iterates the run looks, see cost_parting.h
};

}  // namespace lookout::agents
