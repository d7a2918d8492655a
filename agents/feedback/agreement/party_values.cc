#include "agents/feedback/agreement/party_values.h"

#include <algorithm>

namespace lookout::agents {
namespace {

std::int8_t ValueOf(StepVerdict verdict, bool unmarked_is_safe) {
  switch (verdict) {
    case StepVerdict::kUnmarked:
      return unmarked_is_safe ? kSafeValue : kNoValue;
    case StepVerdict::kSafe:
      return kSafeValue;
    case StepVerdict::kUnsafe:
      return kUnsafeValue;
    case StepVerdict::kUnsure:
      break;
  }
  return kNoValue;
}

}  // namespace

EpisodeValues ValuesOf(const EpisodeOpinions& episode, bool unmarked_is_safe) {
  EpisodeValues values;
  for (const OpinionTrack& track : episode.tracks) {
    StepValues& of_track = values.annotators.emplace_back(track.verdicts.size());
    std::ranges::transform(track.verdicts, of_track.begin(),
                           [&](StepVerdict verdict) { return ValueOf(verdict, unmarked_is_safe); });
  }
  for (const float cost : episode.recorded.rule_costs) {
    values.rule.push_back(cost > 0.0F ? kUnsafeValue : kSafeValue);
  }
  return values;
}

StepValues MajorityOfOthers(const EpisodeValues& values, std::size_t annotator) {
  const auto steps = std::ranges::max(values.annotators, {}, &StepValues::size).size();
  StepValues majority(steps, kNoValue);
  for (std::size_t step = 0; step < steps; ++step) {
    int unsafe = 0;
    int safe = 0;
    for (std::size_t i = 0; i < values.annotators.size(); ++i) {
      if (i == annotator || values.annotators[i].empty()) continue;
      unsafe += values.annotators[i][step] == kUnsafeValue ? 1 : 0;
      safe += values.annotators[i][step] == kSafeValue ? 1 : 0;
    }
    if (unsafe + safe >= 2 && unsafe != safe) {
      majority[step] = unsafe > safe ? kUnsafeValue : kSafeValue;
    }
  }
  return majority;
}

}  // namespace lookout::agents
