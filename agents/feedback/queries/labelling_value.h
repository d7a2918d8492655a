// What further labels still bring, from how the held-out error fell with those given so far. Pure
// functions; any thread.
#pragma once

#include <cstdint>
#include <limits>
#include <span>
#include <string>

namespace lookout::agents {

// A fit on the first `labels` labels, or on a subset of that many: nested subsets give a smooth
// curve, a history of fits an honest one.
struct FitPoint {
  int labels = 0;               // > 0; others are passed over
  double held_out_error = 0.0;  // >= 0, such as 1 - AUC or Brier score; not finite: passed over
};

// Of the spans drawn by chance alone: those a person called unsafe, and how many of these the cost
// model, before it had seen the answer, called safe; 0 <= missed <= unsafe.
struct AuditCounts {
  int unsafe = 0;
  int missed = 0;
  bool operator==(const AuditCounts&) const = default;
};

// What tells when to stop.
struct LabellingEvidence {
  std::span<const FitPoint> fits;  // in any order
  // Cohen's kappa between the verdicts of each model and of the one before it, on steps that are
  // never labelled and stay the same; the newest last.
  std::span<const double> successive_agreement;
  AuditCounts audited = {};
};

struct LabellingSettings {
  int next_labels = 20;            // > 0, whose gain is foretold
  double enough_agreement = 0.99;  // of successive models
  int enough_rounds = 3;           // so many times in a row; > 0
  double most_missed = 0.10;       // share of what is unsafe, at its upper bound
  int resamples = 400;             // of the interval; > 0
  std::uint32_t seed = 1;          // of the resamples
};

struct LabellingValue {
  bool is_known = false;  // false: fewer than three different numbers of labels; no figures
  int labels = 0;         // the most of any fit
  double error = 0.0;     // held out, now, on the fitted curve
  double gain = 0.0;      // by how much the next labels lower it; below 0: it rises
  double gain_low = 0.0;  // 90 % interval of the gain
  double gain_high = 0.0;
  // The least of the last rounds' agreement; NaN if there are not so many.
  double least_agreement = std::numeric_limits<double>::quiet_NaN();
  double missed_bound = 1.0;  // 95 % upper bound of the share of unsafe spans missed, from audits
  bool is_enough = false;     // the models no longer change and the audit's bound is met
  std::string words;          // all this in one or two sentences
};

// The curve is error = a * labels^-b (Hestness et al. 2017), by least squares on logarithms; the
// interval comes from resampling its residuals, widened by n / (n - 2) for the two numbers fitted.
// It says nothing of what a change of the annotator or of the recordings would do. Enough: the
// stabilised predictions of Bloodgood and Vijay-Shanker (2009), and Wilson's bound on the audit.
// Same evidence and settings: same value. Takes about a millisecond.
LabellingValue MeasureLabellingValue(const LabellingEvidence& evidence,
                                     const LabellingSettings& settings = {});

}  // namespace lookout::agents
