#include "agents/feedback/queries/labelling_value.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <limits>
#include <span>
#include <string>
#include <vector>

#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

// error = labels^-0.5, times each of the factors in turn.
std::vector<FitPoint> FallingErrors(const std::vector<double>& factors) {
  std::vector<FitPoint> fits;
  int labels = 20;
  for (const double factor : factors) {
    fits.push_back({labels, factor / std::sqrt(double(labels))});
    labels += 20;
  }
  return fits;
}

TEST_CASE("An error that falls as a power of the labels is foretold exactly") {
  const std::vector<FitPoint> fits = FallingErrors({1.0, 1.0, 1.0, 1.0, 1.0});
  const LabellingValue value = MeasureLabellingValue({.fits = fits, .successive_agreement = {}});
  REQUIRE(value.is_known);
  CHECK(value.labels == 100);
  CHECK(value.error == doctest::Approx(0.1));
  CHECK(value.gain == doctest::Approx(0.1 - 1.0 / std::sqrt(120.0)));
  CHECK(value.gain_low == doctest::Approx(value.gain));
  CHECK(value.gain_high == doctest::Approx(value.gain));
  CHECK(value.words ==
        "The held-out error is 0.100 after 100 labels; the next 20 should lower it by "
        "0.009 (0.009 to 0.009).");
}

TEST_CASE("Uneven errors widen the interval of the gain, the same for the same seed") {
  const std::vector<FitPoint> fits = FallingErrors({1.1, 0.9, 1.05, 0.95, 1.1, 0.9});
  const LabellingValue value = MeasureLabellingValue({.fits = fits, .successive_agreement = {}});
  CHECK(value.gain_low < value.gain);
  CHECK(value.gain < value.gain_high);
  CHECK(value.gain_low > 0.0);
  const LabellingValue again = MeasureLabellingValue({.fits = fits, .successive_agreement = {}});
  CHECK(again.gain_low == value.gain_low);
  CHECK(again.gain_high == value.gain_high);
}

TEST_CASE("The interval of the gain holds the true gain about nine times in ten") {
  RandomState random(7);
  int held = 0;
  constexpr int kTrials = 200;
  for (int trial = 0; trial < kTrials; ++trial) {
    std::vector<double> factors;
    for (int i = 0; i < 10; ++i) factors.push_back(std::exp(0.1 * random.Normal()));
    const LabellingValue value =
        MeasureLabellingValue({.fits = FallingErrors(factors), .successive_agreement = {}});
    const double truth = 1.0 / std::sqrt(200.0) - 1.0 / std::sqrt(220.0);
    if (value.gain_low <= truth && truth <= value.gain_high) ++held;
  }
  CHECK(held >= 0.82 * kTrials);
  CHECK(held <= 0.97 * kTrials);
}

TEST_CASE("An error that does not fall brings no gain that can be told from chance") {
  const std::vector<FitPoint> fits{{20, 0.1}, {40, 0.12}, {60, 0.09}, {80, 0.11}, {100, 0.105}};
  const LabellingValue value = MeasureLabellingValue({.fits = fits, .successive_agreement = {}});
  CHECK(value.gain_low <= 0.0);
  CHECK(value.words.find("no gain that can be told from chance") != std::string::npos);
}

TEST_CASE("Without fits on three numbers of labels nothing is foretold") {
  const double nan = std::numeric_limits<double>::quiet_NaN();
  const std::array fits{FitPoint{20, 0.3}, FitPoint{40, 0.2}, FitPoint{40, 0.1}, FitPoint{60, nan},
                        FitPoint{0, 0.5}};
  const LabellingValue value = MeasureLabellingValue({.fits = fits, .successive_agreement = {}});
  CHECK_FALSE(value.is_known);
  CHECK(value.words == "Too few fits to foretell what labels bring: three are needed.");
}

TEST_CASE("An error of nothing is a number like any other") {
  const std::array fits{FitPoint{20, 0.0}, FitPoint{40, 0.0}, FitPoint{60, 0.0}};
  const LabellingValue value = MeasureLabellingValue({.fits = fits, .successive_agreement = {}});
  CHECK(value.is_known);
  CHECK(value.gain == doctest::Approx(0.0));
}

TEST_CASE("It is enough when the models agree and few of the unsafe spans drawn are missed") {
  const std::vector<FitPoint> fits = FallingErrors({1.0, 1.0, 1.0, 1.0});
  const std::array agreement{0.7, 0.992, 0.995, 0.991};
  LabellingEvidence evidence{fits, agreement, {.unsafe = 60, .missed = 1}};
  CHECK(MeasureLabellingValue(evidence).is_enough);
  CHECK(MeasureLabellingValue(evidence).missed_bound == doctest::Approx(0.074).epsilon(0.02));
  CHECK(MeasureLabellingValue(evidence).words.find(
            "That is enough: the last 4 models agree, with a kappa of 0.991 at least, and at most "
            "8 % of what is unsafe is missed.") != std::string::npos);

  SUBCASE("not while one of the last three models changed") {
    const std::array changing{0.995, 0.992, 0.97, 0.995};
    evidence.successive_agreement = changing;
    CHECK_FALSE(MeasureLabellingValue(evidence).is_enough);
  }
  SUBCASE("not after two rounds") {
    evidence.successive_agreement = std::span(agreement).last(2);
    CHECK_FALSE(MeasureLabellingValue(evidence).is_enough);
  }
  SUBCASE("not while the agreement of one of the last three cannot be told") {
    const std::array unknown{0.995, 0.992, std::numeric_limits<double>::quiet_NaN(), 0.995};
    evidence.successive_agreement = unknown;
    CHECK_FALSE(MeasureLabellingValue(evidence).is_enough);
  }
  SUBCASE("not while too many are missed") {
    evidence.audited.missed = 6;
    CHECK_FALSE(MeasureLabellingValue(evidence).is_enough);
  }
  SUBCASE("not without an audit") {
    evidence.audited = {};
    CHECK(MeasureLabellingValue(evidence).missed_bound == 1.0);
    CHECK_FALSE(MeasureLabellingValue(evidence).is_enough);
  }
}

}  // namespace
}  // namespace lookout::agents
