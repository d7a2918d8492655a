// The one list of training settings: names, ranges and what each is for. Checking, checkpoints,
// settings files and the command line are all made from it. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "agents/learning/archive.h"
#include "agents/rl/settings/training_settings.h"

namespace lookout::agents {

// Calls visit(name, member, least, most, help) for each numeric setting; `name` is also the
// command-line option without its dashes. Settings: TrainingSettings, const or not.
template <typename Settings, typename Visitor>
// NOLINTNEXTLINE(readability-function-size): one list
void VisitSettings(Settings& s, Visitor&& visit) {
  visit("steps", s.total_steps, 1, 1e12, "environment steps in all");
  visit("steps-per-iteration", s.steps_per_iteration, 1, 1e8, "steps collected per iteration");
  visit("environments", s.environments, 1, 4096, "environments sampled side by side");
  visit("workers", s.workers, 1, 256, "threads; never changes the result");
  visit("action-repeat", s.action_repeat, 1, 1000, "steps for which an action is held");
  visit("seed", s.seed, 0, 4294967295.0, "of everything random");

  visit("hidden", s.hidden, 1, 4096, "width of the two hidden layers");
  visit("orthogonal-initialisation", s.orthogonal_initialisation, 0, 1,
        "orthogonal weights to start from, the policy's last layer small; 0: Glorot's");
  visit("initial-log-std", s.initial_log_std, -10, 2, "of the policy's Gaussian");
  visit("least-log-std", s.least_log_std, -20, 2, "below which it is not learned to fall");
  visit("normalise-observations", s.normalise_observations, 0, 1, "to mean 0 and variance 1");

  visit("gamma", s.gamma, 0, 1, "discount of rewards");
  visit("gae-lambda", s.gae_lambda, 0, 1, "of the reward advantages");
  visit("cost-gamma", s.cost_gamma, 0, 1, "discount of costs");
  visit("cost-gae-lambda", s.cost_gae_lambda, 0, 1, "of the cost advantages");
  visit("normalise-cost-advantages", s.normalise_cost_advantages, 0, 1,
        "to deviation 1, not only to mean 0; CPO's keep their unit");

  visit("combine-advantages", s.combine_advantages, 0, 1,
        "clip reward and cost as one advantage (PPO)");
  visit("lambda-targets", s.lambda_targets, 0, 1, "values learn lambda-returns");
  visit("warm-up-iterations", s.warm_up_iterations, 0, 1000, "in which only values learn");
  visit("minibatch", s.minibatch, 0, 1e8, "decisions per gradient step; 0: the full batch");
  visit("final-learning-rate", s.final_learning_rate, 0, 1,
        "share of the learning rates that is left at the end; 1: they stay");
  visit("max-gradient-norm", s.max_gradient_norm, 0, 1e6, "longer gradients are cut; 0: none");
  visit("target-kl", s.target_kl, 1e-6, 100,
        "PPO stops beyond 1.2 times this; TRPO's and CPO's trust region");

  visit("clip-ratio", s.clip_ratio, 1e-3, 10, "of PPO's likelihood ratio");
  visit("policy-learning-rate", s.policy_learning_rate, 0, 1, "PPO's Adam");
  visit("policy-iterations", s.policy_iterations, 0, 10000, "most passes of PPO's update");
  visit("entropy-bonus", s.entropy_bonus, 0, 10, "weight of the entropy in PPO's objective");
  visit("conjugate-gradient-iterations", s.conjugate_gradient_iterations, 1, 1000,
        "of TRPO's and CPO's natural gradient");
  visit("fisher-damping", s.fisher_damping, 0, 100, "added to the Fisher matrix's diagonal");
  visit("line-search-shrink", s.line_search_shrink, 0.01, 0.99, "of TRPO's and CPO's step");
  visit("line-search-steps", s.line_search_steps, 1, 1000, "tried before the old policy is kept");

  visit("value-learning-rate", s.value_learning_rate, 0, 1, "Adam, value networks");
  visit("value-iterations", s.value_iterations, 0, 10000, "passes of the value updates");

  visit("cost-limit", s.cost_limit, 0, 1e6, "allowed cost per episode");
  visit("initial-multiplier", s.initial_multiplier, 1e-6, 1e6, "lambda at the start");
  visit("multiplier-learning-rate", s.multiplier_learning_rate, 0, 10, "--multiplier lagrange");
  visit("pid-proportional", s.pid_proportional, 0, 1e3, "gain of --multiplier pid");
  visit("pid-integral", s.pid_integral, 1e-9, 1e3, "gain of --multiplier pid");
  visit("pid-derivative", s.pid_derivative, 0, 1e3, "gain of --multiplier pid");
  visit("pid-smoothing", s.pid_smoothing, 0, 0.9999,
        "weight of the past in the proportional and derivative terms");
  visit("pid-delay", s.pid_delay, 1, 1000, "iterations that the derivative looks back");
}

// Calls visit(name, member, help) for each setting that is a choice; see choices.h.
template <typename Settings, typename Visitor>
void VisitChoices(Settings& s, Visitor&& visit) {
  visit("algo", s.algorithm, "algorithm");
  visit("cost", s.cost_source, "cost source");
  visit("multiplier", s.multiplier_kind, "multiplier");
}

// Rejects (kBadInput) what is out of range or does not go together, naming the option.
Status CheckSettings(const TrainingSettings& settings);

// Whether an agent of these settings heeds the one of that name. Of the others it makes nothing:
// TRPO has no clip ratio, a fixed multiplier no learning rate.
bool AppliesTo(const TrainingSettings& settings, std::string_view name);

// Runs with the same key are the same experiment: their settings differ in nothing but the seed and
// the number of workers, which never changes the result.
std::string ExperimentKey(const TrainingSettings& settings);

// Fields "settings.<name>".
void EncodeSettings(const TrainingSettings& settings, ArchiveWriter& writer);
TrainingSettings DecodeSettings(ArchiveReader& reader);

// Independent streams of one run. A stream's seed is a function of the run's seed and of what it
// is for, so a checkpoint needs no generator state.
enum class Stream : std::uint32_t { kEpisodes, kActionNoise, kMinibatches, kNetworks };
std::uint32_t StreamSeed(std::uint32_t run_seed, Stream stream, std::uint32_t index = 0,
                         std::uint32_t iteration = 0);

}  // namespace lookout::agents
