// An annotator made of the cost rule: holds the "unsafe" key while the rule charges, late and with
// mistakes, as a person would (Lee et al. 2021, B-Pref, adds the kinds of irrationality).
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "agents/feedback/kinds/mark.h"
#include "sim/base/random_state.h"

namespace lookout::agents {

struct AnnotatorSettings {
  std::int32_t reaction_lag_steps = 15;        // 300 ms at 50 Hz
  std::int32_t reaction_lag_jitter_steps = 0;  // uniform, plus or minus
  double miss_rate = 0.0;                      // probability that a whole unsafe span goes unmarked
  double false_alarm_rate = 0.0;               // probability that a safe span is marked unsafe
  std::int32_t safe_span_steps = 25;  // safe marks are given as spans of this length, spread out
  double safe_per_unsafe = 2.0;       // safe steps marked for each unsafe one (at least one span)
  std::string name = "oracle";
};

// rule_costs: [steps] total cost of each step of the episode. Returns marks in order of time, raw
// (late by the lag) with reaction_lag_steps set, ids left 0.
std::vector<Mark> AnnotateEpisode(EpisodeId episode, std::span<const float> rule_costs,
                                  const AnnotatorSettings& settings, RandomState& random);

}  // namespace lookout::agents
