#include "agents/feedback/agreement/agreement.h"

#include <doctest/doctest.h>

#include <chrono>
#include <cmath>

#include "agents/feedback/kinds/mark.h"
#include "agents/feedback/kinds/preference.h"

namespace lookout::agents {
namespace {

using doctest::Approx;

RecordedEpisode Recorded(std::int64_t id, StepIndex steps) {
  return {.id = {id}, .steps = steps, .step_duration_s = 0.02, .rule_costs = {}};
}

FeedbackRecord Says(const std::string& who, std::int64_t episode, StepIndex first, StepIndex last,
                    Verdict verdict = Verdict::kUnsafe, DangerClass danger = 0) {
  Mark mark;
  mark.episode = {episode};
  mark.first_step = first;
  mark.last_step = last;
  mark.verdict = verdict;
  mark.danger = danger;
  mark.annotator = who;
  return RecordOf(mark);
}

AgreementReport Measure(const std::vector<FeedbackRecord>& feedback,
                        const std::vector<RecordedEpisode>& episodes,
                        const AgreementSettings& settings = {.bootstrap = 200}) {
  return MeasureAgreement(GatherOpinions(feedback, episodes), settings);
}

TEST_CASE("two annotators are compared over the whole episode that both marked") {
  // Of 100 steps Ann calls [10, 34] unsafe and Bob [15, 44]: the table of 20, 5, 10 and 65.
  const auto report =
      Measure({Says("Ann", 1, 10, 34), Says("Bob", 1, 15, 44), Says("Ann", 2, 0, 9)},
              {Recorded(1, 100), Recorded(2, 50), Recorded(3, 50)});
  CHECK(report.annotators == std::vector<std::string>{"Ann", "Bob"});
  CHECK(report.episodes == 2);
  REQUIRE(report.between.size() == 1);
  const PairAgreement& pair = report.between.front();
  CHECK(pair.first == "Ann");
  CHECK(pair.second == "Bob");
  CHECK(pair.episodes == 1);
  CHECK(pair.counts == VerdictCounts{20, 5, 10, 65});
  CHECK(pair.kappa.value == Approx((0.85 - 0.6) / 0.4));
  CHECK(pair.span_f1.value == 1.0);  // the edges are 5 and 10 steps apart, within half a second
  CHECK(report.with_majority.empty());
  CHECK(report.with_rule.empty());
}

TEST_CASE("not sure never counts, and unmarked counts as safe only if it is to") {
  const std::vector<FeedbackRecord> feedback{
      Says("Ann", 1, 10, 19), Says("Ann", 1, 30, 39, Verdict::kUnsure), Says("Bob", 1, 10, 19),
      Says("Bob", 1, 20, 29, Verdict::kSafe)};
  CHECK(Measure(feedback, {Recorded(1, 100)}).between.front().counts ==
        VerdictCounts{10, 0, 0, 80});
  const AgreementSettings marked_only{.bootstrap = 0, .unmarked_is_safe = false};
  CHECK(Measure(feedback, {Recorded(1, 100)}, marked_only).between.front().counts ==
        VerdictCounts{10, 0, 0, 0});
}

TEST_CASE("spans count where they were seen, and contradictions of one annotator not at all") {
  FeedbackRecord late = Says("Bob", 1, 25, 34);
  Mark mark = MarkOf(late).value();
  mark.reaction_lag_steps = 15;
  const auto report =
      Measure({Says("Ann", 1, 10, 19), Says("Ann", 1, 15, 24, Verdict::kSafe), RecordOf(mark)},
              {Recorded(1, 100)});
  CHECK(report.between.front().counts == VerdictCounts{5, 0, 0, 90});
}

TEST_CASE("each danger class has its own table against all other steps") {
  const auto report = Measure(
      {Says("Ann", 1, 0, 9, Verdict::kUnsafe, 1), Says("Bob", 1, 0, 9, Verdict::kUnsafe, 2),
       Says("Ann", 1, 20, 29, Verdict::kUnsafe, 2), Says("Bob", 1, 20, 29, Verdict::kUnsafe, 2)},
      {Recorded(1, 100)});
  const PairAgreement& pair = report.between.front();
  CHECK(pair.kappa.value == Approx(1.0));
  REQUIRE(pair.by_danger.size() == 2);
  CHECK(pair.by_danger[0].danger == 1);
  CHECK(pair.by_danger[0].counts == VerdictCounts{0, 10, 0, 90});
  CHECK(pair.by_danger[0].kappa.value == Approx(0.0));
  CHECK(pair.by_danger[1].counts == VerdictCounts{10, 0, 10, 80});
  CHECK(pair.by_danger[1].positive.value == Approx(20.0 / 30.0));
}

TEST_CASE("two dangers of one moment count in the table of each, and once as unsafe") {
  const auto report = Measure(
      {Says("Ann", 1, 0, 19, Verdict::kUnsafe, 1), Says("Ann", 1, 10, 29, Verdict::kUnsafe, 2),
       Says("Bob", 1, 10, 19, Verdict::kUnsafe, 2)},
      {Recorded(1, 100)});
  const PairAgreement& pair = report.between.front();
  CHECK(pair.counts == VerdictCounts{10, 20, 0, 70});
  REQUIRE(pair.by_danger.size() == 2);
  CHECK(pair.by_danger[0].counts == VerdictCounts{0, 20, 0, 80});
  CHECK(pair.by_danger[1].counts == VerdictCounts{10, 10, 0, 80});
}

TEST_CASE("the majority is that of the others, where it is not split") {
  const auto report = Measure({Says("Ann", 1, 0, 9), Says("Bob", 1, 0, 9), Says("Cem", 1, 5, 14)},
                              {Recorded(1, 100)});
  REQUIRE(report.with_majority.size() == 3);
  // Bob and Cem agree on [5, 9] and outside [0, 14].
  CHECK(report.with_majority[0].counts == VerdictCounts{5, 0, 0, 85});
  CHECK(report.with_majority[2].counts == VerdictCounts{5, 5, 5, 85});
}

TEST_CASE("the rule is one to agree with where its cost is known") {
  RecordedEpisode episode = Recorded(1, 100);
  episode.rule_costs.assign(100, 0.0F);
  std::fill_n(episode.rule_costs.begin() + 10, 10, 0.5F);
  const auto report =
      Measure({Says("Ann", 1, 10, 29), Says("Ann", 2, 0, 9)}, {episode, Recorded(2, 100)});
  REQUIRE(report.with_rule.size() == 1);
  CHECK(report.with_rule.front().counts == VerdictCounts{10, 10, 0, 80});
  CHECK(report.with_rule.front().second.empty());
  CHECK(report.between.empty());
}

TEST_CASE("disagreements say who said what, the longest first") {
  RecordedEpisode episode = Recorded(2, 200);
  episode.rule_costs.assign(200, 0.0F);
  std::fill_n(episode.rule_costs.begin() + 50, 10, 1.0F);
  const auto report = Measure(
      {Says("Ann", 2, 50, 69), Says("Bob", 2, 60, 64, Verdict::kSafe), Says("Bob", 2, 65, 69),
       Says("Cem", 1, 0, 9), Says("Ann", 2, 100, 109, Verdict::kUnsure), Says("Bob", 2, 100, 109)},
      {Recorded(1, 100), episode});
  REQUIRE(report.disagreements.size() == 2);
  const Disagreement& longest = report.disagreements.front();
  CHECK(longest.episode == EpisodeId{2});
  CHECK(longest.first_step == 50);
  CHECK(longest.last_step == 59);
  CHECK(longest.verdicts ==
        std::vector{StepVerdict::kUnsafe, StepVerdict::kUnmarked, StepVerdict::kUnmarked});
  CHECK(longest.rule_unsafe_share == 1.0);
  CHECK(report.disagreements[1].first_step == 60);
  CHECK(report.disagreements[1].last_step == 64);
  CHECK(report.disagreements[1].verdicts[1] == StepVerdict::kSafe);
  CHECK(report.disagreements[1].rule_unsafe_share == 0.0);
}

TEST_CASE("an interval holds the figure, is wider for fewer episodes and the same for a seed") {
  const auto study = [](std::int64_t episodes) {
    std::vector<FeedbackRecord> feedback;
    std::vector<RecordedEpisode> recorded;
    for (std::int64_t id = 1; id <= episodes; ++id) {
      const auto shift = static_cast<StepIndex>(id * 7 % 20);
      feedback.push_back(Says("Ann", id, 100, 139));
      feedback.push_back(Says("Bob", id, 100 + shift, 139 + shift));
      recorded.push_back(Recorded(id, 500));
    }
    return Measure(feedback, recorded).between.front();
  };
  const PairAgreement few = study(5);
  const PairAgreement many = study(80);
  CHECK(many.kappa.low < many.kappa.value);
  CHECK(many.kappa.value < many.kappa.high);
  CHECK(many.kappa.high - many.kappa.low < few.kappa.high - few.kappa.low);
  CHECK(study(80).kappa.low == many.kappa.low);
  // A single episode cannot say how far episodes differ.
  CHECK(std::isnan(study(1).kappa.low));
  CHECK_FALSE(std::isnan(study(1).kappa.value));
}

TEST_CASE("pairs of clips and nobody at all give an empty report") {
  FeedbackRecord pair;
  SetContent(Preference{.first = {{1}, 0, 9}, .second = {{1}, 20, 29}}, pair);
  pair.annotator = "Ann";
  const auto report = Measure({pair}, {Recorded(1, 100)});
  CHECK(report.annotators.empty());
  CHECK(report.episodes == 0);
  CHECK(std::isnan(report.alpha.value));
  CHECK(report.disagreements.empty());
}

TEST_CASE("a large study is measured in well under a second") {
  std::vector<FeedbackRecord> feedback;
  std::vector<RecordedEpisode> recorded;
  for (std::int64_t id = 1; id <= 100; ++id) {
    recorded.push_back(Recorded(id, 1001));
    recorded.back().rule_costs.assign(1001, 0.0F);
    for (int who = 0; who < 5; ++who) {
      for (StepIndex span = 0; span < 10; ++span) {
        const StepIndex first = span * 97 + static_cast<StepIndex>(id * (who + 3) % 23);
        feedback.push_back(Says(std::string(1, static_cast<char>('a' + who)), id, first, first + 30,
                                Verdict::kUnsafe, static_cast<DangerClass>(span)));
      }
    }
  }
  const AnnotatorOpinions opinions = GatherOpinions(feedback, recorded);
  const auto start = std::chrono::steady_clock::now();
  const AgreementReport report = MeasureAgreement(opinions, {});
  const double seconds =
      std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  MESSAGE("5 annotators, 100 episodes of 1,000 steps: " << seconds << " s");
  CHECK(report.between.size() == 10);
  CHECK(report.with_rule.size() == 5);
  CHECK(report.between.front().by_danger.size() == 10);
  CHECK(seconds < 5.0);  // of a slow machine with assertions and sanitizers
}

}  // namespace
}  // namespace lookout::agents
