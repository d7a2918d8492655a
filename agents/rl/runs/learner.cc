#include "agents/rl/runs/learner.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "agents/rl/rollouts/gae.h"

namespace lookout::agents {
namespace {

// How much of the update's progress belongs to the policy.
constexpr double kPolicyShare = 0.4;

constexpr std::string_view kValueStates = "value.states";
constexpr std::string_view kCostValueStates = "cost_value.states";

// What networks remember of the environments' episodes; those without memory write nothing.
void EncodeStates(const Eigen::MatrixXf& states, std::string_view name, ArchiveWriter& writer) {
  if (states.size() > 0) writer.Floats(name, {states.data(), std::size_t(states.size())});
}

void DecodeStates(ArchiveReader& reader, std::string_view name, Eigen::MatrixXf& states) {
  if (states.size() == 0) return;
  const Eigen::VectorXf values = reader.Floats(name, states.size());
  if (reader.ok()) states = values.reshaped(states.rows(), states.cols());
}

}  // namespace

Learner::Learner(const TrainingSettings& settings, const sim::EnvironmentSpec& spec)
    : settings_(settings),
      origin_(PolicyOrigin::Of(spec)),
      state_(FreshState(settings, spec)),
      saved_(state_),
      estimator_(state_.value.network, settings.steps_per_iteration, settings.workers),
      policy_update_(MakePolicyUpdate(settings, spec, state_)),
      value_epochs_(settings, state_) {}

GaussianActor Learner::Actor(int iteration) const {
  return {.name = std::string(AlgorithmName(settings_.algorithm)),
          .origin = origin_,
          .iteration = iteration,
          .mean = state_.policy.network,
          .log_std = state_.policy.log_std,
          .action_repeat = settings_.action_repeat,
          .normaliser = state_.normaliser};
}

std::shared_ptr<const Critics> Learner::Expectations() const {
  return std::make_shared<const Critics>(
      Critics{.value = state_.value.network,
              .cost_value = state_.cost_value.network,
              .cost_value_is_trained = IsConstrained(settings_.algorithm)});
}

bool Learner::NormaliseObservations(RolloutBuffer& buffer) {
  if (!state_.normaliser) return true;
  // New statistics count from the next collection on, so that this one is learned from as it was
  // acted in. The very first has none: its values are learned with its own statistics, but of the
  // policy the likelihoods of actions chosen from raw values would say nothing.
  const bool acted_normalised = state_.normaliser->count() > 0;
  Normaliser next = *state_.normaliser;
  next.Update(buffer.observations.leftCols(buffer.size));
  const Normaliser& present = acted_normalised ? *state_.normaliser : next;
  present.Apply(buffer.observations.leftCols(buffer.size));
  present.Apply(buffer.next_observations.leftCols(buffer.size));
  state_.normaliser = std::move(next);
  return acted_normalised;
}

void Learner::EstimateAdvantages(RolloutBuffer& buffer, WorkerPool& pool) {
  // The settings' discounts are of one environment step, a sample stands for several.
  const auto discounting = [this](double gamma, double lambda) {
    return Discounting{std::pow(gamma, settings_.action_repeat), lambda, settings_.lambda_targets};
  };
  const auto penalty = static_cast<float>(settings_.block_penalty);
  if (settings_.learn_from == LearnFrom::kProposed && penalty > 0.0F) {
    for (int i = 0; i < buffer.size; ++i) {
      if (buffer.blocked_steps[i] > 0.0F) buffer.rewards[i] -= penalty;
    }
  }
  estimator_.Estimate(
      state_.value.network, buffer, discounting(settings_.gamma, settings_.gae_lambda), pool,
      {buffer.rewards, buffer.value_states, buffer.values, buffer.advantages, buffer.value_targets},
      state_.remembered_values);
  buffer.block_penalty = penalty / Normalise(buffer.advantages.head(buffer.size));
  if (!IsConstrained(settings_.algorithm)) return;
  estimator_.Estimate(state_.cost_value.network, buffer,
                      discounting(settings_.cost_gamma, settings_.cost_gae_lambda), pool,
                      {buffer.costs, buffer.cost_value_states, buffer.cost_values,
                       buffer.cost_advantages, buffer.cost_value_targets},
                      state_.remembered_cost_values);
  // The 2019 agents do not scale them, so that a step's cost keeps its size against the limit; CPO
  // could not compare it with the limit otherwise.
  if (settings_.normalise_cost_advantages && settings_.algorithm != Algorithm::kCpo) {
    Normalise(buffer.cost_advantages.head(buffer.size));
  } else {
    Centre(buffer.cost_advantages.head(buffer.size));
  }
}

void Learner::SetLearningRates(IterationReport& report) {
  const double before = double(report.steps - settings_.steps_per_iteration);
  const double done = std::clamp(before / double(settings_.total_steps), 0.0, 1.0);
  const double share = 1.0 + done * (settings_.final_learning_rate - 1.0);
  report.learning_rate = share * settings_.policy_learning_rate;
  state_.policy.set_learning_rate(report.learning_rate);
  state_.value.set_learning_rate(share * settings_.value_learning_rate);
  state_.cost_value.set_learning_rate(share * settings_.value_learning_rate);
}

Result<bool> Learner::Update(RolloutBuffer& buffer, int iteration, WorkerPool& pool,
                             const KeepGoing& keep_going, IterationReport& report) {
  const bool acted_as_learned = NormaliseObservations(buffer);
  EstimateAdvantages(buffer, pool);
  SetLearningRates(report);
  const auto part = [&](double begin, double share) -> KeepGoing {
    if (!keep_going) return {};
    return [&keep_going, begin, share](double done) { return keep_going(begin + share * done); };
  };
  const KeepGoing during_policy = part(0.0, kPolicyShare);
  if (HasMultiplier(settings_.algorithm)) report.multiplier = state_.multiplier.value();
  if (acted_as_learned && iteration > settings_.warm_up_iterations) {
    auto improved = policy_update_->Run(state_, {buffer, iteration, pool, during_policy}, report);
    if (!improved.ok() || !*improved) return improved;
  }
  report.entropy = GaussianEntropy(state_.policy.log_std);
  const KeepGoing during_values = part(kPolicyShare, 1.0 - kPolicyShare);
  return value_epochs_.Run(state_, {buffer, iteration, pool, during_values}, report);
}

void Learner::Encode(ArchiveWriter& writer) const {
  state_.policy.Encode(writer, "policy", false);
  state_.value.Encode(writer, "value", true);
  state_.cost_value.Encode(writer, "cost_value", true);
  state_.multiplier.Encode(writer);
  EncodeStates(state_.remembered_values, kValueStates, writer);
  EncodeStates(state_.remembered_cost_values, kCostValueStates, writer);
}

std::string Learner::MisfitOf(const GaussianActor& actor) const {
  if (actor.mean.SizesText() != state_.policy.network.SizesText()) {
    return fmt::format(
        "its policy network has layers of {} neurons, expected {}; check --network, --hidden{}.",
        actor.mean.SizesText(), state_.policy.network.SizesText(),
        IsTransformer(settings_.network) || actor.mean.transformer() != nullptr
            ? ", --network-layers, --attention-heads and --memory-length"
        : StacksFrames(settings_) || actor.mean.stacked() != nullptr ? " and --stacked-frames"
                                                                     : "");
  }
  if (actor.normaliser.has_value() != state_.normaliser.has_value()) {
    return actor.normaliser ? "it normalises observations, this run does not; add "
                              "--normalise-observations 1."
                            : "it does not normalise observations, this run does; add "
                              "--normalise-observations 0.";
  }
  return {};
}

Status Learner::StartFrom(const GaussianActor& actor) {
  if (const std::string misfit = MisfitOf(actor); !misfit.empty()) {
    return BadInput("The policy cannot start this run: " + misfit);
  }
  state_.policy.network = actor.mean;
  // An agent that has learned is sure of itself; to learn something else it has to try again.
  state_.policy.log_std = actor.log_std.cwiseMax(static_cast<float>(settings_.initial_log_std));
  state_.normaliser = actor.normaliser;
  return {};
}

void Learner::Decode(ArchiveReader& reader, const GaussianActor& actor) {
  LearnerState state = state_;
  if (const std::string misfit = MisfitOf(actor); reader.ok() && !misfit.empty()) {
    reader.Reject(misfit);
  }
  state.policy.network = actor.mean;
  state.policy.log_std = actor.log_std;
  state.normaliser = actor.normaliser;
  state.policy.Decode(reader, "policy", false);
  state.value.Decode(reader, "value", true);
  state.cost_value.Decode(reader, "cost_value", true);
  state.multiplier.Decode(reader);
  DecodeStates(reader, kValueStates, state.remembered_values);
  DecodeStates(reader, kCostValueStates, state.remembered_cost_values);
  if (reader.ok()) state_ = std::move(state);
}

}  // namespace lookout::agents
