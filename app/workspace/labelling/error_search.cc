#include "app/workspace/labelling/error_search.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <utility>
#include <vector>

#include "agents/feedback/models/unsafe_threshold.h"

namespace lookout::app {
namespace {

// What was said of one step.
struct Said {
  bool unsafe = false;
  bool safe = false;
};

void Note(const agents::Mark& mark, std::vector<Said>& said) {
  if (mark.verdict == agents::Verdict::kUnsure) return;
  const auto last_step = static_cast<StepIndex>(said.size()) - 1;
  const agents::Segment judged = JudgedSteps(mark);
  for (StepIndex step = judged.first; step <= std::min(last_step, judged.last); ++step) {
    Said& here = said[static_cast<std::size_t>(step)];
    (mark.verdict == agents::Verdict::kUnsafe ? here.unsafe : here.safe) = true;
  }
}

}  // namespace

Reference RuleOf(const ui::EpisodeTrack& track) {
  return [&track](StepIndex step) -> std::optional<bool> {
    if (step >= track.steps()) return std::nullopt;
    return track.cost[static_cast<std::size_t>(step)] > 0.0F;
  };
}

Reference MarksOfOthers(const agents::FeedbackSet& feedback, EpisodeId episode,
                        const std::string& annotator, StepIndex steps) {
  const auto said = std::make_shared<std::vector<Said>>(static_cast<std::size_t>(steps));
  for (const auto& [id, mark] : feedback.marks()) {
    if (mark.episode == episode && mark.annotator != annotator) Note(mark, *said);
  }
  return [said](StepIndex step) -> std::optional<bool> {
    const auto at = static_cast<std::size_t>(step);
    if (at >= said->size() || (*said)[at].unsafe == (*said)[at].safe) return std::nullopt;
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
