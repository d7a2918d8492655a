// The learned cost, its spread and the rule's cost over the floor, for the robot's present heading
// and speed. One thread.
#pragma once

#include <Eigen/Core>

#include "agents/feedback/cost_model.h"
#include "app/workers/worlds.h"
#include "sim/recording.h"
#include "ui/snapshots.h"

namespace lookout::app {

// The moment that is on screen.
struct SurveyRequest {
  ui::EpisodeScenePtr scene;
  StepIndex step = 0;
  sim::StepRecord record;  // of that step
};

class FieldSurvey {
 public:
  static constexpr int kCells = 64;         // along each side
  static constexpr double kMargin_m = 0.5;  // of floor beyond the placements' extents

  explicit FieldSurvey(Worlds worlds) : worlds_(std::move(worlds)) {}

  // Every value is of its cell's centre. Without a model, or with one for other observations,
  // `field.model` is 0 and there are no cells. Refuses an episode whose world cannot be rebuilt.
  Status Compute(const SurveyRequest& request, const agents::CostModel* model,
                 ui::FieldSnapshot& field);

 private:
  Status EnterWorld(const SurveyRequest& request);
  void Probe(const SurveyRequest& request, ui::FieldSnapshot& field);

  Worlds worlds_;
  Worlds::Gym gym_;  // of episode_, in the state last asked about
  EpisodeId episode_;
  agents::CostModelWorkspace workspace_;
  Eigen::Matrix3Xd object_positions_;
  Eigen::MatrixXf observations_;  // [observation_dim x cells]
};

}  // namespace lookout::app
