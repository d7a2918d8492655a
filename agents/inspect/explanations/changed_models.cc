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

}  // namespace

int WeightLayers(const CostEnsemble& ensemble) {
  return static_cast<int>(ensemble.members[0].layer_sizes().size()) - 1;
}

CostModelPtr WithRandomLayers(const CostEnsemble& ensemble, int layers, std::uint32_t seed) {
  LOOKOUT_CHECK(layers >= 1 && layers <= WeightLayers(ensemble), "no such layers");
  CostEnsemble changed = ensemble;
  RandomState random(seed);
  for (Mlp& member : changed.members) {
    Mlp fresh(member.layer_sizes());
    fresh.InitialiseOrthogonal(random, /*output_gain=*/1.0);
    const int kept = ParametersBefore(member, layers);
    const int drawn = member.parameter_count() - kept;
    member.mutable_parameters().tail(drawn) = fresh.parameters().tail(drawn);
  }
  return MakeCostModel(std::move(changed));
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
