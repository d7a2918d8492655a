// The learned cost, its spread and the rule's cost over the floor, for the robot's present heading
// and speed; to a cost model that looks back, as if nothing had moved and nothing been done. One
// thread.
#pragma once

#include <Eigen/Core>

#include "agents/feedback/models/cost_model.h"
#include "agents/feedback/models/cost_reading.h"
#include "app/workers/runtime/environment_factory.h"
#include "sim/recording/recording.h"
#include "ui/snapshots.h"

namespace lookout::app {

// The moment that is on screen.
struct CostFieldRequest {
  ui::EpisodeScenePtr scene;
  StepIndex step = 0;
  sim::StepRecord record;  // of that step
  CostModelId model;       // whose costs; 0: of the model in use
  agents::CostUse use;     // how it is read, where that is possible
};

class CostFieldSampler {
 public:
  static constexpr int kCells = 64;         // along each side
  static constexpr double kMargin_m = 0.5;  // of floor beyond the placements' extents

  explicit CostFieldSampler(EnvironmentFactory factory) : factory_(std::move(factory)) {}

  // Every value is of its cell's centre. Without a model, or with one for other observations,
  // `field.model` is 0 and there are no cells. Rejects an episode whose world cannot be rebuilt.
  // total: of a model that is read as one class of danger, the same read as its total; else null.
  Status Compute(const CostFieldRequest& request, const agents::CostModel* model,
                 ui::FieldSnapshot& field, const agents::CostModel* total = nullptr);

 private:
  Status EnterWorld(const CostFieldRequest& request);
  void Probe(const CostFieldRequest& request, ui::FieldSnapshot& field);

  EnvironmentFactory factory_;
  EnvironmentFactory::Gym gym_;  // of episode_, in the state last asked about
  EpisodeId episode_;
  agents::CostModelWorkspace workspace_;
  Eigen::Matrix3Xd object_positions_;
  Eigen::MatrixXf observations_;  // [observation_dim x cells]
};

}  // namespace lookout::app
