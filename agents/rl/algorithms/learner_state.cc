#include "agents/rl/algorithms/learner_state.h"

#include "agents/rl/settings/settings.h"

namespace lookout::agents {
namespace {

// Of an orthogonal start: the first actions are nearly all noise, the first values nearly right.
constexpr double kPolicyOutputGain = 0.01;
constexpr double kValueOutputGain = 1.0;

Mlp FreshPerceptron(const TrainingSettings& settings, int inputs, int outputs, double output_gain,
                    RandomState& random) {
  Mlp mlp({inputs, settings.hidden, settings.hidden, outputs});
  if (settings.orthogonal_initialisation) {
    mlp.InitialiseOrthogonal(random, output_gain);
  } else {
    mlp.InitialiseGlorot(random);
  }
  return mlp;
}

SequenceNetwork FreshNetwork(const TrainingSettings& settings, int inputs, int outputs,
                             double output_gain, RandomState& random) {
  switch (settings.network) {
    case NetworkKind::kMlp:
      return FreshPerceptron(settings, inputs, outputs, output_gain, random);
    case NetworkKind::kStacked:
      return StackedNetwork(settings.stacked_frames,
                            FreshPerceptron(settings, settings.stacked_frames * inputs, outputs,
                                            output_gain, random));
    case NetworkKind::kGru: {
      GruNetwork gru(inputs, settings.hidden, outputs);
      gru.Initialise(random, output_gain);
      return gru;
    }
    case NetworkKind::kTrxl:
    case NetworkKind::kGtrxl: {
      TransformerNetwork transformer(TransformerSizesOf(settings, inputs, outputs));
      transformer.Initialise(random, output_gain, settings.gate_bias);
      return transformer;
    }
  }
  return {};
}

}  // namespace

LearnerState FreshState(const TrainingSettings& settings, const sim::EnvironmentSpec& spec) {
  RandomState random(StreamSeed(settings.seed, Stream::kNetworks));
  const auto network = [&](int outputs, double output_gain) {
    return FreshNetwork(settings, spec.observation_dim, outputs, output_gain, random);
  };
  LearnerState state;
  state.policy = TrainedNetwork(
      network(spec.action_dim, kPolicyOutputGain),
      Eigen::VectorXf::Constant(spec.action_dim, static_cast<float>(settings.initial_log_std)),
      {.learning_rate = settings.policy_learning_rate});
  const AdamSettings value_adam{.learning_rate = settings.value_learning_rate};
  state.value = TrainedNetwork(network(1, kValueOutputGain), {}, value_adam);
  state.cost_value = TrainedNetwork(network(1, kValueOutputGain), {}, value_adam);
  const StateDims dims = state.state_dims();
  state.remembered_values.setZero(dims.value, settings.environments);
  state.remembered_cost_values.setZero(dims.cost_value, settings.environments);
  state.multiplier = Multiplier(settings);
  if (settings.normalise_observations) state.normaliser = Normaliser(spec.observation_dim);
  return state;
}

Error NotFinite(std::string_view network, std::string_view option_to_lower) {
  return Error{"The loss or gradient of the " + std::string(network) +
               " is not a finite number; the networks before this iteration are kept. Lower --" +
               std::string(option_to_lower) + "."};
}

}  // namespace lookout::agents
