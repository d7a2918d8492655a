#include "agents/feedback/targets/step_opinions.h"

#include <algorithm>

namespace lookout::agents {
std::span<Opinion> StepOpinions::Of(const std::string& annotator, const Segment& segment) {
  const auto length = lengths_.find(segment.episode);
  if (length == lengths_.end() || length->second <= 0) return {};
  std::vector<Opinion>& steps = steps_[segment.episode][annotator];
  steps.resize(static_cast<std::size_t>(length->second));
  if (segment.first >= length->second) return {};
  const auto last = std::min(segment.last, length->second - 1);
  return std::span(steps).subspan(static_cast<std::size_t>(segment.first),
                                  static_cast<std::size_t>(last - segment.first + 1));
}

void StepOpinions::AddPoints(const FeedbackRecord& source, const Segment& segment, float target,
                             float weight) {
  for (Opinion& opinion : Of(source.annotator, segment)) {
    std::optional<MarkId>& first = target >= 0.5F ? opinion.unsafe : opinion.safe;
    if (!first) first = source.id;
    opinion.weighted_targets += double(target) * double(weight);
    opinion.weights += double(weight);
    opinion.greatest_weight = std::max(opinion.greatest_weight, weight);
  }
}

void StepOpinions::AddUnsure(const FeedbackRecord& source, const Segment& segment) {
  for (Opinion& opinion : Of(source.annotator, segment)) {
    if (!opinion.unsure) opinion.unsure = source.id;
  }
}

void StepOpinions::AddPair(const FeedbackRecord& source, const Segment& first,
                           const Segment& second, float preference, float strength) {
  pairs_.push_back({first, second, preference, strength, source.id});
}

void StepOpinions::AddPlace(const FeedbackRecord& source, const Region& region, float target,
                            float weight) {
  if (places_ == nullptr) return;
  for (const auto& [episode, length] : lengths_) {
    const bool holds = HoldsIn(region, *places_, episode);
    // Step 0 is a state like any other.
    for (StepIndex step = 0; holds && step < length; ++step) {
      if (!IsInside(region, *places_, episode, step)) continue;
      AddPoints(source, {episode, step, step}, target, weight);
    }
  }
}

}  // namespace lookout::agents
