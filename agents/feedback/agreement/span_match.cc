#include "agents/feedback/agreement/span_match.h"

#include <algorithm>
#include <cstdlib>
#include <limits>

namespace lookout::agents {
namespace {

bool Match(const StepSpan& a, const StepSpan& b, StepIndex tolerance) {
  if (std::abs(a.first - b.first) <= tolerance && std::abs(a.last - b.last) <= tolerance) {
    return true;
  }
  const std::int64_t shared =
      std::int64_t{std::min(a.last, b.last)} - std::max(a.first, b.first) + 1;
  const std::int64_t together =
      std::int64_t{std::max(a.last, b.last)} - std::min(a.first, b.first) + 1;
  return shared > 0 && 2 * shared >= together;
}

}  // namespace

SpanCounts& SpanCounts::AddTimes(const SpanCounts& other, std::int64_t times) {
  first += times * other.first;
  second += times * other.second;
  matched += times * other.matched;
  return *this;
}

std::vector<StepSpan> RunsOf(std::span<const std::int8_t> values, std::int8_t wanted) {
  std::vector<StepSpan> runs;
  for (std::size_t i = 0; i < values.size(); ++i) {
    if (values[i] != wanted) continue;
    const auto step = static_cast<StepIndex>(i);
    if (runs.empty() || runs.back().last + 1 != step) runs.push_back({step, step});
    runs.back().last = step;
  }
  return runs;
}

SpanCounts MatchSpans(std::span<const StepSpan> first, std::span<const StepSpan> second,
                      StepIndex tolerance_steps) {
  // most[j]: matches of the spans so far with the first j of `second` (a longest common
  // subsequence).
  std::vector<std::int64_t> most(second.size() + 1, 0);
  for (const StepSpan& a : first) {
    std::int64_t diagonal = 0;
    for (std::size_t j = 1; j <= second.size(); ++j) {
      const std::int64_t above = most[j];
      most[j] = std::max(above, most[j - 1]);
      if (Match(a, second[j - 1], tolerance_steps)) most[j] = std::max(most[j], diagonal + 1);
      diagonal = above;
    }
  }
  return {static_cast<std::int64_t>(first.size()), static_cast<std::int64_t>(second.size()),
          most.back()};
}

double SpanF1(const SpanCounts& counts) {
  const std::int64_t spans = counts.first + counts.second;
  if (spans == 0) return std::numeric_limits<double>::quiet_NaN();
  return 2.0 * static_cast<double>(counts.matched) / static_cast<double>(spans);
}

}  // namespace lookout::agents
