#include "ui/snapshots.h"

namespace lookout::ui {

const char* AgentKindName(AgentKind kind) {
  switch (kind) {
    case AgentKind::kRandom:
      return "Random";
    case AgentKind::kGoToGoal:
      return "Go to goal";
    case AgentKind::kCareful:
      return "Go to goal, careful";
    case AgentKind::kHuman:
      return "You";
    case AgentKind::kNewestPolicy:
      return "Policy in training";
    case AgentKind::kNamedPolicy:
      return "Shipped policy";
  }
  return "";
}

const char* TrainingStateName(TrainingState state) {
  switch (state) {
    case TrainingState::kIdle:
      return "idle";
    case TrainingState::kStarting:
      return "starting";
    case TrainingState::kRunning:
      return "running";
    case TrainingState::kPaused:
      return "paused";
    case TrainingState::kStopping:
      return "stopping";
    case TrainingState::kDone:
      return "done";
    case TrainingState::kFailed:
      return "failed";
  }
  return "";
}

bool IsActive(TrainingState state) {
  return state == TrainingState::kStarting || state == TrainingState::kRunning ||
         state == TrainingState::kPaused || state == TrainingState::kStopping;
}

const char* FieldQuantityName(FieldQuantity quantity) {
  switch (quantity) {
    case FieldQuantity::kPredicted:
      return "Predicted cost";
    case FieldQuantity::kSpread:
      return "Ensemble spread";
    case FieldQuantity::kErrorAgainstRule:
      return "Error against the rule";
  }
  return "";
}

const char* InputModeName(InputMode mode) {
  switch (mode) {
    case InputMode::kView:
      return "View";
    case InputMode::kDrive:
      return "Drive";
    case InputMode::kOversee:
      return "Oversee";
    case InputMode::kMark:
      return "Mark";
  }
  return "";
}

const sim::StepRecord* Snapshots::shown_step() const {
  if (playhead.live && player.episode == playhead.episode && player.episode) return &player.now;
  const EpisodeTrack* track = shown_episode();
  if (track == nullptr || playhead.step < 0 || playhead.step >= track->steps()) return nullptr;
  return &track->step(playhead.step);
}

const AttentionMoment* Snapshots::shown_attention() const {
  if (player.attention == nullptr || player.attention->episode != playhead.episode) return nullptr;
  return player.attention->LedTo(playhead.live ? player.step : playhead.step);
}

ShownPredictions Snapshots::shown_predictions() const {
  const EpisodeTrack* track = shown_episode();
  if (track == nullptr || blind()) return {};
  if (!recorded_predictions && present_predictions != nullptr &&
      present_predictions->episode == track->id()) {
    const PredictionSeries& present = *present_predictions;
    return {present.cost, present.spread, present.so_far, present.model, false, cost_use.danger};
  }
  const bool recorded = playhead.step >= 0 && playhead.step < track->steps();
  return {track->predicted_cost, track->predicted_spread, track->predicted_so_far,
          recorded ? track->step(playhead.step).cost_model : CostModelId{}, true};
}

}  // namespace lookout::ui
