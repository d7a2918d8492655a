// How well the spans that two parties call unsafe fit together, whole span by whole span. Pure
// functions; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "sim/base/ids.h"

namespace lookout::agents {

// Steps first to last, both inclusive.
struct StepSpan {
  StepIndex first = 0;
  StepIndex last = 0;
  bool operator==(const StepSpan&) const = default;
};

// Of two parties.
struct SpanCounts {
  std::int64_t first = 0;
  std::int64_t second = 0;
  std::int64_t matched = 0;

  SpanCounts& AddTimes(const SpanCounts& other, std::int64_t times);
};

// Longest runs of steps whose value is `wanted`, in order.
std::vector<StepSpan> RunsOf(std::span<const std::int8_t> values, std::int8_t wanted);

// Two spans match if both edges are at most `tolerance_steps` apart, or if what they share is at
// least half of what they cover together. Each is matched at most once; the most matches that keep
// the order of the spans. first, second: ascending and apart, as RunsOf gives them. O(n m).
SpanCounts MatchSpans(std::span<const StepSpan> first, std::span<const StepSpan> second,
                      StepIndex tolerance_steps);

// Harmonic mean of precision and recall: 2 matched / (first + second). NaN without any spans.
double SpanF1(const SpanCounts& counts);

}  // namespace lookout::agents
