#include "agents/feedback/fitting/slip_estimate.h"

#include <algorithm>
#include <cmath>

#include "sim/base/check.h"

namespace lookout::agents {
namespace {

constexpr int kMostRounds = 200;
constexpr double kSettled = 1e-5;

double Unsafe(const Calibration& calibration, float logit) {
  return double(calibration.Probability(logit));
}

const SlipChances& Of(const SlipTable& slips, int annotator) {
  return slips[static_cast<std::size_t>(annotator + 1)];
}

// What one annotator says, in expectation.
struct Said {
  double unsafe = 0.0;  // rows that are unsafe
  double safe = 0.0;
  double missed = 0.0;  // of the unsafe ones, called safe
  double alarms = 0.0;  // of the safe ones, called unsafe
  bool says_unsafe = false;
  bool says_safe = false;
};

std::vector<Said> Expect(const SaidRows& rows, const Calibration& calibration,
                         const SlipTable& slips) {
  std::vector<Said> said(slips.size());
  for (std::size_t i = 0; i < rows.logits.size(); ++i) {
    Said& of = said[static_cast<std::size_t>(rows.annotators[i] + 1)];
    const double posterior = Of(slips, rows.annotators[i])
                                 .Posterior(Unsafe(calibration, rows.logits[i]), rows.targets[i]);
    const double weight = rows.weights[i];
    of.unsafe += weight * posterior;
    of.safe += weight * (1.0 - posterior);
    of.missed += weight * posterior * (1.0 - rows.targets[i]);
    of.alarms += weight * (1.0 - posterior) * rows.targets[i];
    of.says_unsafe |= rows.targets[i] > 0.5;
    of.says_safe |= rows.targets[i] < 0.5;
  }
  return said;
}

double GreatestChange(const SlipTable& before, const SlipTable& after) {
  double greatest = 0.0;
  for (std::size_t i = 0; i < after.size(); ++i) {
    greatest = std::max({greatest, std::abs(before[i].false_alarm - after[i].false_alarm),
                         std::abs(before[i].miss - after[i].miss)});
  }
  return greatest;
}

}  // namespace

double SlipChances::Posterior(double unsafe, double target) const {
  constexpr double kLeast = 1e-12;
  const double hit = (1.0 - miss) * unsafe;
  const double alarm = false_alarm * (1.0 - unsafe);
  const double missed = miss * unsafe;
  const double right = (1.0 - false_alarm) * (1.0 - unsafe);
  return target * hit / std::max(hit + alarm, kLeast) +
         (1.0 - target) * missed / std::max(missed + right, kLeast);
}

void ImproveSlips(const SaidRows& rows, const Calibration& calibration, double prior_rows,
                  SlipTable& slips) {
  const std::vector<Said> said = Expect(rows, calibration, slips);
  for (std::size_t i = 1; i < slips.size(); ++i) {
    const Said& of = said[i];
    if (!of.says_unsafe || !of.says_safe) continue;
    const double wrong = SlipChances::kPrior * prior_rows;
    const auto rate = [&](double slipped, double all) {
      return std::min((slipped + wrong) / (all + prior_rows), SlipChances::kMost);
    };
    slips[i] = {rate(of.alarms, of.safe), rate(of.missed, of.unsafe)};
  }
}

namespace {

void Calibrate(const SaidRows& rows, const SlipTable& slips, Calibration& calibration) {
  std::vector<double> posterior(rows.logits.size());
  for (std::size_t i = 0; i < posterior.size(); ++i) {
    const SlipChances& of = Of(slips, rows.annotators[i]);
    posterior[i] = of.at_their_word()
                       ? rows.targets[i]
                       : of.Posterior(Unsafe(calibration, rows.logits[i]), rows.targets[i]);
  }
  calibration = FitCalibration(rows.logits, posterior, rows.weights, calibration);
}

}  // namespace

void EstimateSlips(const SaidRows& rows, double prior_rows, SlipTable& slips,
                   Calibration& calibration) {
  LOOKOUT_CHECK(rows.logits.size() == rows.annotators.size() && !slips.empty(),
                "what is said has somebody who says it");
  for (int round = 0; round < kMostRounds; ++round) {
    const SlipTable before = slips;
    ImproveSlips(rows, calibration, prior_rows, slips);
    Calibrate(rows, slips, calibration);
    if (GreatestChange(before, slips) < kSettled) break;
  }
}

Calibration CalibrateWith(const SaidRows& rows, const SlipTable& slips, Calibration start) {
  for (int round = 0; round < kMostRounds; ++round) {
    const Calibration before = start;
    Calibrate(rows, slips, start);
    if (std::abs(before.bias - start.bias) < kSettled) break;
  }
  return start;
}

}  // namespace lookout::agents
