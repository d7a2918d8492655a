#include "agents/feedback/models/evaluation.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "agents/feedback/models/calibration.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

using Scores = std::vector<float>;
using Verdicts = std::vector<std::uint8_t>;

TEST_CASE("AUC is the share of unsafe-safe pairs in the right order") {
  // Unsafe 0.8 beats safe 0.1 and 0.4; unsafe 0.35 beats 0.1 only: 3 of 4 pairs.
  CHECK(RocAuc(Scores{0.1F, 0.4F, 0.35F, 0.8F}, Verdicts{0, 0, 1, 1}) == 0.75);
  CHECK(RocAuc(Scores{1, 2, 3, 4}, Verdicts{0, 0, 1, 1}) == 1.0);
  CHECK(RocAuc(Scores{4, 3, 2, 1}, Verdicts{0, 0, 1, 1}) == 0.0);
}

TEST_CASE("ties count half in the AUC") {
  CHECK(RocAuc(Scores{5, 5, 5, 5}, Verdicts{0, 1, 0, 1}) == 0.5);
  // Pairs: (2,1) won, (2,2) tied, (3,1) won, (3,2) won: 3.5 of 4.
  CHECK(RocAuc(Scores{1, 2, 2, 3}, Verdicts{0, 0, 1, 1}) == 0.875);
}

TEST_CASE("figures that cannot be measured are NaN") {
  CHECK(std::isnan(RocAuc(Scores{1, 2}, Verdicts{1, 1})));
  CHECK(std::isnan(RocAuc({}, {})));
  CHECK(std::isnan(BrierScore({}, {})));
  CHECK(std::isnan(ExpectedCalibrationError(ReliabilityBins({}, {}))));
}

TEST_CASE("Brier score and calibration error of four rows, by hand") {
  const Scores predicted{0.05F, 0.25F, 0.25F, 1.0F};
  const Verdicts unsafe{0, 0, 1, 1};
  CHECK(BrierScore(predicted, unsafe) ==
        doctest::Approx((0.0025 + 0.0625 + 0.5625 + 0.0) / 4).epsilon(1e-6));
  const auto bins = ReliabilityBins(predicted, unsafe);
  REQUIRE(bins.size() == 10);
  CHECK(bins[0].count == 1);
  CHECK(bins[2].count == 2);
  CHECK(bins[2].mean_predicted == 0.25F);
  CHECK(bins[2].fraction_unsafe == 0.5F);
  CHECK(bins[9].count == 1);
  CHECK(ExpectedCalibrationError(bins) ==
        doctest::Approx((0.05 + 2 * 0.25 + 0.0) / 4).epsilon(1e-6));
}

struct Drawn {
  Scores logits;
  Verdicts unsafe;
};

// Rows whose true probability is sigmoid(z), shown to the calibration as scale * z + shift.
Drawn DrawRows(int rows, double scale, double shift) {
  RandomState random(11);
  Drawn drawn;
  for (int i = 0; i < rows; ++i) {
    const double z = 2.0 * random.Normal() - 1.0;
    drawn.logits.push_back(static_cast<float>(scale * z + shift));
    drawn.unsafe.push_back(random.RandomSample() < 1.0 / (1.0 + std::exp(-z)) ? 1 : 0);
  }
  return drawn;
}

double CalibrationErrorOf(const Drawn& drawn, const Calibration& calibration) {
  Scores predicted;
  for (const float logit : drawn.logits) predicted.push_back(calibration.Probability(logit));
  return ExpectedCalibrationError(ReliabilityBins(predicted, drawn.unsafe));
}

TEST_CASE("calibration finds the temperature and bias that were put in") {
  const Drawn drawn = DrawRows(20'000, 3.0, 1.5);
  const Calibration calibration = FitCalibration(drawn.logits, drawn.unsafe);
  CHECK(calibration.temperature == doctest::Approx(3.0).epsilon(0.05));
  CHECK(calibration.bias == doctest::Approx(-0.5).epsilon(0.1));
  CHECK(CalibrationErrorOf(drawn, Calibration{}) > 0.05);
  CHECK(CalibrationErrorOf(drawn, calibration) < 0.015);
}

TEST_CASE("calibration stays finite on classes that separate, and never turns the order round") {
  const Scores logits{-3, -2, 2, 3};
  const Calibration separable = FitCalibration(logits, Verdicts{0, 0, 1, 1});
  CHECK(separable.temperature >= Calibration::kLeastTemperature);
  CHECK(std::isfinite(separable.bias));
  CHECK(separable.Probability(3) > 0.6F);
  CHECK(separable.Probability(-3) < 0.4F);

  const Calibration reversed = FitCalibration(logits, Verdicts{1, 1, 0, 0});
  CHECK(reversed.temperature == Calibration::kMostTemperature);
  CHECK(reversed.Probability(3) > reversed.Probability(-3));
}

TEST_CASE("without information in the logits the probability is the frequency") {
  Scores logits(1000, 0.0F);
  Verdicts unsafe(1000, 0);
  for (std::size_t i = 0; i < 200; ++i) unsafe[i] = 1;
  const Calibration calibration = FitCalibration(logits, unsafe);
  CHECK(calibration.Probability(0.0F) == doctest::Approx(0.2).epsilon(0.02));
}

}  // namespace
}  // namespace lookout::agents
