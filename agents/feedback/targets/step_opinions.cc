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
                             float weight, DangerClass danger) {
  View(source, segment);
  Say(source, segment, target, weight, danger);
}

void StepOpinions::View(const FeedbackRecord& source, const Segment& segment) {
  const Provenance& asked = source.on_screen;
  if (asked.mode == kQueueMode) {
    if (asked.asked_span()) {
      clips_[segment.episode][source.annotator].push_back(
          {asked.asked_first, asked.asked_last, static_cast<float>(asked.asked_chance)});
    }
    return;
  }
  auto [at, is_new] =
      viewed_[segment.episode].try_emplace(source.annotator, Stretch{segment.first, segment.last});
  if (is_new) return;
  at->second = {std::min(at->second.first, segment.first), std::max(at->second.last, segment.last)};
}

void StepOpinions::FindViewed() {
  for (auto& [episode, by_annotator] : steps_) {
    for (auto& [annotator, steps] : by_annotator) {
      for (Opinion& opinion : steps) {
        opinion.viewed = opinion.unsafe || opinion.safe || opinion.unsure;
      }
    }
  }
  const auto view = [&](EpisodeId episode, const std::string& annotator, const Stretch& stretch) {
    for (Opinion& opinion : Of(annotator, {episode, stretch.first, stretch.last})) {
      opinion.viewed = true;
      opinion.audit_chance = std::max(opinion.audit_chance, stretch.audit_chance);
    }
  };
  for (const auto& [episode, by_annotator] : viewed_) {
    for (const auto& [annotator, stretch] : by_annotator) view(episode, annotator, stretch);
  }
  for (const auto& [episode, by_annotator] : clips_) {
    for (const auto& [annotator, clips] : by_annotator) {
      for (const Stretch& clip : clips) view(episode, annotator, clip);
    }
  }
}

void StepOpinions::Say(const FeedbackRecord& source, const Segment& segment, float target,
                       float weight, DangerClass danger) {
  for (Opinion& opinion : Of(source.annotator, segment)) {
    std::optional<MarkId>& first = target >= 0.5F ? opinion.unsafe : opinion.safe;
    if (!first) first = source.id;
    if (target >= 0.5F) opinion.dangers = static_cast<DangerSet>(opinion.dangers | SetOf(danger));
    if (weight < opinion.weight) continue;
    opinion.target = weight > opinion.weight ? target : std::max(opinion.target, target);
    opinion.weight = weight;
  }
}

void StepOpinions::AddUnsure(const FeedbackRecord& source, const Segment& segment) {
  View(source, segment);
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
      Say(source, {episode, step, step}, target, weight, region.danger);
    }
  }
}

}  // namespace lookout::agents
