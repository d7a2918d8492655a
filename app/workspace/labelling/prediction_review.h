// Keeps what the present cost model predicts for the episode on screen: steps that it predicted
// while they were recorded as they are, all others predicted anew in the background. Window thread
// only.
#pragma once

#include <optional>

#include "app/workers/cost_field/episode_prediction.h"
#include "ui/model/prediction_series.h"

namespace lookout::app {

class PredictionReview {
 public:
  // Once a frame. track: the episode on screen, or null; model: in use for it, or null;
  // reuse_recorded: what it predicted while steps were recorded is what it says now. Returns what
  // is to be predicted, if that was not asked for before.
  std::optional<PredictRequest> Follow(const ui::EpisodeTrack* track,
                                       const agents::CostModelPtr& model, bool reuse_recorded);
  // The answer; one that is about something else by now is passed over.
  void OnPredicted(const EpisodePredictions& predictions);

  // Null if there is no model that could predict the episode on screen.
  const ui::PredictionSeries* series() const { return fits_ ? &series_ : nullptr; }

 private:
  ui::PredictionSeries series_;
  agents::CostModelPtr model_;  // whose
  bool fits_ = false;
  bool asked_ = false;
};

}  // namespace lookout::app
