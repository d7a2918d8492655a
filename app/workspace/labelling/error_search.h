// Where a cost model and a reference differ along recorded episodes. Values and pure functions; any
// thread.
#pragma once

#include <functional>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "agents/feedback/journal/feedback_journal.h"
#include "agents/feedback/kinds/danger_classes.h"
#include "agents/feedback/queries/query.h"
#include "app/workspace/labelling/prediction_review.h"
#include "ui/commands.h"
#include "ui/model/episode_store.h"

namespace lookout::app {

// What the reference says of a step: unsafe, safe, or nothing.
using Reference = std::function<std::optional<bool>(StepIndex)>;

// Whether the rule says anything of that class of danger by itself: it charges for the kind of
// thing that the class is called by. Of 0, any danger, always.
bool RuleKnows(agents::DangerClass danger, const agents::DangerClasses& names);

// The episode's own rule: any cost is unsafe. danger: one that it knows; then any cost of that
// kind.
Reference RuleOf(const ui::EpisodeTrack& track, agents::DangerClass danger = 0);
// The marks of everybody but that annotator; nothing where none is or where they contradict.
// danger: of that class; what is marked as another danger alone is none of it, and what is unsafe
// without a name says nothing.
Reference MarksOfOthers(const agents::FeedbackSet& feedback, EpisodeId episode,
                        const std::string& annotator, StepIndex steps,
                        agents::DangerClass danger = 0);

// The first step of the next stretch of errors of that kind (kFalseAlarm: predicted unsafe though
// the reference says safe; kMiss: the other way round) that begins at `from` or later. Steps
// without a prediction, or of which the reference says nothing, are no errors.
std::optional<StepIndex> NextErrorIn(std::span<const float> predicted, const Reference& reference,
                                     agents::QueryReason reason, StepIndex from);

// A search that goes from episode to episode. Window thread only.
struct ErrorSearch {
  ui::GoToError wish;
  EpisodeId shown;                // when it began
  bool live = false;              // likewise
  std::vector<EpisodeId> due;     // the next one last
  PredictionReview prediction;    // of that one
  StepIndex predicted_steps = 0;  // of that one, when it went to be predicted; 0: it did not

  // What is shown of the episode when it is on screen: what the model in use predicts, which takes
  // a moment, or without a model that fits what was recorded. Nothing as long as it is not there.
  // reuse_recorded: as PredictionReview has it; predict: takes what is to be predicted.
  std::optional<std::span<const float>> Predicted(
      const ui::EpisodeTrack& track, const agents::CostModelPtr& model, bool reuse_recorded,
      const std::function<void(PredictRequest)>& predict);
};

}  // namespace lookout::app
