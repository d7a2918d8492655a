#include "agents/feedback/targets/label_set.h"

#include <doctest/doctest.h>

#include <array>
#include <limits>

#include "agents/feedback/kinds/mark.h"
#include "agents/feedback/kinds/preference.h"

namespace lookout::agents {
namespace {

constexpr int kLabelDim = 2;
using Lengths = std::vector<std::pair<EpisodeId, StepIndex>>;

Mark MakeMark(Verdict verdict, StepIndex first, StepIndex last, std::int32_t lag = 0) {
  static std::int64_t next_id = 1;
  return {.id = {next_id++},
          .episode = {1},
          .first_step = first,
          .last_step = last,
          .verdict = verdict,
          .reaction_lag_steps = lag};
}

// Observations that name their episode and step.
ObservationLookup NamedObservations() {
  return [buffer = std::array<float, kLabelDim>{}](
             EpisodeId episode, StepIndex step) mutable -> std::span<const float> {
    buffer = {static_cast<float>(episode.value), static_cast<float>(step)};
    return buffer;
  };
}

std::vector<StepIndex> StepsOf(const LabelSet& labels) {
  std::vector<StepIndex> steps;
  for (const TargetPoint& point : labels.points) steps.push_back(point.step);
  return steps;
}

std::vector<EpisodeId> EpisodesOf(const LabelSet& labels) {
  std::vector<EpisodeId> episodes;
  for (const TargetPoint& point : labels.points) episodes.push_back(point.episode);
  return episodes;
}

std::vector<float> TargetsOf(const LabelSet& labels) {
  std::vector<float> targets;
  for (const TargetPoint& point : labels.points) targets.push_back(point.target);
  return targets;
}

DerivedLabels Derive(const std::vector<Mark>& marks, const LabelRule& rule = {},
                     const Lengths& lengths = {{{1}, 100}, {{2}, 100}}) {
  Result<DerivedLabels> derived =
      DeriveLabels(RecordsOf(marks), rule, lengths, kLabelDim, NamedObservations());
  REQUIRE(derived.ok());
  return *derived;
}

TEST_CASE("a span labels its steps, both ends included, with their own observations") {
  const DerivedLabels derived = Derive({MakeMark(Verdict::kUnsafe, 3, 5)});
  CHECK(StepsOf(derived.labels) == std::vector<StepIndex>{3, 4, 5});
  CHECK(TargetsOf(derived.labels) == std::vector<float>{1, 1, 1});
  REQUIRE(derived.labels.observations.cols() == 3);
  CHECK(derived.labels.observations(0, 2) == 1.0F);
  CHECK(derived.labels.observations(1, 2) == 5.0F);
  CHECK(derived.counts.unsafe == 3);
  CHECK(derived.counts.episodes == 1);
}

TEST_CASE("the reaction lag moves both ends back, no further than the reset") {
  CHECK(StepsOf(Derive({MakeMark(Verdict::kUnsafe, 20, 22, 15)}).labels) ==
        std::vector<StepIndex>{5, 6, 7});
  CHECK(StepsOf(Derive({MakeMark(Verdict::kUnsafe, 13, 17, 15)}).labels) ==
        std::vector<StepIndex>{0, 1, 2});
  CHECK(StepsOf(Derive({MakeMark(Verdict::kUnsafe, 3, 4, 15)}).labels) ==
        std::vector<StepIndex>{0});
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

TEST_CASE("two dangers at once are one unsafe step and no contradiction") {
  Mark hazard = MakeMark(Verdict::kUnsafe, 0, 9);
  hazard.danger = 1;
  Mark vase = MakeMark(Verdict::kUnsafe, 5, 14);
  vase.danger = 2;
  const DerivedLabels derived = Derive({hazard, vase});
  CHECK(TargetsOf(derived.labels) == std::vector<float>(15, 1.0F));
  CHECK(derived.counts.unsafe == 15);
  CHECK(derived.counts.contradictory == 0);
  CHECK(derived.labels.points[7].source == hazard.id);
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
  CHECK(derived.labels.observations.rows() == kLabelDim);
}

TEST_CASE("not sure takes a step out, even where another mark was sure") {
  const DerivedLabels derived =
      Derive({MakeMark(Verdict::kUnsafe, 0, 9), MakeMark(Verdict::kUnsure, 5, 14)});
  CHECK(derived.labels.rows() == 5);
  CHECK(derived.counts.unsure == 10);
}

TEST_CASE("what lies between an annotator's marks of an episode was viewed") {
  std::vector<Mark> marks{MakeMark(Verdict::kUnsafe, 10, 19), MakeMark(Verdict::kSafe, 50, 59),
                          MakeMark(Verdict::kUnsure, 70, 79)};
  CHECK(Derive(marks).labels.viewed_steps == 70);
  CHECK(Derive(marks).labels.rows() == 20);
  Mark asked = MakeMark(Verdict::kSafe, 95, 99);
  asked.on_screen.mode = kQueueMode;
  asked.on_screen.asked_first = 90;
  asked.on_screen.asked_last = 99;
  marks.push_back(asked);
  CHECK(Derive(marks).labels.viewed_steps == 80);  // the whole clip, and nothing up to it
  CHECK(Derive(marks, {.unmarked_weight = 1.0}).counts.unmarked == 8 + 1);
  Mark of_another = MakeMark(Verdict::kSafe, 80, 84);
  of_another.annotator = "Bob";
  marks.push_back(of_another);
  CHECK(Derive(marks).labels.viewed_steps == 85);
}

TEST_CASE("viewed and unmarked steps count as safe by their weight, one in five for all") {
  const std::vector<Mark> marks{MakeMark(Verdict::kUnsafe, 10, 19),
                                MakeMark(Verdict::kUnsafe, 50, 59)};
  const DerivedLabels derived = Derive(marks, {.unmarked_weight = 0.5});
  CHECK(derived.counts.unsafe == 20);
  CHECK(derived.counts.safe == 0);
  CHECK(derived.counts.unmarked == 6);
  CHECK(derived.counts.episodes == 1);
  CHECK(StepsOf(derived.labels)[10] == 22);
  const TargetPoint& unmarked = derived.labels.points[10];
  CHECK_FALSE(unmarked.marked);
  CHECK(unmarked.target == 0.0F);
  CHECK(unmarked.weight == 2.5F);
  CHECK(unmarked.stands_for == 5.0F);
  CHECK(unmarked.annotator == 0);
  CHECK(derived.labels.observations(1, 10) == 22.0F);
}

TEST_CASE("a point knows who is sure of it, a graded one is taken at its word") {
  Mark bad = MakeMark(Verdict::kUnsafe, 3, 4);
  Mark graded = MakeMark(Verdict::kUnsafe, 5, 6);
  graded.severity = 6;
  Mark of_another = MakeMark(Verdict::kSafe, 4, 4);
  bad.annotator = graded.annotator = "Bob";
  of_another.annotator = "Ann";
  const DerivedLabels derived = Derive({bad, graded, of_another});
  CHECK(derived.labels.annotators == std::vector<std::string>{"Ann", "Bob"});
  std::vector<int> who;
  for (const TargetPoint& point : derived.labels.points) who.push_back(point.annotator);
  CHECK(who == std::vector<int>{1, 0, 1, kNobody, kNobody});
}

TEST_CASE("rows are ordered by episode and step, however the marks are") {
  Mark later = MakeMark(Verdict::kSafe, 0, 1);
  later.episode = {2};
  const DerivedLabels derived =
      Derive({later, MakeMark(Verdict::kSafe, 7, 7), MakeMark(Verdict::kUnsafe, 2, 2)});
  CHECK(StepsOf(derived.labels) == std::vector<StepIndex>{2, 7, 0, 1});
  CHECK(EpisodesOf(derived.labels) == std::vector<EpisodeId>{{1}, {1}, {2}, {2}});
  CHECK(derived.counts.episodes == 2);
}

TEST_CASE("steps without a finite observation are counted and left out") {
  const std::array good{0.0F, 0.0F}, diverged{0.0F, std::numeric_limits<float>::quiet_NaN()};
  const auto lookup = [&](EpisodeId, StepIndex step) -> std::span<const float> {
    if (step == 0) return {};
    if (step == 1) return diverged;
    return good;
  };
  const std::vector<Mark> marks{MakeMark(Verdict::kUnsafe, 0, 4)};
  const auto derived = DeriveLabels(RecordsOf(marks), {}, Lengths{{{1}, 10}}, kLabelDim, lookup);
  REQUIRE(derived.ok());
  CHECK(derived->counts.unobserved == 2);
  CHECK(derived->counts.unsafe == 3);
  CHECK(StepsOf(derived->labels) == std::vector<StepIndex>{2, 3, 4});
}

TEST_CASE("observations of another size are refused by episode, step and sizes") {
  const std::array<float, 3> other{};
  const std::vector<Mark> marks{MakeMark(Verdict::kUnsafe, 4, 4)};
  const auto derived = DeriveLabels(RecordsOf(marks), {}, Lengths{{{1}, 10}}, kLabelDim,
                                    [&](EpisodeId, StepIndex) { return std::span(other); });
  REQUIRE(!derived.ok());
  CHECK(derived.error().code == ErrorCode::kBadInput);
  CHECK(derived.error().message ==
        "Step 4 of episode 1 has an observation of 3 values where the others have 2; fit marks "
        "of one kind of environment at a time.");
}

TEST_CASE("severity grades how unsafe a step counts, and records that agree are averaged") {
  Mark bad = MakeMark(Verdict::kUnsafe, 3, 5);
  bad.severity = 6;
  Mark worse = MakeMark(Verdict::kUnsafe, 5, 6);
  worse.severity = 10;
  const DerivedLabels derived = Derive({bad, worse});
  CHECK(TargetsOf(derived.labels) == std::vector<float>{0.8F, 0.8F, 0.9F, 1.0F});
  CHECK(derived.labels.points[2].weight == 1.0F);
  CHECK(derived.labels.points[2].source == bad.id);
  CHECK(derived.labels.points[3].source == worse.id);
  CHECK(derived.counts.unsafe == 4);
  CHECK(derived.counts.contradictory == 0);
}

TEST_CASE("marks without ids contradict each other, too") {
  Mark unsafe = MakeMark(Verdict::kUnsafe, 0, 3);
  Mark safe = MakeMark(Verdict::kSafe, 3, 4);
  unsafe.id = safe.id = {};
  CHECK(Derive({unsafe, safe}).counts.contradictory == 1);
}

Result<DerivedLabels> DerivePairs(const std::vector<Preference>& preferences) {
  std::vector<FeedbackRecord> records;
  for (const Preference& preference : preferences) {
    records.push_back({.id = {std::ssize(records) + 1}});
    SetContent(preference, records.back());
  }
  const Lengths lengths{{{1}, 100}, {{2}, 100}};
  const auto recorded = [named = NamedObservations()](EpisodeId episode, StepIndex step) {
    return step < 100 ? named(episode, step) : std::span<const float>{};
  };
  return DeriveLabels(records, {}, lengths, kLabelDim, recorded);
}

TEST_CASE("a preference becomes a pair of stretches with their observations") {
  const auto derived = DerivePairs(
      {{.first = {{1}, 10, 12}, .second = {{2}, 50, 51}, .first_is_safer = 0.75, .strength = 2.0}});
  REQUIRE(derived.ok());
  CHECK(derived->labels.rows() == 0);
  CHECK(derived->counts.pairs == 1);
  REQUIRE(derived->labels.pairs.size() == 1);
  const TargetPair& pair = derived->labels.pairs[0];
  CHECK(pair.first_is_safer == 0.75F);
  CHECK(pair.strength == 2.0F);
  CHECK(pair.source == MarkId{1});
  CHECK(pair.first.count == 3);
  CHECK(pair.second.count == 2);
  CHECK(derived->labels.pair_observations.col(pair.first.begin + 2) == Eigen::Vector2f(1, 12));
  CHECK(derived->labels.pair_observations.col(pair.second.begin) == Eigen::Vector2f(2, 50));
}

TEST_CASE("a pair with a step that is not recorded is left out whole") {
  const auto derived = DerivePairs({{.first = {{1}, 10, 12}, .second = {{2}, 98, 100}},
                                    {.first = {{1}, 0, 2147483647}, .second = {{2}, 1, 2}},
                                    {.first = {{1}, 1, 1}, .second = {{2}, 2, 2}}});
  REQUIRE(derived.ok());
  REQUIRE(derived->labels.pairs.size() == 1);
  CHECK(derived->labels.pairs[0].source == MarkId{3});
  CHECK(derived->labels.pair_observations.cols() == 2);
}

TEST_CASE("what a newer version said labels nothing") {
  FeedbackRecord record = RecordOf(MakeMark(Verdict::kUnsafe, 3, 5));
  record.version = 99;
  record.content = "\x01 of the future";
  const auto derived =
      DeriveLabels({{record}}, {}, Lengths{{{1}, 100}}, kLabelDim, NamedObservations());
  CHECK(derived->labels.rows() == 0);
}

}  // namespace
}  // namespace lookout::agents
