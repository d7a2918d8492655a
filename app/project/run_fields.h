// The field lists of what run_json.h stores: one list each, visited by save, load and the tests.
// A field that is added to the struct is added here, or a test fails.
#pragma once

#include "agents/rl/runs/training.h"

namespace lookout::app {

// `Settings` is TrainingSettings, const or not; visit(key, field) is called for every field.
template <typename Settings, typename Visit>
// NOLINTNEXTLINE(readability-function-size): one list
void VisitSettings(Settings& settings, Visit&& visit) {
  visit("algorithm", settings.algorithm);
  visit("cost_source", settings.cost_source);
  visit("multiplier_kind", settings.multiplier_kind);
  visit("start_from", settings.start_from);
  visit("total_steps", settings.total_steps);
  visit("steps_per_iteration", settings.steps_per_iteration);
  visit("environments", settings.environments);
  visit("workers", settings.workers);
  visit("action_repeat", settings.action_repeat);
  visit("seed", settings.seed);
  visit("hidden", settings.hidden);
  visit("orthogonal_initialisation", settings.orthogonal_initialisation);
  visit("initial_log_std", settings.initial_log_std);
  visit("least_log_std", settings.least_log_std);
  visit("normalise_observations", settings.normalise_observations);
  visit("gamma", settings.gamma);
  visit("gae_lambda", settings.gae_lambda);
  visit("cost_gamma", settings.cost_gamma);
  visit("cost_gae_lambda", settings.cost_gae_lambda);
  visit("normalise_cost_advantages", settings.normalise_cost_advantages);
  visit("combine_advantages", settings.combine_advantages);
  visit("lambda_targets", settings.lambda_targets);
  visit("warm_up_iterations", settings.warm_up_iterations);
  visit("minibatch", settings.minibatch);
  visit("final_learning_rate", settings.final_learning_rate);
  visit("max_gradient_norm", settings.max_gradient_norm);
  visit("target_kl", settings.target_kl);
  visit("clip_ratio", settings.clip_ratio);
  visit("policy_learning_rate", settings.policy_learning_rate);
  visit("policy_iterations", settings.policy_iterations);
  visit("entropy_bonus", settings.entropy_bonus);
  visit("conjugate_gradient_iterations", settings.conjugate_gradient_iterations);
  visit("fisher_damping", settings.fisher_damping);
  visit("line_search_shrink", settings.line_search_shrink);
  visit("line_search_steps", settings.line_search_steps);
  visit("value_learning_rate", settings.value_learning_rate);
  visit("value_iterations", settings.value_iterations);
  visit("cost_limit", settings.cost_limit);
  visit("initial_multiplier", settings.initial_multiplier);
  visit("multiplier_learning_rate", settings.multiplier_learning_rate);
  visit("pid_proportional", settings.pid_proportional);
  visit("pid_integral", settings.pid_integral);
  visit("pid_derivative", settings.pid_derivative);
  visit("pid_smoothing", settings.pid_smoothing);
  visit("pid_delay", settings.pid_delay);
}

// The same for IterationReport.
template <typename Report, typename Visit>
void VisitReport(Report& report, Visit&& visit) {
  visit("iteration", report.iteration);
  visit("steps", report.steps);
  visit("episodes", report.episodes);
  visit("mean_return", report.mean_return);
  visit("mean_true_cost", report.mean_true_cost);
  visit("mean_learned_cost", report.mean_learned_cost);
  visit("constrained_cost", report.constrained_cost);
  visit("mean_length", report.mean_length);
  visit("return_deviation", report.return_deviation);
  visit("least_return", report.least_return);
  visit("most_return", report.most_return);
  visit("true_cost_deviation", report.true_cost_deviation);
  visit("least_true_cost", report.least_true_cost);
  visit("most_true_cost", report.most_true_cost);
  visit("true_cost_rate", report.true_cost_rate);
  visit("multiplier", report.multiplier);
  visit("kl", report.kl);
  visit("entropy", report.entropy);
  visit("policy_loss", report.policy_loss);
  visit("value_loss", report.value_loss);
  visit("cost_value_loss", report.cost_value_loss);
  visit("clip_fraction", report.clip_fraction);
  visit("policy_passes", report.policy_epochs);
  visit("cpo_case", report.cpo_case);
  visit("line_search_steps", report.line_search_steps);
  visit("line_search_failed", report.line_search_failed);
  visit("surrogate_gain", report.surrogate_gain);
  visit("surrogate_cost_change", report.surrogate_cost_change);
  visit("learning_rate", report.learning_rate);
  visit("sample_seconds", report.sample_seconds);
  visit("update_seconds", report.update_seconds);
  visit("cost_model", report.cost_model);
  visit("diverged_episodes", report.diverged_episodes);
}

}  // namespace lookout::app
