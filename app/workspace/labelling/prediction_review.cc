#include "app/workspace/labelling/prediction_review.h"

namespace lookout::app {

std::optional<PredictRequest> PredictionReview::Follow(const ui::EpisodeTrack* track,
                                                       const agents::CostModelPtr& model,
                                                       bool reuse_recorded) {
  if (track == nullptr || !model) {
    series_ = {};
    model_ = nullptr;
    fits_ = false;
    return {};
  }
  if (series_.episode != track->id() || model_ != model) {
    series_ = {};
    model_ = model;
    series_.episode = track->id();
    series_.model = model->id();
    fits_ = model->Fits(track->scene().spec.signature());
    asked_ = false;
  }
  if (!fits_ || asked_) return {};
  while (reuse_recorded && series_.steps() < track->steps()) {
    const sim::StepRecord& next = track->step(series_.steps());
    if (next.cost_model != model->id()) break;
    series_.Append(next.predicted_cost, next.predicted_cost_spread);
  }
  if (series_.steps() == track->steps()) return {};
  asked_ = true;
  return PredictRequest{track->scene_ptr(), track->chunks(), series_.steps(), model};
}

void PredictionReview::OnPredicted(const EpisodePredictions& predictions) {
  const bool awaited = asked_ && predictions.episode == series_.episode &&
                       predictions.model == model_ && predictions.first_step == series_.steps();
  if (!awaited) return;
  asked_ = false;
  for (std::size_t i = 0; i < predictions.cost.size(); ++i) {
    series_.Append(predictions.cost[i], predictions.spread[i]);
  }
  // The model turned out not to fit, so there is nothing to wait for.
  if (predictions.cost.empty()) fits_ = false;
}

}  // namespace lookout::app
