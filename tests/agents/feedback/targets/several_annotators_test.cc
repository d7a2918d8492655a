// How the opinions of several annotators become targets.
#include <doctest/doctest.h>

#include <array>
#include <cmath>

#include "agents/feedback/kinds/mark.h"
#include "agents/feedback/targets/label_set.h"

namespace lookout::agents {
namespace {

using doctest::Approx;

FeedbackRecord Says(const std::string& who, StepIndex first, StepIndex last, Verdict verdict,
                    std::int32_t severity = kNoSeverity) {
  static std::int64_t next_id = 1;
  Mark mark;
  mark.id = {next_id++};
  mark.episode = {1};
  mark.first_step = first;
  mark.last_step = last;
  mark.verdict = verdict;
  mark.severity = severity;
  mark.annotator = who;
  return RecordOf(mark);
}

DerivedLabels DeriveFromAll(const std::vector<FeedbackRecord>& feedback,
                            AnnotatorWeighting weighting = AnnotatorWeighting::kEqual) {
  const std::array<float, 1> anything{};
  const std::vector<std::pair<EpisodeId, StepIndex>> lengths{{{1}, 1000}};
  return *DeriveLabels(feedback, {.annotators = weighting}, lengths, 1,
                       [&](EpisodeId, StepIndex) { return std::span(anything); });
}

std::vector<float> TargetsOfAll(const DerivedLabels& derived) {
  std::vector<float> targets;
  for (const TargetPoint& point : derived.labels.points) targets.push_back(point.target);
  return targets;
}

TEST_CASE("where annotators disagree each of them has a point of their own") {
  const FeedbackRecord safe = Says("Bob", 1, 3, Verdict::kSafe);
  const DerivedLabels derived =
      DeriveFromAll({Says("Ann", 0, 1, Verdict::kUnsafe), safe, Says("Cem", 1, 2, Verdict::kSafe)});
  CHECK(TargetsOfAll(derived) == std::vector<float>{1, 1, 0, 0, 0, 0, 0});
  CHECK(derived.counts.disputed == 1);
  CHECK(derived.counts.contradictory == 0);
  CHECK(derived.contradictions.empty());
  CHECK(derived.labels.points[2].source == safe.id);
  CHECK(AnnotatorsInWords(derived) ==
        "3 annotators count alike, each by slips of their own; on 1 steps they disagree.");
}

TEST_CASE("an annotator counts once, however many marks say the same") {
  const DerivedLabels derived =
      DeriveFromAll({Says("Ann", 0, 0, Verdict::kUnsafe), Says("Ann", 0, 0, Verdict::kUnsafe),
                     Says("Bob", 0, 0, Verdict::kSafe)});
  CHECK(TargetsOfAll(derived) == std::vector<float>{1.0F, 0.0F});
}

TEST_CASE("who contradicts themselves or is not sure leaves the step to the others") {
  const DerivedLabels derived =
      DeriveFromAll({Says("Ann", 0, 3, Verdict::kUnsafe), Says("Ann", 1, 1, Verdict::kSafe),
                     Says("Ann", 2, 3, Verdict::kUnsure), Says("Bob", 0, 2, Verdict::kSafe)});
  CHECK(TargetsOfAll(derived) == std::vector<float>{1.0F, 0.0F, 0.0F, 0.0F});
  CHECK(derived.counts.unsure == 1);
  CHECK(derived.counts.contradictory == 0);
}

// Two annotators who agree, and one who calls half of the steps the opposite.
std::vector<FeedbackRecord> TwoGoodAndOneBad() {
  std::vector<FeedbackRecord> feedback;
  for (const char* who : {"Ann", "Bob"}) {
    feedback.push_back(Says(who, 0, 199, Verdict::kUnsafe));
    feedback.push_back(Says(who, 200, 799, Verdict::kSafe));
  }
  feedback.push_back(Says("Cem", 0, 99, Verdict::kUnsafe));
  feedback.push_back(Says("Cem", 100, 499, Verdict::kSafe));
  feedback.push_back(Says("Cem", 500, 799, Verdict::kUnsafe));
  return feedback;
}

TEST_CASE("with Dawid and Skene those who err less count for more") {
  const DerivedLabels equal = DeriveFromAll(TwoGoodAndOneBad());
  const DerivedLabels weighed = DeriveFromAll(TwoGoodAndOneBad(), AnnotatorWeighting::kDawidSkene);
  REQUIRE(weighed.annotators.size() == 3);
  CHECK(weighed.annotators[0].hit_rate > 0.9);
  CHECK(weighed.annotators[0].false_alarm_rate < 0.1);
  CHECK(weighed.annotators[2].hit_rate == Approx(0.5).epsilon(0.15));
  CHECK(weighed.annotators[2].false_alarm_rate == Approx(0.5).epsilon(0.15));
  CHECK(weighed.annotators[2].steps == 800);
  // Cem alone says unsafe.
  CHECK(TargetsOfAll(equal).size() == 3 * 800);
  CHECK(TargetsOfAll(weighed)[600] < 0.05F);
  CHECK(TargetsOfAll(weighed)[150] > 0.9F);
  CHECK(weighed.counts.disputed == 400);
  CHECK(AnnotatorsInWords(weighed).find("Dawid-Skene") != std::string::npos);
}

TEST_CASE("one annotator is taken at their word, however annotators are weighed") {
  const std::vector<FeedbackRecord> feedback{Says("Ann", 0, 9, Verdict::kUnsafe, 6),
                                             Says("Ann", 5, 14, Verdict::kUnsafe),
                                             Says("Ann", 30, 49, Verdict::kSafe)};
  const DerivedLabels equal = DeriveFromAll(feedback);
  const DerivedLabels weighed = DeriveFromAll(feedback, AnnotatorWeighting::kDawidSkene);
  CHECK(TargetsOfAll(equal) == TargetsOfAll(weighed));
  CHECK(TargetsOfAll(equal)[0] == 0.8F);
  CHECK(TargetsOfAll(equal)[5] == 1.0F);
  CHECK(std::isnan(weighed.annotators.front().hit_rate));
  CHECK(AnnotatorsInWords(weighed).empty());
}

}  // namespace
}  // namespace lookout::agents
