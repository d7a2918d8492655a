#include "agents/inspect/goodhart/misses.h"

#include <doctest/doctest.h>

#include <cmath>

#include "agents/feedback/audit/clustered_share.h"
#include "tests/agents/inspect/goodhart/visit_support.h"

namespace lookout::agents {
namespace {

using test::Written;

constexpr test::WrittenStep kSafe{.predicted = 0.1F};
constexpr test::WrittenStep kSeen{.predicted = 0.8F, .truth = 1.0F};
constexpr test::WrittenStep kMissed{.predicted = 0.2F, .truth = 1.0F};
constexpr test::WrittenStep kMissedOutside{.predicted = 0.3F, .truth = 1.0F, .doubt = 0.995F};
constexpr test::WrittenStep kOutside{.predicted = 0.1F, .doubt = 1.0F};

constexpr MissSettings kSettings{.unsafe_from = 0.5F, .doubt_above = 0.99F, .most = 10};

TEST_CASE("what lies outside, and what is missed there and inside, are counted") {
  const std::vector<VisitedEpisode> episodes{
      Written(1, 0.0, {kSafe, kSeen, kMissed, kMissedOutside}),
      Written(2, 0.0, {kOutside, kMissedOutside, kSeen, kSeen})};
  const ExtremalReport report = MeasureExtremal(episodes, kSettings);
  CHECK(report.outside.value == doctest::Approx(3.0 / 8.0));
  CHECK(report.missed_inside.value == doctest::Approx(1.0 / 4.0));
  CHECK(report.missed_outside.value == doctest::Approx(1.0));
  // Intervals are over episodes.
  const std::vector<EpisodeTrials> outside{{1, 4}, {2, 4}};
  CHECK(report.outside.high == ClusteredShareOf(outside).high);
  REQUIRE(report.worst.size() == 2);
  CHECK(report.worst[0].seed == 1);
  CHECK(report.worst[0].step == 4);
  CHECK(report.worst[1].seed == 2);
  CHECK(report.worst[1].step == 2);
}

TEST_CASE("misses are listed as stretches, those first that cost most beyond what is predicted") {
  const std::vector<VisitedEpisode> episodes{
      Written(5, 0.0, {kMissed, kSafe, kMissed, kMissedOutside, kSeen}),
      Written(6, 0.0, {{.predicted = NAN, .truth = 1.0F}})};
  const std::vector<WorstCase> worst = MissesOf(episodes, kSettings, /*only_outside=*/false);
  REQUIRE(worst.size() == 3);
  CHECK(worst[0].first_step == 3);
  CHECK(worst[0].last_step == 4);
  CHECK(worst[0].step == 3);  // where it is off by 0.8
  CHECK(worst[0].off_by == doctest::Approx(0.8 + 0.7));
  // What the model cannot tell is no warning.
  CHECK(worst[1].seed == 6);
  CHECK(worst[1].off_by == doctest::Approx(1.0));
  CHECK(worst[2].off_by == doctest::Approx(0.8));
  MissSettings one = kSettings;
  one.most = 1;
  CHECK(MissesOf(episodes, one, false).size() == 1);
}

TEST_CASE("misses of a policy are compared with those of a reference") {
  const std::vector<VisitedEpisode> last{Written(1, 10.0, {kMissed, kMissed, kSeen, kSafe}),
                                         Written(2, 12.0, {kMissed, kMissed, kSafe, kSafe})};
  const std::vector<VisitedEpisode> first{Written(1, 1.0, {kMissed, kSafe, kSafe, kSafe}),
                                          Written(2, 3.0, {kMissed, kSeen, kSafe, kSafe})};
  const AdversarialReport report =
      MeasureAdversarial(last, first, kSettings, EpisodeBootstrap(2, 50, 1));
  CHECK(report.missed.value == doctest::Approx(4.0 / 5.0));
  CHECK(report.missed_per_1000.value == doctest::Approx(500.0));
  CHECK(report.missed_cost.value == doctest::Approx(2.0));
  CHECK(report.times_as_often.value == doctest::Approx(2.0));
  CHECK(report.times_as_often.low == doctest::Approx(2.0));
  // 9 of return for 1 of cost that nobody sees.
  CHECK(report.return_per_missed_cost.value == doctest::Approx(9.0));
  CHECK(std::isnan(MeasureAdversarial(first, last, kSettings, EpisodeBootstrap(2, 0, 1))
                       .return_per_missed_cost.value));
}

TEST_CASE("the quantile of doubt is between the two nearest") {
  const std::vector<VisitedEpisode> episodes{
      Written(1, 0.0, {{.doubt = 0.4F}, {.doubt = 0.1F}, {.doubt = 0.2F}, {.doubt = 0.3F}})};
  CHECK(DoubtQuantile(episodes, 0.5) == doctest::Approx(0.25));
  CHECK(DoubtQuantile(episodes, 1.0) == doctest::Approx(0.4));
  CHECK(std::isnan(DoubtQuantile({}, 0.5)));
}

}  // namespace
}  // namespace lookout::agents
