// How often annotators err, from what they say of rows that networks judge without having learned
// from them. Pure functions; any thread.
#pragma once

#include <span>
#include <vector>

#include "agents/feedback/models/calibration.h"

namespace lookout::agents {

// Somebody says "unsafe" with probability q = f + (1 - f - m) sigmoid(z), where sigmoid(z) is the
// probability that the step is unsafe. Of one who is taken at their word both rates are 0.
struct SlipChances {
  static constexpr double kMost = 0.45;   // of either: beyond, "unsafe" would come to mean safe
  static constexpr double kFirst = 0.3;   // to be estimated from
  static constexpr double kPrior = 0.05;  // what is held for likely before anything is said

  double false_alarm = 0.0;  // f: P(says unsafe | it is safe)
  double miss = 0.0;         // m: P(says safe | it is unsafe)

  bool at_their_word() const { return false_alarm == 0.0 && miss == 0.0; }
  double SaysUnsafe(double unsafe) const {
    return false_alarm + (1.0 - false_alarm - miss) * unsafe;
  }
  // P(it is unsafe | what they say), given that it is with probability `unsafe` before; target:
  // what they say, in [0, 1].
  double Posterior(double unsafe, double target) const;
};

// By annotator + 1; the first are those of kNobody, who is taken at their word.
using SlipTable = std::vector<SlipChances>;

// Rows of any length, one of each in every span.
struct SaidRows {
  std::span<const float> logits;
  std::span<const double> targets;  // said to be unsafe
  std::span<const double> weights;
  std::span<const int> annotators;  // or kNobody
};

// One step of expectation and maximisation (Dempster, Laird and Rubin 1977; for such labels Raykar
// et al. 2010, "Learning from crowds") of the rates of those who say both, with Beta priors around
// kPrior that count like `prior_rows` rows; the others' stay. From kFirst, above what is likely,
// the rates fall as far as the rows demand: a network of its own can always make up for too low
// ones.
void ImproveSlips(const SaidRows& rows, const Calibration& calibration, double prior_rows,
                  SlipTable& slips);

// Rates and calibration together, a logistic curve with a floor and a ceiling, by alternating
// ImproveSlips with FitCalibration until nothing moves by 1e-5, 200 times at most. Goes on from
// what it is given. Deterministic.
void EstimateSlips(const SaidRows& rows, double prior_rows, SlipTable& slips,
                   Calibration& calibration);

// The calibration alone.
Calibration CalibrateWith(const SaidRows& rows, const SlipTable& slips, Calibration start);

}  // namespace lookout::agents
