#include "agents/rl/ppo.h"

#include <algorithm>
#include <cmath>

#include "agents/rl/gae.h"
#include "agents/rl/settings.h"

namespace lookout::agents {
namespace {

LearnerState FreshState(const TrainingSettings& settings, const sim::EnvironmentSpec& spec) {
  RandomState random(StreamSeed(settings.seed, Stream::kNetworks));
  const auto network = [&](int outputs) {
    Mlp mlp({spec.observation_dim, settings.hidden, settings.hidden, outputs});
    mlp.InitialiseGlorot(random);
    return mlp;
  };
  LearnerState state;
  state.policy = TrainedNetwork(
      network(spec.action_dim),
      Eigen::VectorXf::Constant(spec.action_dim, static_cast<float>(settings.initial_log_std)),
      settings.policy_learning_rate);
  state.value = TrainedNetwork(network(1), {}, settings.value_learning_rate);
  state.cost_value = TrainedNetwork(network(1), {}, settings.value_learning_rate);
  state.multiplier =
      LagrangeMultiplier(settings.initial_multiplier, settings.multiplier_learning_rate);
  if (settings.normalise_observations) state.normaliser = Normaliser(spec.observation_dim);
  return state;
}

}  // namespace

PpoLearner::PpoLearner(const TrainingSettings& settings, const sim::EnvironmentSpec& spec)
    : settings_(settings),
      environment_id_(spec.id),
      state_(FreshState(settings, spec)),
      saved_(state_),
      estimator_(state_.value.network, settings.steps_per_iteration, settings.workers),
      passes_(settings, state_, settings.workers) {}

GaussianActor PpoLearner::Actor(int iteration) const {
  return {.name = std::string(AlgorithmName(settings_.algorithm)),
          .environment_id = environment_id_,
          .iteration = iteration,
          .mean = state_.policy.network,
          .log_std = state_.policy.extra,
          .action_repeat = settings_.action_repeat,
          .normaliser = state_.normaliser};
}

void PpoLearner::NormaliseObservations(RolloutBuffer& buffer) {
  if (!state_.normaliser) return;
  // New statistics count from the next collection on, so that this one is learned from as it was
  // acted in. The very first has no statistics to act with: it takes its own, and the KL stop then
  // leaves the policy, which acted on raw values, to the second iteration.
  Normaliser next = *state_.normaliser;
  next.Update(buffer.observations.leftCols(buffer.size));
  const Normaliser& present = state_.normaliser->count() > 0 ? *state_.normaliser : next;
  present.Apply(buffer.observations.leftCols(buffer.size));
  present.Apply(buffer.next_observations.leftCols(buffer.size));
  state_.normaliser = std::move(next);
}

void PpoLearner::EstimateAdvantages(RolloutBuffer& buffer, WorkerPool& pool,
                                    const IterationReport& report) {
  // The settings' discounts are of one environment step, a column stands for several.
  const auto discounting = [this](double gamma, double lambda) {
    return Discounting{std::pow(gamma, settings_.action_repeat), lambda, settings_.lambda_targets};
  };
  estimator_.Estimate(state_.value.network, buffer,
                      discounting(settings_.gamma, settings_.gae_lambda), buffer.rewards, pool,
                      buffer.values, buffer.advantages, buffer.value_targets);
  auto advantages = buffer.advantages.head(buffer.size);
  Normalise(advantages);
  if (settings_.algorithm != Algorithm::kPpoLagrangian) return;
  estimator_.Estimate(state_.cost_value.network, buffer,
                      discounting(settings_.cost_gamma, settings_.cost_gae_lambda), buffer.costs,
                      pool, buffer.cost_values, buffer.cost_advantages, buffer.cost_value_targets);
  auto cost_advantages = buffer.cost_advantages.head(buffer.size);
  settings_.normalise_cost_advantages ? Normalise(cost_advantages) : Centre(cost_advantages);
  if (std::isfinite(report.constrained_cost)) {
    state_.multiplier.Update(report.constrained_cost, settings_.cost_limit);
  }
  if (!settings_.combine_advantages) return;
  advantages -= static_cast<float>(state_.multiplier.value()) * cost_advantages;
  Normalise(advantages);
  cost_advantages.setZero();
}

void PpoLearner::SetLearningRates(const IterationReport& report) {
  const double before = double(report.steps - settings_.steps_per_iteration);
  const double done = std::clamp(before / double(settings_.total_steps), 0.0, 1.0);
  const double share = 1.0 + done * (settings_.final_learning_rate - 1.0);
  for (Adam* adam : {&state_.policy.adam, &state_.policy.extra_adam}) {
    adam->set_learning_rate(share * settings_.policy_learning_rate);
  }
  for (Adam* adam : {&state_.value.adam, &state_.cost_value.adam}) {
    adam->set_learning_rate(share * settings_.value_learning_rate);
  }
}

Result<bool> PpoLearner::Update(RolloutBuffer& buffer, int iteration, WorkerPool& pool,
                                const KeepGoing& keep_going, IterationReport& report) {
  NormaliseObservations(buffer);
  EstimateAdvantages(buffer, pool, report);
  SetLearningRates(report);
  auto done = passes_.Run(state_, buffer, iteration, pool, keep_going, report);
  const bool constrained = settings_.algorithm == Algorithm::kPpoLagrangian;
  report.multiplier = constrained ? state_.multiplier.value() : 0.0;
  report.entropy = GaussianEntropy(state_.policy.extra);
  return done;
}

void PpoLearner::Encode(ArchiveWriter& writer) const {
  state_.policy.Encode(writer, "policy", false);
  state_.value.Encode(writer, "value", true);
  state_.cost_value.Encode(writer, "cost_value", true);
  state_.multiplier.Encode(writer);
}

std::string PpoLearner::MisfitOf(const GaussianActor& actor) const {
  if (actor.mean.layer_sizes() != state_.policy.network.layer_sizes()) {
    return "its policy network has other layer sizes than this run; check --hidden.";
  }
  if (actor.normaliser.has_value() != state_.normaliser.has_value()) {
    return "only one of it and this run normalises observations; check --preset.";
  }
  return {};
}

Status PpoLearner::StartFrom(const GaussianActor& actor) {
  if (const std::string misfit = MisfitOf(actor); !misfit.empty()) {
    return BadInput("The policy cannot start this run: " + misfit);
  }
  state_.policy.network = actor.mean;
  // An agent that has learned is sure of itself; to learn something else it has to try again.
  state_.policy.extra = actor.log_std.cwiseMax(static_cast<float>(settings_.initial_log_std));
  state_.normaliser = actor.normaliser;
  return {};
}

void PpoLearner::Decode(ArchiveReader& reader, const GaussianActor& actor) {
  LearnerState state = state_;
  if (const std::string misfit = MisfitOf(actor); reader.ok() && !misfit.empty()) {
    reader.Refuse(misfit);
  }
  state.policy.network = actor.mean;
  state.policy.extra = actor.log_std;
  state.normaliser = actor.normaliser;
  state.policy.Decode(reader, "policy", false);
  state.value.Decode(reader, "value", true);
  state.cost_value.Decode(reader, "cost_value", true);
  state.multiplier.Decode(reader);
  if (reader.ok()) state_ = std::move(state);
}

}  // namespace lookout::agents
