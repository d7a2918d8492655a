#include "agents/inspect/goodhart/causal.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

namespace lookout::agents {
namespace {

CausalTrial Trial(std::size_t change, std::size_t episode, double before, double after,
                  double true_before, double true_after) {
  return {.change = change,
          .episode = episode,
          .step = 7,
          .predicted_before = before,
          .predicted_after = after,
          .true_before = true_before,
          .true_after = true_after};
}

TEST_CASE("what is spent on correlates and what goes unnoticed are shares of all change") {
  const std::vector<std::string> names{"hazard taken away", "goal taken away", "never tried"};
  const std::vector<CausalTrial> trials{Trial(0, 0, 0.9, 0.1, 1.0, 0.0),   // a cause, noticed: 0.8
                                        Trial(0, 1, 0.5, 0.45, 1.0, 0.0),  // a cause, hardly: 0.05
                                        Trial(1, 0, 0.2, 0.8, 0.0, 0.0),   // a correlate: 0.6
                                        Trial(1, 1, 0.1, 0.1, 0.0, 0.0)};  // nothing
  const CausalReport report = MeasureCausal(trials, names, {}, EpisodeBootstrap(2, 0, 1));
  CHECK(report.all.trials == 4);
  CHECK(report.all.changed_truth == 2);
  CHECK(report.all.spent_on_correlates.value == doctest::Approx(0.6 / 1.45));
  CHECK(report.all.unnoticed.value == doctest::Approx(0.5));
  CHECK(report.all.mean_change_for_cause == doctest::Approx(0.425));
  CHECK(report.all.mean_change_for_correlate == doctest::Approx(0.3));
  REQUIRE(report.by_change.size() == 2);
  CHECK(report.by_change[0].change == "hazard taken away");
  CHECK(report.by_change[0].spent_on_correlates.value == 0.0);
  CHECK(std::isnan(report.by_change[0].mean_change_for_correlate));
  CHECK(report.by_change[1].spent_on_correlates.value == 1.0);
  CHECK(std::isnan(report.by_change[1].unnoticed.value));
  REQUIRE(report.worst_spent.size() == 1);
  CHECK(report.worst_spent[0].predicted_after == 0.8);
  REQUIRE(report.worst_unnoticed.size() == 1);
  CHECK(report.worst_unnoticed[0].episode == 1);
}

TEST_CASE("a draw of one episode alone tells what that says") {
  const std::vector<CausalTrial> trials{Trial(0, 0, 0.9, 0.1, 1.0, 0.0),
                                        Trial(0, 1, 0.2, 0.8, 0.0, 0.0)};
  const std::vector<std::string> names{"a thing taken away"};
  const CausalReport report = MeasureCausal(trials, names, {}, EpisodeBootstrap(2, 400, 1));
  CHECK(report.all.spent_on_correlates.low == doctest::Approx(0.0));
  CHECK(report.all.spent_on_correlates.high == doctest::Approx(1.0));
}

}  // namespace
}  // namespace lookout::agents
