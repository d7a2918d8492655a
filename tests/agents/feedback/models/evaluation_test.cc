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

// By trapezoids.
double AreaBelow(const std::vector<RocPoint>& curve) {
  double area = 0.0;
  for (std::size_t i = 1; i < curve.size(); ++i) {
    area += double(curve[i].false_alarms - curve[i - 1].false_alarms) * 0.5 *
            double(curve[i].hits + curve[i - 1].hits);
  }
  return area;
}

TEST_CASE("the ROC curve has a point for every score, and the AUC is the area below it") {
  const Scores scores{1, 2, 2, 3};
  const Verdicts unsafe{0, 0, 1, 1};
  const std::vector<RocPoint> curve = RocCurve(scores, unsafe);
  REQUIRE(curve.size() == 4);  // nothing, from 3 on, from 2 on, all
  CHECK(curve[1].hits == 0.5F);
  CHECK(curve[1].false_alarms == 0.0F);
  CHECK(curve[2].hits == 1.0F);
  CHECK(curve[2].false_alarms == 0.5F);
  CHECK(curve[3].false_alarms == 1.0F);
  CHECK(AreaBelow(curve) == RocAuc(scores, unsafe));
  CHECK(RocCurve(Scores{1, 2}, Verdicts{1, 1}).empty());
}

TEST_CASE("a thinned ROC curve ends where the whole one does and keeps its area") {
  RandomState random(3);
  Scores scores;
  Verdicts unsafe;
  for (int i = 0; i < 4000; ++i) {
    unsafe.push_back(i % 3 == 0 ? 1 : 0);
    scores.push_back(static_cast<float>(random.RandomSample() + 0.3 * (i % 3 == 0 ? 1.0 : 0.0)));
  }
  const std::vector<RocPoint> thin = RocCurve(scores, unsafe, 0.01F);
  CHECK(thin.size() < 250);
  CHECK(thin.back().hits == 1.0F);
  CHECK(thin.back().false_alarms == 1.0F);
  CHECK(AreaBelow(thin) == doctest::Approx(RocAuc(scores, unsafe)).epsilon(0.01));
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
