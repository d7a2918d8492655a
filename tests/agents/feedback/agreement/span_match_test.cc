#include "agents/feedback/agreement/span_match.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>

namespace lookout::agents {
namespace {

using Spans = std::vector<StepSpan>;

std::int64_t Matched(const Spans& first, const Spans& second, StepIndex tolerance = 10) {
  const SpanCounts counts = MatchSpans(first, second, tolerance);
  CHECK(counts.first == std::ssize(first));
  CHECK(counts.second == std::ssize(second));
  return counts.matched;
}

TEST_CASE("runs are the longest stretches of one value") {
  const std::array<std::int8_t, 8> values{1, 1, 0, -1, 1, 0, 1, 1};
  CHECK(RunsOf(values, 1) == Spans{{0, 1}, {4, 4}, {6, 7}});
  CHECK(RunsOf(values, -1) == Spans{{3, 3}});
  CHECK(RunsOf({}, 1).empty());
}

TEST_CASE("spans match by both edges or by half of what they cover") {
  CHECK(Matched({{100, 119}}, {{110, 129}}) == 1);     // both edges ten apart, a third shared
  CHECK(Matched({{100, 119}}, {{111, 130}}) == 0);     // eleven apart
  CHECK(Matched({{100, 119}}, {{110, 131}}) == 0);     // one edge alone does not do
  CHECK(Matched({{100, 199}}, {{150, 199}}) == 1);     // half
  CHECK(Matched({{100, 199}}, {{151, 199}}) == 0);     // less than half
  CHECK(Matched({{100, 104}}, {{106, 110}}) == 1);     // apart, but near
  CHECK(Matched({{100, 104}}, {{106, 110}}, 0) == 0);  // too far for this
}

TEST_CASE("each span is matched at most once, as many as can be") {
  CHECK(Matched({{100, 103}, {106, 109}}, {{102, 105}}) == 1);
  // Taking the first that fits would leave the second span alone.
  CHECK(Matched({{100, 103}, {108, 111}}, {{94, 97}, {104, 107}}) == 2);
  CHECK(Matched({}, {{1, 2}}) == 0);
}

TEST_CASE("F1 is two times the matches by all spans") {
  CHECK(SpanF1({.first = 3, .second = 2, .matched = 2}) == doctest::Approx(0.8));
  CHECK(SpanF1({.first = 3, .second = 0, .matched = 0}) == 0.0);
  CHECK(std::isnan(SpanF1({})));
}

}  // namespace
}  // namespace lookout::agents
