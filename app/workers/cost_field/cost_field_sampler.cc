#include "app/workers/cost_field/cost_field_sampler.h"

#include <utility>

#include "sim/engine/probe.h"

namespace lookout::app {
namespace {

void LayGrid(const sim::EnvironmentConfig& config, ui::FieldSnapshot& field) {
  const sim::Rectangle& extents = config.placements_extents;
  field.min_x_m = static_cast<float>(extents[0] - CostFieldSampler::kMargin_m);
  field.min_y_m = static_cast<float>(extents[1] - CostFieldSampler::kMargin_m);
  field.max_x_m = static_cast<float>(extents[2] + CostFieldSampler::kMargin_m);
  field.max_y_m = static_cast<float>(extents[3] + CostFieldSampler::kMargin_m);
  field.columns = CostFieldSampler::kCells;
  field.rows = CostFieldSampler::kCells;
  constexpr std::size_t kCount = std::size_t{CostFieldSampler::kCells} * CostFieldSampler::kCells;
  field.predicted.resize(kCount);
  field.spread.resize(kCount);
  field.rule_cost.resize(kCount);
}

void ShowNothing(ui::FieldSnapshot& field) {
  field.model = {};
  field.columns = field.rows = 0;
  field.predicted.clear();
  field.spread.clear();
  field.rule_cost.clear();
  field.total.clear();
  field.use = {};
}

double CellCentre(float low, float high, int cell) {
  return low + (high - low) * (cell + 0.5) / CostFieldSampler::kCells;
}

Eigen::Map<Eigen::VectorXf> AsVector(std::vector<float>& values) {
  return {values.data(), static_cast<Eigen::Index>(values.size())};
}

}  // namespace

Status CostFieldSampler::Compute(const CostFieldRequest& request, const agents::CostModel* model,
                                 ui::FieldSnapshot& field, const agents::CostModel* total) {
  field.episode = request.scene->header->id;
  field.step = request.step;
  // Nothing to ask a model about without a world to ask it in.
  if (!model || !request.record.state || !model->CheckFits(request.scene->spec)) {
    ShowNothing(field);
    return {};
  }
  if (Status entered = EnterWorld(request); !entered) {
    ShowNothing(field);
    return entered;
  }
  LayGrid(request.scene->header->config, field);
  Probe(request, field);
  model->PredictWith(workspace_, observations_, AsVector(field.predicted), AsVector(field.spread));
  field.model = model->id();
  field.use = request.use;
  if (total == nullptr) field.use.danger = 0;
  field.total.resize(total != nullptr ? field.predicted.size() : 0);
  if (total != nullptr) {
    Eigen::VectorXf spread(observations_.cols());
    total->PredictWith(workspace_, observations_, AsVector(field.total), spread);
  }
  return {};
}

Status CostFieldSampler::EnterWorld(const CostFieldRequest& request) {
  const sim::EpisodeHeader& header = *request.scene->header;
  if (gym_ && episode_ == header.id) return gym_->Restore(*request.record.state);
  gym_.reset();
  Result<EnvironmentFactory::Gym> gym =
      factory_.from_episode(header.config, header.setup, *request.record.state);
  if (!gym) return gym.error();
  gym_ = std::move(gym).value();
  episode_ = header.id;
  return {};
}

void CostFieldSampler::Probe(const CostFieldRequest& request, ui::FieldSnapshot& field) {
  gym_->ObjectPositions(object_positions_);
  const Eigen::VectorXd here = request.record.observation.cast<double>();
  const sim::ObservationProbe probe(gym_->config(), gym_->scene(), here,
                                    gym_->world_from_robot_rotation(), object_positions_);
  observations_.resize(here.size(), Eigen::Index{kCells} * kCells);
  Eigen::VectorXd there(here.size());
  for (int row = 0; row < kCells; ++row) {
    const double y_m = CellCentre(field.min_y_m, field.max_y_m, row);
    for (int column = 0; column < kCells; ++column) {
      const double x_m = CellCentre(field.min_x_m, field.max_x_m, column);
      const int cell = row * kCells + column;
      probe.ObservationAt(x_m, y_m, there);
      observations_.col(cell) = there.cast<float>();
      field.rule_cost[static_cast<std::size_t>(cell)] =
          static_cast<float>(probe.RuleCostAt(x_m, y_m));
    }
  }
}

}  // namespace lookout::app
