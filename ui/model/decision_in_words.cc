#include "ui/model/decision_in_words.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

namespace lookout::ui {
namespace {

constexpr Eigen::Index kMostNumbers = 3;

}  // namespace

Fate FateOf(const sim::StepRecord& step) {
  if (!step.overseer) return Fate::kPassed;
  const Eigen::VectorXf wanted = step.Proposed().cwiseMax(-1.0F).cwiseMin(1.0F);
  const bool done = wanted == step.executed_action.cast<float>();
  if (!done && step.status == sim::EpisodeStatus::kTimedOut && step.executed_action.isZero()) {
    return Fate::kEnded;
  }
  return done && step.source == sim::ActionSource::kHuman ? Fate::kLetPassed : Fate::kBlocked;
}

std::string FateInWords(const sim::StepRecord& step) {
  switch (FateOf(step)) {
    case Fate::kPassed:
      break;
    case Fate::kBlocked:
      return "Blocked by " + *step.overseer;
    case Fate::kLetPassed:
      return "Let pass by " + *step.overseer;
    case Fate::kEnded:
      return "Ended by " + *step.overseer;
  }
  return {};
}

std::string ActionInWords(const Eigen::Ref<const Eigen::VectorXf>& action) {
  std::string words;
  const Eigen::Index shown = action.size() > kMostNumbers + 1 ? kMostNumbers : action.size();
  for (Eigen::Index i = 0; i < shown; ++i) {
    const float number = std::clamp(action[i], -1.0F, 1.0F);
    const bool below = number <= -0.005F;
    words +=
        fmt::format("{}{}{:.2f}", i > 0 ? ", " : "", below ? "\xE2\x88\x92" : "", std::abs(number));
  }
  return shown < action.size() ? words + ", \xE2\x80\xA6" : words;
}

}  // namespace lookout::ui
