#include "agents/feedback/annotators/seen_runs.h"

#include <algorithm>
#include <cstddef>

namespace lookout::agents {

std::vector<SeenRun> RunsOf(std::span<const SeenStep> seen, bool unsafe) {
  std::vector<SeenRun> runs;
  for (std::int64_t step = 0; step < std::ssize(seen); ++step) {
    if ((seen[static_cast<std::size_t>(step)].margin > 0.0F) != unsafe) continue;
    if (runs.empty() || runs.back().last + 1 != step) runs.push_back({step, step});
    runs.back().last = step;
  }
  return runs;
}

std::int64_t WorstStep(std::span<const SeenStep> seen, const SeenRun& run) {
  const auto steps =
      seen.subspan(static_cast<std::size_t>(run.first), static_cast<std::size_t>(run.length()));
  return run.first + (std::ranges::max_element(steps, {}, &SeenStep::margin) - steps.begin());
}

}  // namespace lookout::agents
