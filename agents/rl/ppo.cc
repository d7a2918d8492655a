#include "agents/rl/ppo.h"

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

Result<bool> PpoLearner::Update(RolloutBuffer& buffer, int iteration, WorkerPool& pool,
                                const KeepGoing& keep_going, IterationReport& report) {
  NormaliseObservations(buffer);
  estimator_.Estimate(state_.value.network, buffer, {settings_.gamma, settings_.gae_lambda},
                      buffer.rewards, pool, buffer.values, buffer.advantages, buffer.value_targets);
  Normalise(buffer.advantages.head(buffer.size));
  const bool constrained = settings_.algorithm == Algorithm::kPpoLagrangian;
  if (constrained) {
    estimator_.Estimate(state_.cost_value.network, buffer,
                        {settings_.cost_gamma, settings_.cost_gae_lambda}, buffer.costs, pool,
                        buffer.cost_values, buffer.cost_advantages, buffer.cost_value_targets);
    Centre(buffer.cost_advantages.head(buffer.size));
    if (std::isfinite(report.constrained_cost)) {
      state_.multiplier.Update(report.constrained_cost, settings_.cost_limit);
    }
  }
  auto done = passes_.Run(state_, buffer, iteration, pool, keep_going, report);
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
  state_.policy.extra = actor.log_std;
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
