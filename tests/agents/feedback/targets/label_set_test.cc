#include "agents/feedback/targets/label_set.h"

#include <doctest/doctest.h>

#include <array>
#include <limits>

namespace lookout::agents {
namespace {

constexpr int kDim = 2;
using Lengths = std::vector<std::pair<EpisodeId, StepIndex>>;

Mark MakeMark(Verdict verdict, StepIndex first, StepIndex last, std::int32_t lag = 0) {
  static std::int64_t next_id = 1;
  Mark mark;
  mark.id = {next_id++};
  mark.episode = {1};
  mark.first_step = first;
  mark.last_step = last;
  mark.verdict = verdict;
  mark.reaction_lag_steps = lag;
  return mark;
}

// Observations that name their episode and step.
ObservationLookup NamedObservations() {
  return [buffer = std::array<float, kDim>{}](EpisodeId episode,
                                              StepIndex step) mutable -> std::span<const float> {
    buffer = {static_cast<float>(episode.value), static_cast<float>(step)};
    return buffer;
  };
}

DerivedLabels Derive(const std::vector<Mark>& marks, const LabelRule& rule = {},
                     const Lengths& lengths = {{{1}, 100}, {{2}, 100}}) {
  Result<DerivedLabels> derived = DeriveLabels(marks, rule, lengths, kDim, NamedObservations());
  REQUIRE(derived.ok());
  return *derived;
}

TEST_CASE("a span labels its steps, both ends included, with their own observations") {
  const DerivedLabels derived = Derive({MakeMark(Verdict::kUnsafe, 3, 5)});
  CHECK(derived.labels.steps == std::vector<StepIndex>{3, 4, 5});
  CHECK(derived.labels.unsafe == std::vector<std::uint8_t>{1, 1, 1});
  REQUIRE(derived.labels.observations.cols() == 3);
  CHECK(derived.labels.observations(0, 2) == 1.0F);
  CHECK(derived.labels.observations(1, 2) == 5.0F);
  CHECK(derived.counts.unsafe == 3);
  CHECK(derived.counts.episodes == 1);
}

TEST_CASE("the reaction lag moves both ends back, no further than the reset") {
  CHECK(Derive({MakeMark(Verdict::kUnsafe, 20, 22, 15)}).labels.steps ==
        std::vector<StepIndex>{5, 6, 7});
  CHECK(Derive({MakeMark(Verdict::kUnsafe, 13, 17, 15)}).labels.steps ==
        std::vector<StepIndex>{0, 1, 2});
  CHECK(Derive({MakeMark(Verdict::kUnsafe, 3, 4, 15)}).labels.steps == std::vector<StepIndex>{0});
}

TEST_CASE("spans are cut at the end of the recording, whatever their numbers") {
  constexpr StepIndex kMax = std::numeric_limits<StepIndex>::max();
  constexpr StepIndex kMin = std::numeric_limits<StepIndex>::min();
  CHECK(Derive({MakeMark(Verdict::kSafe, 98, kMax)}).labels.rows() == 2);
  CHECK(Derive({MakeMark(Verdict::kSafe, 0, kMax, kMin)}).labels.rows() == 0);
  CHECK(Derive({MakeMark(Verdict::kSafe, 100, 120)}).labels.rows() == 0);
  CHECK(Derive({MakeMark(Verdict::kSafe, 0, 9)}, {}, {{{1}, 0}}).labels.rows() == 0);
  CHECK(Derive({MakeMark(Verdict::kSafe, 0, 9)}, {}, {}).labels.rows() == 0);
}

TEST_CASE("a step covered by many marks of one mind is one row") {
  const DerivedLabels derived =
      Derive({MakeMark(Verdict::kUnsafe, 0, 9), MakeMark(Verdict::kUnsafe, 5, 14)});
  CHECK(derived.labels.rows() == 15);
  CHECK(derived.counts.unsafe == 15);
}

TEST_CASE("steps that marks disagree about are listed and not used") {
  const Mark unsafe = MakeMark(Verdict::kUnsafe, 0, 9);
  const Mark safe = MakeMark(Verdict::kSafe, 8, 12);
  const DerivedLabels derived = Derive({unsafe, safe});
  CHECK(derived.counts.unsafe == 8);
  CHECK(derived.counts.safe == 3);
  CHECK(derived.counts.contradictory == 2);
  REQUIRE(derived.contradictions.size() == 2);
  CHECK(derived.contradictions[0].step == 8);
  CHECK(derived.contradictions[1].step == 9);
  CHECK(derived.contradictions[0].unsafe_mark == unsafe.id);
  CHECK(derived.contradictions[0].safe_mark == safe.id);
}

TEST_CASE("contradictions are all counted, the first hundred are listed") {
  const DerivedLabels derived = Derive(
      {MakeMark(Verdict::kUnsafe, 0, 149), MakeMark(Verdict::kSafe, 0, 149)}, {}, {{{1}, 200}});
  CHECK(derived.counts.contradictory == 150);
  CHECK(derived.contradictions.size() == 100);
  CHECK(derived.labels.rows() == 0);
  CHECK(derived.labels.observations.rows() == kDim);
}

TEST_CASE("not sure takes a step out, even where another mark was sure") {
  const DerivedLabels derived =
      Derive({MakeMark(Verdict::kUnsafe, 0, 9), MakeMark(Verdict::kUnsure, 5, 14)});
  CHECK(derived.labels.rows() == 5);
  CHECK(derived.counts.unsure == 10);
}

TEST_CASE("with unmarked_is_safe the rest of a marked episode is safe, other episodes stay out") {
  const DerivedLabels derived =
      Derive({MakeMark(Verdict::kUnsafe, 10, 19)}, {.unmarked_is_safe = true});
  CHECK(derived.counts.unsafe == 10);
  CHECK(derived.counts.safe == 90);
  CHECK(derived.counts.episodes == 1);
}

TEST_CASE("rows are ordered by episode and step, however the marks are") {
  Mark later = MakeMark(Verdict::kSafe, 0, 1);
  later.episode = {2};
  const DerivedLabels derived =
      Derive({later, MakeMark(Verdict::kSafe, 7, 7), MakeMark(Verdict::kUnsafe, 2, 2)});
  CHECK(derived.labels.steps == std::vector<StepIndex>{2, 7, 0, 1});
  CHECK(derived.labels.episodes == std::vector<EpisodeId>{{1}, {1}, {2}, {2}});
  CHECK(derived.counts.episodes == 2);
}

TEST_CASE("steps without a finite observation are counted and left out") {
  const std::array<float, kDim> good{0.0F, 0.0F};
  const std::array<float, kDim> diverged{0.0F, std::numeric_limits<float>::quiet_NaN()};
  const auto lookup = [&](EpisodeId, StepIndex step) -> std::span<const float> {
    if (step == 0) return {};
    if (step == 1) return diverged;
    return good;
  };
  const std::vector<Mark> marks{MakeMark(Verdict::kUnsafe, 0, 4)};
  const auto derived = DeriveLabels(marks, {}, Lengths{{{1}, 10}}, kDim, lookup);
  REQUIRE(derived.ok());
  CHECK(derived->counts.unobserved == 2);
  CHECK(derived->counts.unsafe == 3);
  CHECK(derived->labels.steps == std::vector<StepIndex>{2, 3, 4});
}

TEST_CASE("observations of another size are refused by episode, step and sizes") {
  const std::array<float, 3> other{};
  const std::vector<Mark> marks{MakeMark(Verdict::kUnsafe, 4, 4)};
  const auto derived = DeriveLabels(marks, {}, Lengths{{{1}, 10}}, kDim,
                                    [&](EpisodeId, StepIndex) { return std::span(other); });
  REQUIRE(!derived.ok());
  CHECK(derived.error().code == ErrorCode::kBadInput);
  CHECK(derived.error().message ==
        "Step 4 of episode 1 has an observation of 3 values where the others have 2; fit marks "
        "of one kind of environment at a time.");
}

}  // namespace
}  // namespace lookout::agents
