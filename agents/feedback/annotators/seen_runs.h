// Stretches of an episode that look alike to an annotator. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "agents/feedback/annotators/danger_predicate.h"

namespace lookout::agents {

// Steps first to last, both inclusive.
struct SeenRun {
  std::int64_t first = 0;
  std::int64_t last = 0;
  std::int64_t length() const { return last - first + 1; }
};

// Maximal runs of steps that look unsafe (or do not), in order.
std::vector<SeenRun> RunsOf(std::span<const SeenStep> seen, bool unsafe);

// The step of the run that looks most dangerous, the first of them.
std::int64_t WorstStep(std::span<const SeenStep> seen, const SeenRun& run);

}  // namespace lookout::agents
