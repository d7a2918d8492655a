#include "agents/feedback/annotators/simulated_annotator.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include "agents/feedback/targets/label_set.h"

namespace lookout::agents {
namespace {

constexpr EpisodeId kSeenEpisode{1};

// 400 steps; the rule charges in [50, 79], [200, 204] and to the end from 395.
std::vector<float> RuleCosts() {
  std::vector<float> costs(400, 0.0F);
  std::fill(costs.begin() + 50, costs.begin() + 80, 1.0F);
  std::fill(costs.begin() + 200, costs.begin() + 205, 0.5F);
  std::fill(costs.begin() + 395, costs.end(), 1.0F);
  return costs;
}

std::vector<Mark> AnnotateWith(const AnnotatorSettings& settings, std::uint32_t seed = 0) {
  RandomState random(seed);
  return AnnotateEpisode(kSeenEpisode, RuleCosts(), settings, random);
}

std::int64_t Steps(const std::vector<Mark>& marks, Verdict verdict) {
  std::int64_t steps = 0;
  for (const Mark& mark : marks) {
    if (mark.verdict == verdict) steps += mark.last_step - mark.first_step + 1;
  }
  return steps;
}

DerivedLabels Derive(const std::vector<Mark>& marks) {
  const std::array<float, 1> anything{};
  const std::vector<std::pair<EpisodeId, StepIndex>> lengths{{kSeenEpisode, 400}};
  return *DeriveLabels(RecordsOf(marks), {}, lengths, 1,
                       [&](EpisodeId, StepIndex) { return std::span(anything); });
}

TEST_CASE("the key goes down and up late by the lag") {
  const std::vector<Mark> marks = AnnotateWith({.reaction_lag_steps = 15});
  const auto first =
      std::ranges::find(marks, Verdict::kUnsafe, [](const Mark& mark) { return mark.verdict; });
  REQUIRE(first != marks.end());
  CHECK(first->first_step == 65);
  CHECK(first->last_step == 94);
  CHECK(first->reaction_lag_steps == 15);
  CHECK(first->annotator == "oracle");
  CHECK(first->episode == kSeenEpisode);
}

TEST_CASE("shifting the marks back recovers the rule's verdict on every marked step") {
  const std::vector<float> costs = RuleCosts();
  const DerivedLabels derived = Derive(AnnotateWith({.reaction_lag_steps = 15}));
  for (std::size_t i = 0; i < derived.labels.points.size(); ++i) {
    const auto step = static_cast<std::size_t>(derived.labels.points[i].step);
    REQUIRE((derived.labels.points[i].unsafe()) == (costs[step] > 0.0F));
  }
  CHECK(derived.counts.unsafe == 35);  // the last span came too late to be marked
  CHECK(derived.counts.contradictory == 0);
}

TEST_CASE("keys that go up sooner than they go down end marks sooner, and the labels stay right") {
  const AnnotatorSettings quick{.reaction_lag_steps = 15, .release_lag_steps = 6};
  const std::vector<Mark> marks = AnnotateWith(quick);
  const auto first = std::ranges::find(marks, Verdict::kUnsafe, &Mark::verdict);
  REQUIRE(first != marks.end());
  CHECK(first->first_step == 65);
  CHECK(first->last_step == 85);
  const std::vector<float> costs = RuleCosts();
  const auto wrong = [&](const std::vector<Mark>& told) {
    return std::ranges::count_if(Derive(told).labels.points, [&](const TargetPoint& point) {
      return point.unsafe() != (costs[static_cast<std::size_t>(point.step)] > 0.0F);
    });
  };
  CHECK(wrong(marks) == 0);
  std::vector<Mark> one_lag = marks;
  for (Mark& mark : one_lag) mark.release_lag_steps = kLagOfPressing;
  CHECK(Derive(one_lag).counts.unsafe < Derive(marks).counts.unsafe);
}

TEST_CASE("without the shift the same marks call safe steps unsafe") {
  std::vector<Mark> marks = AnnotateWith({.reaction_lag_steps = 15});
  for (Mark& mark : marks) mark.reaction_lag_steps = 0;
  const std::vector<float> costs = RuleCosts();
  const DerivedLabels derived = Derive(marks);
  int wrong = 0;
  for (std::size_t i = 0; i < derived.labels.points.size(); ++i) {
    const auto step = static_cast<std::size_t>(derived.labels.points[i].step);
    wrong += (derived.labels.points[i].unsafe()) != (costs[step] > 0.0F) ? 1 : 0;
  }
  CHECK(wrong >= 20);  // fifteen after the long span, five after the short one
}

TEST_CASE("safe spans have the asked length and number and are spread over the episode") {
  const std::vector<Mark> marks = AnnotateWith({.safe_span_steps = 10, .safe_per_unsafe = 2.0});
  CHECK(Steps(marks, Verdict::kSafe) == 70);  // twice the 30 + 5 marked, in whole spans
  StepIndex earliest = 400;
  StepIndex latest = 0;
  for (const Mark& mark : marks) {
    if (mark.verdict != Verdict::kSafe) continue;
    CHECK(mark.last_step - mark.first_step == 9);
    earliest = std::min(earliest, mark.first_step);
    latest = std::max(latest, mark.first_step);
  }
  CHECK(latest - earliest > 200);
  CHECK(std::ranges::is_sorted(marks, {}, &Mark::first_step));
}

TEST_CASE("an episode without danger gets one safe span, an empty one nothing") {
  RandomState random(0);
  const std::vector<float> harmless(100, 0.0F);
  const std::vector<Mark> marks = AnnotateEpisode(kSeenEpisode, harmless, {}, random);
  REQUIRE(marks.size() == 1);
  CHECK(marks[0].verdict == Verdict::kSafe);
  CHECK(AnnotateEpisode(kSeenEpisode, {}, {}, random).empty());
}

TEST_CASE("mistakes happen at their rates") {
  CHECK(Steps(AnnotateWith({.miss_rate = 1.0}), Verdict::kUnsafe) == 0);
  CHECK(Steps(AnnotateWith({.false_alarm_rate = 1.0}), Verdict::kSafe) == 0);
  int missed = 0;
  for (std::uint32_t seed = 0; seed < 200; ++seed) {
    const auto marks = AnnotateWith({.miss_rate = 0.25}, seed);
    missed += 2 - static_cast<int>(std::ranges::count(marks, Verdict::kUnsafe, &Mark::verdict));
  }
  CHECK(missed > 70);  // 400 spans in time, a quarter missed: 100, standard deviation 9
  CHECK(missed < 130);
}

TEST_CASE("jitter varies the lag within its bounds, but not what the mark says of it") {
  bool early = false;
  bool late = false;
  for (std::uint32_t seed = 0; seed < 50; ++seed) {
    for (const Mark& mark :
         AnnotateWith({.reaction_lag_steps = 15, .reaction_lag_jitter_steps = 5}, seed)) {
      CHECK(mark.reaction_lag_steps == 15);
      if (mark.verdict != Verdict::kUnsafe || mark.last_step - mark.first_step != 29) continue;
      CHECK(mark.first_step >= 60);
      CHECK(mark.first_step <= 70);
      early = early || mark.first_step == 60;
      late = late || mark.first_step == 70;
    }
  }
  CHECK(early);
  CHECK(late);
}

TEST_CASE("the same seed annotates alike") {
  const AnnotatorSettings settings{.reaction_lag_jitter_steps = 5, .miss_rate = 0.3};
  CHECK(AnnotateWith(settings, 3) == AnnotateWith(settings, 3));
  CHECK(AnnotateWith(settings, 3) != AnnotateWith(settings, 4));
}

std::vector<SeenStep> SeenInPlace() {
  std::vector<SeenStep> seen;
  for (const float cost : RuleCosts()) seen.push_back({cost > 0.0F ? 1.0F : -1.0F, 0});
  return seen;
}

std::vector<Mark> Judge(const Segment& clip, const AnnotatorSettings& settings,
                        std::uint32_t seed = 0) {
  RandomState random(seed);
  return JudgeClip(clip, SeenInPlace(), settings, 0.0, random);
}

TEST_CASE("of a clip that is asked about every step gets its verdict, and no other step") {
  const DerivedLabels derived = Derive(Judge({kSeenEpisode, 31, 80}, {.reaction_lag_steps = 15}));
  CHECK(derived.counts.unsafe == 30);  // 50 to 79
  CHECK(derived.counts.safe == 20);
  for (const TargetPoint& point : derived.labels.points) {
    CHECK(point.step >= 31);
    CHECK(point.step <= 80);
    CHECK(point.unsafe() == (point.step >= 50 && point.step < 80));
  }
  CHECK(Derive(Judge({kSeenEpisode, 101, 150}, {})).counts.safe == 50);
}

TEST_CASE("what is missed in a clip counts as safe, and a false alarm as unsafe") {
  CHECK(Derive(Judge({kSeenEpisode, 31, 80}, {.miss_rate = 1.0})).counts.unsafe == 0);
  CHECK(Derive(Judge({kSeenEpisode, 31, 80}, {.miss_rate = 1.0})).counts.safe == 50);
  CHECK(Derive(Judge({kSeenEpisode, 101, 150}, {.false_alarm_rate = 1.0})).counts.unsafe == 50);
  int flipped = 0;
  for (std::uint32_t seed = 0; seed < 500; ++seed) {
    const std::vector<Mark> marks = Judge({kSeenEpisode, 101, 150}, {.flip_rate = 0.2}, seed);
    flipped += static_cast<int>(Steps(marks, Verdict::kUnsafe)) / 50;
  }
  CHECK(flipped > 70);
  CHECK(flipped < 130);
}

}  // namespace
}  // namespace lookout::agents
