#include "agents/feedback/models/calibration.h"

#include <algorithm>

#include "sim/base/check.h"

namespace lookout::agents {
namespace {

// Minimises the cross-entropy of sigmoid(scale * logit + bias), convex in both.
class PlattProblem {
 public:
  PlattProblem(std::span<const float> logits, std::span<const std::uint8_t> unsafe)
      : logits_(logits), unsafe_(unsafe) {
    LOOKOUT_CHECK(logits.size() == unsafe.size(), "one logit for each row");
    const auto positive = static_cast<double>(std::ranges::count(unsafe, std::uint8_t{1}));
    const double negative = static_cast<double>(unsafe.size()) - positive;
    LOOKOUT_CHECK(positive > 0.0 && negative > 0.0, "calibration needs both classes");
    unsafe_target_ = (positive + 1.0) / (positive + 2.0);
    safe_target_ = 1.0 / (negative + 2.0);
    bias_ = std::log((positive + 1.0) / (negative + 1.0));
  }

  // free_scale: false keeps the scale where it is.
  void Minimise(bool free_scale) {
    constexpr int kMaxIterations = 100;
    constexpr double kSmallGradient = 1e-6;
    for (int i = 0; i < kMaxIterations; ++i) {
      const Derivatives d = Differentiate(free_scale);
      if (std::abs(d.scale) < kSmallGradient && std::abs(d.bias) < kSmallGradient) return;
      const double determinant = d.scale_scale * d.bias_bias - d.scale_bias * d.scale_bias;
      const double scale_step = -(d.bias_bias * d.scale - d.scale_bias * d.bias) / determinant;
      const double bias_step = -(d.scale_scale * d.bias - d.scale_bias * d.scale) / determinant;
      if (!Advance(scale_step, bias_step, d.scale * scale_step + d.bias * bias_step)) return;
    }
  }

  double scale() const { return scale_; }
  double bias() const { return bias_; }
  void set_scale(double scale) { scale_ = scale; }

 private:
  struct Derivatives {
    double scale = 0.0;
    double bias = 0.0;
    double scale_scale = 1e-12;  // a little more than zero keeps the matrix invertible
    double bias_bias = 1e-12;
    double scale_bias = 0.0;
  };

  double Target(std::size_t row) const { return unsafe_[row] != 0 ? unsafe_target_ : safe_target_; }

  double Loss(double scale, double bias) const {
    double sum = 0.0;
    for (std::size_t row = 0; row < logits_.size(); ++row) {
      const double z = scale * double(logits_[row]) + bias;
      // -t log(p) - (1 - t) log(1 - p), written so that no exponential overflows
      sum += std::max(z, 0.0) - Target(row) * z + std::log1p(std::exp(-std::abs(z)));
    }
    return sum / static_cast<double>(logits_.size());
  }

  Derivatives Differentiate(bool free_scale) const {
    Derivatives d;
    const double weight = 1.0 / static_cast<double>(logits_.size());
    for (std::size_t row = 0; row < logits_.size(); ++row) {
      const double x = free_scale ? double(logits_[row]) : 0.0;
      const double p = 1.0 / (1.0 + std::exp(-(scale_ * double(logits_[row]) + bias_)));
      const double slope = weight * (p - Target(row));
      const double curvature = weight * p * (1.0 - p);
      d.scale += slope * x;
      d.bias += slope;
      d.scale_scale += curvature * x * x;
      d.bias_bias += curvature;
      d.scale_bias += curvature * x;
    }
    return d;
  }

  // Halves the step until the loss falls enough; false if it does not.
  bool Advance(double scale_step, double bias_step, double slope) {
    constexpr double kLeastStep = 1e-10;
    constexpr double kSufficient = 1e-4;  // Armijo
    const double loss = Loss(scale_, bias_);
    for (double step = 1.0; step >= kLeastStep; step *= 0.5) {
      const double scale = scale_ + step * scale_step;
      const double bias = bias_ + step * bias_step;
      if (Loss(scale, bias) < loss + kSufficient * step * slope) {
        scale_ = scale;
        bias_ = bias;
        return true;
      }
    }
    return false;
  }

  std::span<const float> logits_;
  std::span<const std::uint8_t> unsafe_;
  double unsafe_target_ = 1.0;
  double safe_target_ = 0.0;
  double scale_ = 0.0;
  double bias_ = 0.0;
};

}  // namespace

Calibration FitCalibration(std::span<const float> logits, std::span<const std::uint8_t> unsafe) {
  constexpr double kLeastScale = 1.0 / Calibration::kMostTemperature;
  constexpr double kMostScale = 1.0 / Calibration::kLeastTemperature;
  PlattProblem problem(logits, unsafe);
  problem.Minimise(true);
  if (problem.scale() < kLeastScale || problem.scale() > kMostScale) {
    problem.set_scale(std::clamp(problem.scale(), kLeastScale, kMostScale));
    problem.Minimise(false);
  }
  return {1.0 / problem.scale(), problem.bias()};
}

}  // namespace lookout::agents
