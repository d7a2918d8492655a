#include "app/experiments/labels/stump.h"

#include <algorithm>
#include <limits>
#include <utility>
#include <vector>

#include "agents/feedback/models/cost_ensemble.h"

namespace lookout::app {
namespace {

using agents::LidarInput;

// So steep that a probability between 0 and 1 hardly occurs.
constexpr float kSteep = 1e7F;

struct Threshold {
  LidarInput lidar;
  float closeness = 0.0F;                                  // unsafe above it
  double wrong = std::numeric_limits<double>::infinity();  // weight of the points called wrong
};

struct SeenPoint {
  float closeness = 0.0F;
  double unsafe = 0.0;  // weight of what is said for either
  double safe = 0.0;
};

Threshold BestOf(const LidarInput& lidar, const agents::LabelSet& labels) {
  std::vector<SeenPoint> seen;
  double wrong = 0.0;  // with everything called unsafe
  for (std::size_t i = 0; i < labels.points.size(); ++i) {
    const agents::TargetPoint& point = labels.points[i];
    const double weight = double(point.weight) * double(point.stands_for);
    const auto values = labels.observations.col(static_cast<Eigen::Index>(i));
    seen.push_back({values.segment(lidar.offset, lidar.bins).maxCoeff(),
                    weight * double(point.target), weight * (1.0 - double(point.target))});
    wrong += seen.back().safe;
  }
  std::ranges::sort(seen, {}, &SeenPoint::closeness);
  Threshold best{lidar, seen.front().closeness - 1.0F, wrong};
  for (std::size_t i = 0; i < seen.size(); ++i) {  // called safe up to here
    wrong += seen[i].unsafe - seen[i].safe;
    const bool last = i + 1 == seen.size();
    const float next = last ? seen[i].closeness + 1.0F : seen[i + 1].closeness;
    if (next == seen[i].closeness || wrong >= best.wrong) continue;
    best = {lidar, 0.5F * (seen[i].closeness + next), wrong};
  }
  return best;
}

}  // namespace

Result<agents::CostModelPtr> FitStump(const agents::LabelSet& labels,
                                      const sim::ObservationSignature& signature, CostModelId id) {
  Threshold best;
  for (const LidarInput& lidar : agents::LidarInputs(signature)) {
    const Threshold here = BestOf(lidar, labels);
    if (here.wrong < best.wrong) best = here;
  }
  if (best.lidar.bins == 0) {
    return BadInput("There is no lidar to put a threshold on; leave out the row 'stump'.");
  }
  const int dim = signature.observation_dim();
  std::vector<int> left_out;
  for (int place = 0; place < dim; ++place) {
    if (place < best.lidar.offset || place >= best.lidar.offset + best.lidar.bins) {
      left_out.push_back(place);
    }
  }
  auto inputs = agents::CostInputs::Create(dim, {best.lidar}, std::move(left_out));
  if (!inputs) return inputs.error();
  agents::Mlp neuron({inputs->dim(), 1});
  neuron.mutable_parameters()[0] = kSteep;  // of the closeness, the first of a lidar's values
  neuron.mutable_parameters()[inputs->dim()] = -kSteep * best.closeness;
  agents::CostEnsemble ensemble{.id = id, .signature = signature, .inputs = std::move(*inputs)};
  ensemble.normaliser = agents::Normaliser(ensemble.inputs.dim());
  ensemble.members.push_back(std::move(neuron));
  return agents::MakeCostModel(std::move(ensemble));
}

agents::CostModelPtr CutAtHalf(const agents::CostModel& model) {
  agents::CostEnsemble ensemble = *model.ensemble();
  ensemble.calibration.temperature /= double(kSteep);
  ensemble.calibration.bias *= double(kSteep);
  return agents::MakeCostModel(std::move(ensemble));
}

}  // namespace lookout::app
