#include "app/experiments/selection/evolved_actor.h"

#include <algorithm>
#include <cmath>
#include <utility>

#include "agents/inspect/explanations/changed_models.h"

namespace lookout::app {

EvolvedActor::EvolvedActor(agents::GaussianActor actor, int layers)
    : actor_(std::move(actor)),
      evolved_(agents::ParametersOfLast(actor_.mean,
                                        std::min(layers, agents::WeightLayers(actor_.mean)))) {}

Eigen::VectorXd EvolvedActor::start() const {
  return actor_.mean.parameters().tail(evolved_).cast<double>();
}

double EvolvedActor::scale() const {
  const double scale = std::sqrt(start().squaredNorm() / double(evolved_));
  return scale > 0.0 ? scale : 1.0;
}

agents::PolicyPtr EvolvedActor::With(const Eigen::Ref<const Eigen::VectorXd>& parameters) const {
  agents::GaussianActor changed = actor_;
  changed.mean.mutable_parameters().tail(evolved_) = parameters.cast<float>();
  return agents::MakeGaussianPolicy(std::move(changed), /*deterministic=*/true);
}

}  // namespace lookout::app
