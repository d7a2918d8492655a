#include "app/workspace/labelling/prediction_review.h"

namespace lookout::app {

std::optional<PredictRequest> PredictionReview::Follow(const ui::EpisodeTrack* track,
                                                       const agents::CostModelPtr& model) {
  if (track == nullptr || !model) {
    series_ = {};
    fits_ = false;
    return {};
  }
  if (series_.episode != track->id() || series_.model != model->id()) {
    series_ = {};
    series_.episode = track->id();
    series_.model = model->id();
    fits_ = model->Fits(track->scene().spec.signature());
    asked_ = false;
  }
  if (!fits_ || asked_) return {};
  while (series_.steps() < track->steps()) {
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
                       predictions.model == series_.model &&
                       predictions.first_step == series_.steps();
  if (!awaited) return;
  asked_ = false;
  for (std::size_t i = 0; i < predictions.cost.size(); ++i) {
    series_.Append(predictions.cost[i], predictions.spread[i]);
  }
  // The model turned out not to fit, so there is nothing to wait for.
  if (predictions.cost.empty()) fits_ = false;
}

}  // namespace lookout::app
