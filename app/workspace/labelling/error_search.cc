#include "app/workspace/labelling/error_search.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

#include "agents/feedback/evaluation/class_evaluation.h"
#include "agents/feedback/models/unsafe_threshold.h"

namespace lookout::app {
namespace {

// What was said of one step.
struct Said {
  bool unsafe = false;
  bool safe = false;
  bool other = false;  // unsafe as another class than the one that is asked about

  bool contradictory() const { return unsafe && safe; }
  bool anything() const { return unsafe || safe || other; }
};

void Note(const agents::Mark& mark, agents::DangerClass danger, std::vector<Said>& said) {
  if (mark.verdict == agents::Verdict::kUnsure) return;
  const bool unsafe = mark.verdict == agents::Verdict::kUnsafe;
  if (unsafe && danger != 0 && mark.danger == 0) return;
  const bool is_other = unsafe && danger != 0 && mark.danger != danger;
  const auto last_step = static_cast<StepIndex>(said.size()) - 1;
  const agents::Segment judged = JudgedSteps(mark);
  for (StepIndex step = judged.first; step <= std::min(last_step, judged.last); ++step) {
    Said& here = said[static_cast<std::size_t>(step)];
    (is_other ? here.other : unsafe ? here.unsafe : here.safe) = true;
  }
}

}  // namespace

bool RuleKnows(agents::DangerClass danger, const agents::DangerClasses& names) {
  return danger == 0 || (!names.IsRenamed(danger) && agents::DangerKindOf(danger));
}

Reference RuleOf(const ui::EpisodeTrack& track, agents::DangerClass danger) {
  const std::optional<std::size_t> kind = agents::DangerKindOf(danger);
  return [&track, kind](StepIndex step) -> std::optional<bool> {
    if (step >= track.steps()) return std::nullopt;
    if (kind) return agents::DangersOf(track.step(step).costs)[*kind];
    return track.cost[static_cast<std::size_t>(step)] > 0.0F;
  };
}

Reference MarksOfOthers(const agents::FeedbackSet& feedback, EpisodeId episode,
                        const std::string& annotator, StepIndex steps, agents::DangerClass danger) {
  const auto said = std::make_shared<std::vector<Said>>(static_cast<std::size_t>(steps));
  for (const auto& [id, mark] : feedback.marks()) {
    if (mark.episode == episode && mark.annotator != annotator) Note(mark, danger, *said);
  }
  return [said](StepIndex step) -> std::optional<bool> {
    const auto at = static_cast<std::size_t>(step);
    if (at >= said->size() || !(*said)[at].anything() || (*said)[at].contradictory()) {
      return std::nullopt;
    }
    return (*said)[at].unsafe;
  };
}

std::optional<StepIndex> NextErrorIn(std::span<const float> predicted, const Reference& reference,
                                     agents::QueryReason reason, StepIndex from) {
  const bool alarm = reason == agents::QueryReason::kFalseAlarm;
  const auto is_error = [&](StepIndex step) {
    const float value = predicted[static_cast<std::size_t>(step)];
    if (std::isnan(value) || (value >= agents::kUnsafeFrom) != alarm) return false;
    const std::optional<bool> unsafe = reference(step);
    return unsafe && *unsafe != alarm;
  };
  const auto steps = static_cast<StepIndex>(predicted.size());
  const StepIndex begin = std::max(0, from);
  bool before = begin > 0 && begin <= steps && is_error(begin - 1);
  for (StepIndex step = begin; step < steps; ++step) {
    const bool here = is_error(step);
    if (here && !before) return step;
    before = here;
  }
  return std::nullopt;
}

std::optional<std::span<const float>> ErrorSearch::Predicted(
    const ui::EpisodeTrack& track, const agents::CostModelPtr& model, bool reuse_recorded,
    const std::function<void(PredictRequest)>& predict) {
  if (auto request = prediction.Follow(&track, model, reuse_recorded)) {
    predicted_steps = track.steps();  // one that is played has more when the answer comes
    predict(std::move(*request));
  }
  const ui::PredictionSeries* series = prediction.series();
  if (series == nullptr) return track.predicted_cost;
  const StepIndex needed = predicted_steps > 0 ? predicted_steps : track.steps();
  if (series->steps() < needed) return std::nullopt;
  return series->cost;
}

}  // namespace lookout::app
