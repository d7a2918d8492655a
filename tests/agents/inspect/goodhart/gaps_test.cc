#include "agents/inspect/goodhart/gaps.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>

#include "tests/agents/inspect/goodhart/visit_support.h"

namespace lookout::agents {
namespace {

using test::Written;

JudgedLabel Label(int episode, StepIndex step, bool unsafe, double truth) {
  return {.episode = EpisodeId{episode}, .step = step, .unsafe = unsafe, .truth = truth};
}

TEST_CASE("wrong labels are counted by what they are wrong about, and listed in stretches") {
  const std::vector<JudgedLabel> labels{Label(1, 3, true, 1.0),  Label(1, 4, false, 1.0),
                                        Label(1, 5, false, 2.0), Label(1, 6, true, 0.0),
                                        Label(2, 6, true, 0.0),  Label(2, 7, true, 0.0),
                                        Label(2, 8, true, 0.0),  Label(2, 9, false, 0.0)};
  const LabelGap gap = MeasureLabelGap(labels, 10);
  CHECK(gap.labels == 8);
  CHECK(gap.wrong.value == doctest::Approx(6.0 / 8.0));
  CHECK(gap.missed.value == doctest::Approx(2.0 / 3.0));
  CHECK(gap.false_alarms.value == doctest::Approx(4.0 / 5.0));
  REQUIRE(gap.worst.size() == 3);
  CHECK(gap.worst[0].episode == EpisodeId{2});
  CHECK(gap.worst[0].labels == 3);
  CHECK(gap.worst[0].unsafe);
  CHECK(gap.worst[1].first_step == 4);
  CHECK(gap.worst[1].last_step == 5);
  CHECK_FALSE(gap.worst[1].unsafe);
  CHECK(gap.worst[2].first_step == 6);  // another way to be wrong begins a stretch of its own
  CHECK(gap.worst[2].labels == 1);
}

TEST_CASE("the fitted model is measured beside the best of its class, on the same steps") {
  const std::vector<VisitedEpisode> episodes{
      Written(8, 0.0,
              {{.predicted = 0.2F, .truth = 1.0F, .best = 0.9F},
               {.predicted = 0.4F, .truth = 1.0F, .best = 0.8F},
               {.predicted = 0.6F, .truth = 0.0F, .best = 0.1F}}),
      Written(9, 0.0, {{.predicted = 0.0F, .best = 0.0F}, {.predicted = NAN, .best = 0.0F}})};
  const ModelGap gap = MeasureModelGap(episodes, 0.5F, EpisodeBootstrap(2, 0, 1), 10);
  // (0.64 + 0.36 + 0.36 + 0) / 4 and (0.01 + 0.04 + 0.01 + 0) / 4.
  CHECK(gap.fitted.brier.value == doctest::Approx(0.34));
  CHECK(gap.best.brier.value == doctest::Approx(0.015));
  CHECK(gap.brier_difference.value == doctest::Approx(0.325));
  CHECK(gap.fitted.missed.value == 1.0);
  CHECK(gap.best.missed.value == 0.0);
  CHECK(gap.fitted.false_alarms.value == doctest::Approx(0.5));
  // All of one episode's: with so few the interval tells next to nothing.
  CHECK(gap.fitted.missed.low < 0.1);
  CHECK(gap.fitted.missed.high == 1.0);
  REQUIRE(gap.worst.size() == 1);
  CHECK(gap.worst[0].seed == 8);
  CHECK(gap.worst[0].first_step == 1);
  CHECK(gap.worst[0].last_step == 2);
  CHECK(gap.worst[0].step == 1);
  CHECK(gap.worst[0].off_by == doctest::Approx(0.7 + 0.4));
}

TEST_CASE("where an agent is, against one without an aim") {
  constexpr std::array kEdges{0.0, 0.2, 1.0};
  // The agent: 3 of 4 steps near, of which 2 are seen at half their cost; the reference: 1 of 4.
  const std::vector<VisitedEpisode> agent{
      Written(1, 0.0,
              {{.predicted = 0.5F, .truth = 1.0F, .nearest_m = 0.1F},
               {.predicted = 0.5F, .truth = 1.0F, .nearest_m = 0.0F},
               {.nearest_m = 0.199F},
               {.nearest_m = 0.2F}})};
  const std::vector<VisitedEpisode> reference{
      Written(1, 0.0,
              {{.predicted = 1.0F, .truth = 1.0F, .nearest_m = 0.1F},
               {.nearest_m = 0.5F},
               {.nearest_m = 5.0F},
               {.nearest_m = INFINITY}})};
  const RevealedGap gap = MeasureRevealed(agent, reference, kEdges, EpisodeBootstrap(1, 0, 1));
  REQUIRE(gap.bins.size() == 3);
  CHECK(gap.bins[0].share.value == doctest::Approx(0.75));
  CHECK(gap.bins[0].reference_share.value == doctest::Approx(0.25));
  CHECK(gap.bins[0].log_ratio.value == doctest::Approx(std::log(3.0)));
  CHECK(gap.bins[0].predicted == doctest::Approx(1.0 / 3.0));
  CHECK(gap.bins[0].truth == doctest::Approx(2.0 / 3.0));
  CHECK(gap.bins[1].log_ratio.value == doctest::Approx(0.0));
  CHECK(gap.bins[2].reference_share.value == doctest::Approx(0.5));
  CHECK(std::isnan(gap.bins[2].log_ratio.value));
  CHECK(std::isinf(gap.bins[2].to_m));
  CHECK(gap.true_log_ratio.value == doctest::Approx(std::log(2.0)));
  CHECK(gap.predicted_log_ratio.value == doctest::Approx(0.0));
  CHECK(gap.gap.value == doctest::Approx(std::log(2.0)));
}

}  // namespace
}  // namespace lookout::agents
