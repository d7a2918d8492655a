#include "app/experiments/queries/study_summary.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>

#include "app/experiments/queries/study_files.h"

namespace lookout::app {
namespace {

// Rounds of ten labels, of which each gives that area under the curve and a cost ratio of 1.5.
std::vector<RoundFigures> Rounds(const std::vector<double>& aucs) {
  std::vector<RoundFigures> rounds;
  for (const double auc : aucs) {
    rounds.push_back(
        {.labels = 10 * (static_cast<int>(rounds.size()) + 1), .auc = auc, .cost_ratio = 1.5});
  }
  return rounds;
}

SeedResult SeedOf(std::uint32_t seed, const std::vector<double>& queue,
                  const std::vector<double>& random) {
  return {.seed = seed, .rounds = {Rounds(queue), Rounds(random)}};
}

TEST_CASE("the labels for an error are read off between the rounds") {
  const std::array labels{10.0, 20.0, 30.0, 40.0};
  const std::array errors{0.4, 0.2, 0.3, 0.1};
  CHECK(LabelsFor(labels, errors, 0.3) == doctest::Approx(15.0));
  CHECK(LabelsFor(labels, errors, 0.2) == doctest::Approx(20.0));
  CHECK(LabelsFor(labels, errors, 0.15) == doctest::Approx(37.5));
  CHECK(LabelsFor(labels, errors, 0.5) == doctest::Approx(10.0));
  CHECK(std::isnan(LabelsFor(labels, errors, 0.05)));
}

TEST_CASE("a queue that needs half of the labels is said to need half, with an interval") {
  std::vector<SeedResult> results;
  for (const double shift : {0.0, 0.02, -0.02, 0.01}) {
    results.push_back(SeedOf(static_cast<std::uint32_t>(results.size()),
                             {0.8 + shift, 0.9 + shift, 0.95, 0.96},
                             {0.7 + shift, 0.8 + shift, 0.85 + shift, 0.9 + shift}));
  }
  const std::vector<MeasureSummary> summaries = Summarise(results);
  REQUIRE(summaries.size() == 2);
  const MeasureSummary& auc = summaries[0];
  REQUIRE(auc.needed.size() == 2);
  CHECK(auc.needed[0].at_labels == 20);
  CHECK(auc.needed[0].queue_labels == doctest::Approx(10.0));
  CHECK(auc.needed[0].ratio.value == doctest::Approx(2.0));
  CHECK(auc.needed[1].at_labels == 40);
  CHECK(auc.needed[1].error == doctest::Approx(0.1 - 0.0025));
  CHECK(auc.needed[1].queue_labels == doctest::Approx(20.0));
  CHECK(auc.needed[1].ratio.value == doctest::Approx(2.0));
  CHECK(auc.needed[1].ratio.low == doctest::Approx(2.0));
  const ErrorCurve& queue = auc.curves[0];
  CHECK(queue.labels == std::vector<double>{10.0, 20.0, 30.0, 40.0});
  CHECK(queue.error[0].value == doctest::Approx(0.1975));
  CHECK(queue.error[0].low < 0.195);
  CHECK(queue.error[0].high > 0.2);
  CHECK(summaries[1].needed[1].ratio.value == doctest::Approx(1.0));  // the same throughout
}

TEST_CASE("a queue that never gets there is not left out of the figures") {
  const std::vector<SeedResult> results{SeedOf(0, {0.6, 0.7}, {0.7, 0.8}),
                                        SeedOf(1, {0.6, 0.7}, {0.7, 0.8})};
  const LabelsNeeded needed = Summarise(results)[0].needed[1];
  CHECK(std::isnan(needed.queue_labels));
  CHECK(needed.ratio.value == 0.0);
  CHECK(needed.ratio.low == 0.0);
  CHECK(needed.ratio.high == 0.0);
  CHECK(StudyText(results, Summarise(results)).find("does not get there") != std::string::npos);
}

TEST_CASE("the table has a row for each round, empty where something is not known") {
  const std::vector<SeedResult> results{SeedOf(0, {0.6, 0.7}, {0.7})};
  CHECK(StudyCsv(results) ==
        "seed,strategy,labels,unsafe_clips,auc,cost_ratio,cost_error,agreement,audited_unsafe,"
        "audited_missed,enough\n"
        "0,queue,10,0,0.6,1.5,1,,0,0,0\n"
        "0,queue,20,0,0.7,1.5,1,,0,0,0\n"
        "0,random,10,0,0.7,1.5,1,,0,0,0\n");
}

TEST_CASE("the picture has both curves of both errors, each with its band") {
  const std::vector<SeedResult> results{SeedOf(0, {0.6, 0.7}, {0.7, 0.8}),
                                        SeedOf(1, {0.5, 0.7}, {0.6, 0.8})};
  StudySettings settings;
  settings.environment.id = "Safexp-PointGoal1-v0";
  settings.annotator = "Ann: cost; flip 0.1";
  const std::string svg = StudySvg(settings, Summarise(results));
  CHECK(svg.find("Safexp-PointGoal1-v0, Ann: cost; flip 0.1") != std::string::npos);
  for (const char* text :
       {"the queue", "drawn by chance", "labelled clips", "1 - AUC", "from 6 clips on"}) {
    CHECK(svg.find(text) != std::string::npos);
  }
}

}  // namespace
}  // namespace lookout::app
