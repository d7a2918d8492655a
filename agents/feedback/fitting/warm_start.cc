#include "agents/feedback/fitting/warm_start.h"

#include <Eigen/Core>
#include <cstddef>
#include <utility>

namespace lookout::agents {

Mlp WarmStart::NetworkFor(int member, const Normaliser& next) const {
  Mlp network = before->members[static_cast<std::size_t>(member)];
  const Normaliser& known = before->normaliser;
  const int in = network.input_dim();
  const int out = network.layer_sizes()[1];
  float* const parameters = network.mutable_parameters().data();
  Eigen::Map<Eigen::MatrixXf> weights(parameters, out, in);
  Eigen::Map<Eigen::VectorXf> bias(parameters + static_cast<std::ptrdiff_t>(in) * out, out);
  // (v - shift) * scale of before, in terms of the same of next. An input that hardly varied before
  // may vary now: what was cut off then must not become a weight without bound.
  constexpr float kMostFactor = 10.0F;
  const Eigen::VectorXf factor = known.scale().cwiseQuotient(next.scale()).cwiseMin(kMostFactor);
  const Eigen::VectorXf moved = (next.shift() - known.shift())
                                    .cwiseProduct(known.scale())
                                    .cwiseMin(Normaliser::kClip)
                                    .cwiseMax(-Normaliser::kClip);
  bias += weights * moved;
  weights = weights * factor.asDiagonal();
  return network;
}

std::optional<WarmStart> WarmStartFrom(const CostModelPtr& before, const LabelSet& labels,
                                       const CostModelSettings& settings,
                                       const CostInputs& inputs) {
  const CostEnsemble* ensemble = before != nullptr ? before->ensemble() : nullptr;
  if (ensemble == nullptr || ensemble->signature != settings.signature ||
      ensemble->inputs != inputs || std::ssize(ensemble->members) != settings.members ||
      ensemble->members[0].layer_sizes() !=
          std::vector<int>{inputs.dim(), settings.hidden, settings.hidden, 1}) {
    return {};
  }
  if (labels.points.empty()) return WarmStart{ensemble, {}};
  if (ensemble->episodes.empty()) return {};
  auto split = ContinueSplit(labels, settings.held_out_fraction, ensemble->episodes);
  if (!split) return {};
  return WarmStart{ensemble, std::move(*split)};
}

}  // namespace lookout::agents
