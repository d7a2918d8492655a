#include "agents/inspect/explanations/changed_models.h"

#include <utility>

#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

// Parameters of all layers but the last `layers`.
int ParametersBefore(const Mlp& network, int layers) {
  const std::vector<int>& sizes = network.layer_sizes();
  int count = 0;
  for (std::size_t k = 0; k + 1 + static_cast<std::size_t>(layers) < sizes.size(); ++k) {
    count += (sizes[k] + 1) * sizes[k + 1];
  }
  return count;
}

int WeightLayers(const Mlp& network) { return static_cast<int>(network.layer_sizes().size()) - 1; }

// Draws the last `layers` layers of such a network anew. parameters: all of it.
void DrawLastLayers(const Mlp& network, int layers, RandomState& random,
                    Eigen::VectorXf& parameters) {
  LOOKOUT_CHECK(layers >= 1 && layers <= WeightLayers(network), "no such layers");
  Mlp fresh(network.layer_sizes());
  fresh.InitialiseOrthogonal(random, /*output_gain=*/1.0);
  const int drawn = network.parameter_count() - ParametersBefore(network, layers);
  parameters.tail(drawn) = fresh.parameters().tail(drawn);
}

// Null: it is no perceptron.
const Mlp* PerceptronOf(const SequenceNetwork& network) {
  if (network.stacked() != nullptr) return &network.stacked()->mlp();
  return network.mlp();
}

}  // namespace

int WeightLayers(const CostEnsemble& ensemble) { return WeightLayers(ensemble.members[0]); }

int WeightLayers(const SequenceNetwork& network) {
  const Mlp* const perceptron = PerceptronOf(network);
  return perceptron != nullptr ? WeightLayers(*perceptron) : 1;
}

CostModelPtr WithRandomLayers(const CostEnsemble& ensemble, int layers, std::uint32_t seed) {
  CostEnsemble changed = ensemble;
  RandomState random(seed);
  for (Mlp& member : changed.members) {
    DrawLastLayers(member, layers, random, member.mutable_parameters());
  }
  return MakeCostModel(std::move(changed));
}

SequenceNetwork WithRandomLayers(const SequenceNetwork& network, int layers, std::uint32_t seed) {
  RandomState random(seed);
  if (const GruNetwork* const gru = network.gru(); gru != nullptr) {
    GruNetwork fresh = *gru;
    fresh.Initialise(random, /*output_gain=*/1.0);
    return fresh;
  }
  if (const TransformerNetwork* const transformer = network.transformer(); transformer != nullptr) {
    TransformerNetwork fresh = *transformer;
    fresh.Initialise(random, /*output_gain=*/1.0, /*gate_bias=*/2.0);
    return fresh;
  }
  SequenceNetwork changed = network;
  DrawLastLayers(*PerceptronOf(network), layers, random, changed.mutable_parameters());
  return changed;
}

LabelSet WithShuffledTargets(const LabelSet& labels, std::uint32_t seed) {
  LabelSet shuffled = labels;
  shuffled.pairs.clear();
  shuffled.pair_observations.resize(labels.pair_observations.rows(), 0);
  shuffled.pair_past = {};
  RandomState random(seed);
  for (std::size_t i = shuffled.points.size(); i > 1; --i) {
    const auto other = static_cast<std::size_t>(random.Choice(static_cast<int>(i)));
    std::swap(shuffled.points[i - 1].target, shuffled.points[other].target);
    std::swap(shuffled.points[i - 1].dangers, shuffled.points[other].dangers);
  }
  return shuffled;
}

CostModelPtr PlantedCue(const sim::ObservationSignature& signature, int place, float turn,
                        float steepness) {
  const int dim = signature.observation_dim();
  auto inputs = CostInputs::Create(dim, {});
  LOOKOUT_CHECK(inputs.ok() && place >= 0 && place < dim, "no such value to plant a cue in");
  Mlp network({dim, 1, 1});
  Eigen::VectorXf& parameters = network.mutable_parameters();
  parameters[place] = steepness;
  parameters[dim] = -steepness * turn;
  parameters[dim + 1] = steepness;
  CostEnsemble ensemble{.id = CostModelId{1},
                        .signature = signature,
                        .inputs = std::move(*inputs),
                        .normaliser = Normaliser(dim),
                        .members = {std::move(network)}};
  return MakeCostModel(std::move(ensemble));
}

}  // namespace lookout::agents
