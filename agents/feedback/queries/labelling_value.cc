#include "agents/feedback/queries/labelling_value.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <limits>
#include <set>
#include <vector>

#include "sim/base/check.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

constexpr double kLeastError = 1e-6;  // so that an error of 0 has a logarithm

// log(error) = intercept + slope * log(labels).
struct Line {
  double intercept = 0.0;
  double slope = 0.0;
  double At(double labels) const { return std::exp(intercept + slope * std::log(labels)); }
};

struct Curve {
  std::vector<double> x;  // logarithms of the labels
  std::vector<double> y;  // logarithms of the errors
};

// x: at least two different values.
Line FitLine(const std::vector<double>& x, const std::vector<double>& y) {
  const auto count = static_cast<double>(x.size());
  double mean_x = 0.0;
  double mean_y = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    mean_x += x[i] / count;
    mean_y += y[i] / count;
  }
  double covariance = 0.0;
  double variance = 0.0;
  for (std::size_t i = 0; i < x.size(); ++i) {
    covariance += (x[i] - mean_x) * (y[i] - mean_y);
    variance += (x[i] - mean_x) * (x[i] - mean_x);
  }
  const double slope = covariance / variance;
  return {mean_y - slope * mean_x, slope};
}

double Gain(const Line& line, int labels, int next_labels) {
  return line.At(labels) - line.At(double(labels) + next_labels);
}

// Sets the interval of the gain.
void Resample(const Curve& curve, const Line& line, const LabellingSettings& settings,
              LabellingValue& value) {
  const auto count = static_cast<int>(curve.x.size());
  const double widening = std::sqrt(double(count) / (count - 2));
  std::vector<double> fitted;
  std::vector<double> residuals;
  for (std::size_t i = 0; i < curve.x.size(); ++i) {
    fitted.push_back(line.intercept + line.slope * curve.x[i]);
    residuals.push_back((curve.y[i] - fitted.back()) * widening);
  }
  RandomState random(settings.seed);
  std::vector<double> gains;
  std::vector<double> y(curve.y.size());
  for (int draw = 0; draw < settings.resamples; ++draw) {
    for (std::size_t i = 0; i < y.size(); ++i) {
      y[i] = fitted[i] + residuals[static_cast<std::size_t>(random.Choice(count))];
    }
    gains.push_back(Gain(FitLine(curve.x, y), value.labels, settings.next_labels));
  }
  std::ranges::sort(gains);
  const auto last = static_cast<double>(gains.size() - 1);
  value.gain_low = std::min(value.gain, gains[static_cast<std::size_t>(0.05 * last)]);
  value.gain_high = std::max(value.gain, gains[static_cast<std::size_t>(std::ceil(0.95 * last))]);
}

// Wilson's upper bound (1927), one-sided at 95 %; 1 if nothing was audited.
double UpperBound(int missed, int unsafe) {
  if (unsafe == 0) return 1.0;
  constexpr double z = 1.645;
  const double n = unsafe;
  const double share = missed / n;
  const double middle = share + z * z / (2.0 * n);
  const double width = z * std::sqrt(share * (1.0 - share) / n + z * z / (4.0 * n * n));
  return std::min(1.0, (middle + width) / (1.0 + z * z / n));
}

// Of the last rounds; NaN if one cannot be told, or there are not so many.
double LeastAgreement(const LabellingEvidence& evidence, const LabellingSettings& settings) {
  constexpr double kUnknown = std::numeric_limits<double>::quiet_NaN();
  const std::span<const double> all = evidence.successive_agreement;
  const auto rounds = static_cast<std::size_t>(settings.enough_rounds);
  if (all.size() < rounds) return kUnknown;
  double least = 1.0;
  for (const double kappa : all.last(rounds)) {
    if (std::isnan(kappa)) return kUnknown;
    least = std::min(least, kappa);
  }
  return least;
}

std::string WordsOf(const LabellingValue& value, const LabellingSettings& settings) {
  const std::string figures =
      fmt::format("The held-out error is {:.3f} after {} labels; the next {} should ", value.error,
                  value.labels, settings.next_labels);
  std::string words = "Too few fits to foretell what labels bring: three are needed.";
  if (value.is_known && value.gain_low > 0.0) {
    words = figures + fmt::format("lower it by {:.3f} ({:.3f} to {:.3f}).", value.gain,
                                  value.gain_low, value.gain_high);
  } else if (value.is_known) {
    words = figures + fmt::format(
                          "change it by {:+.3f} ({:+.3f} to {:+.3f}): no gain that can be "
                          "told from chance.",
                          -value.gain, -value.gain_high, -value.gain_low);
  }
  if (value.is_enough) {
    words += fmt::format(
        " That is enough: the last {} models agree, with a kappa of {:.3f} at least, and at most "
        "{:.0f} % of what is unsafe is missed.",
        settings.enough_rounds + 1, std::floor(1000.0 * value.least_agreement) / 1000.0,
        std::ceil(100.0 * value.missed_bound));
  }
  return words;
}

}  // namespace

LabellingValue MeasureLabellingValue(const LabellingEvidence& evidence,
                                     const LabellingSettings& settings) {
  LOOKOUT_CHECK(settings.next_labels > 0 && settings.enough_rounds > 0 && settings.resamples > 0,
                "settings of the value of labels are not positive");
  const AuditCounts& audited = evidence.audited;
  LOOKOUT_CHECK(0 <= audited.missed && audited.missed <= audited.unsafe,
                "more spans missed than were unsafe");
  LabellingValue value;
  Curve curve;
  std::set<int> sizes;
  for (const FitPoint& fit : evidence.fits) {
    if (fit.labels <= 0 || !std::isfinite(fit.held_out_error)) continue;
    curve.x.push_back(std::log(double(fit.labels)));
    curve.y.push_back(std::log(std::max(kLeastError, fit.held_out_error)));
    sizes.insert(fit.labels);
    value.labels = std::max(value.labels, fit.labels);
  }
  value.is_known = sizes.size() >= 3;
  if (value.is_known) {
    const Line line = FitLine(curve.x, curve.y);
    value.error = line.At(value.labels);
    value.gain = Gain(line, value.labels, settings.next_labels);
    Resample(curve, line, settings, value);
  }
  value.least_agreement = LeastAgreement(evidence, settings);
  value.missed_bound = UpperBound(audited.missed, audited.unsafe);
  value.is_enough = value.least_agreement >= settings.enough_agreement &&
                    value.missed_bound <= settings.most_missed;
  value.words = WordsOf(value, settings);
  return value;
}

}  // namespace lookout::agents
