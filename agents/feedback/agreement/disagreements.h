// The stretches of episodes that annotators disagree about, the longest first. Pure functions; any
// thread.
#pragma once

#include <cstdint>
#include <vector>

#include "agents/feedback/agreement/annotator_opinions.h"

namespace lookout::agents {

// Consecutive steps in which nobody changes their mind.
struct Disagreement {
  EpisodeId episode;
  StepIndex first_step = 0;
  StepIndex last_step = 0;            // inclusive
  std::vector<StepVerdict> verdicts;  // [annotators]; kUnmarked also of who did not look
  double rule_unsafe_share = 0.0;     // of its steps, those that the rule charges; NaN: not known
};

// All of them: stretches that one annotator calls unsafe and another safe, or leaves unmarked in an
// episode that has marks of theirs if `unmarked_is_safe`. By length, then episode and step.
std::vector<Disagreement> FindDisagreements(const AnnotatorOpinions& opinions,
                                            bool unmarked_is_safe);

}  // namespace lookout::agents
