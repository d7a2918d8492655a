// What each party, annotators and others, calls each step of an episode: unsafe, safe or nothing.
// Part of agreement.cc.
#pragma once

#include <cstdint>
#include <vector>

#include "agents/feedback/agreement/annotator_opinions.h"

namespace lookout::agents {

inline constexpr std::int8_t kNoValue = -1;
inline constexpr std::int8_t kSafeValue = 0;
inline constexpr std::int8_t kUnsafeValue = 1;

using StepValues = std::vector<std::int8_t>;  // [steps]; empty: nothing for any step

struct EpisodeValues {
  std::vector<StepValues> annotators;  // [annotators]
  StepValues rule;
};

EpisodeValues ValuesOf(const EpisodeOpinions& episode, bool unmarked_is_safe);

// What more of the other annotators say than say the opposite, wherever at least two speak and they
// are not split evenly.
StepValues MajorityOfOthers(const EpisodeValues& values, std::size_t annotator);

}  // namespace lookout::agents
