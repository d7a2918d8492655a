#include "agents/feedback/models/calibration.h"

#include <algorithm>
#include <vector>

#include "sim/base/check.h"

namespace lookout::agents {
namespace {

// Minimises the cross-entropy of sigmoid(scale * logit + bias), convex in both.
class PlattProblem {
 public:
  PlattProblem(std::span<const float> logits, std::span<const double> targets,
               std::span<const double> weights)
      : logits_(logits), targets_(targets), weights_(weights) {
    LOOKOUT_CHECK(logits.size() == targets.size() && logits.size() == weights.size(),
                  "one logit for each row");
    for (std::size_t row = 0; row < logits.size(); ++row) {
      positive_ += weights[row] * targets[row];
      negative_ += weights[row] * (1.0 - targets[row]);
    }
    unsafe_target_ = (positive_ + 1.0) / (positive_ + 2.0);
    safe_target_ = 1.0 / (negative_ + 2.0);
    bias_ = std::log((positive_ + 1.0) / (negative_ + 1.0));
  }

  bool has_both_classes() const { return positive_ > 0.0 && negative_ > 0.0; }

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
  void set_bias(double bias) { bias_ = bias; }

 private:
  struct Derivatives {
    double scale = 0.0;
    double bias = 0.0;
    double scale_scale = 1e-12;  // a little more than zero keeps the matrix invertible
    double bias_bias = 1e-12;
    double scale_bias = 0.0;
  };

  double Target(std::size_t row) const {
    return safe_target_ + targets_[row] * (unsafe_target_ - safe_target_);
  }

  double Loss(double scale, double bias) const {
    double sum = 0.0;
    for (std::size_t row = 0; row < logits_.size(); ++row) {
      const double z = scale * double(logits_[row]) + bias;
      // -t log(p) - (1 - t) log(1 - p), written so that no exponential overflows
      sum +=
          weights_[row] * (std::max(z, 0.0) - Target(row) * z + std::log1p(std::exp(-std::abs(z))));
    }
    return sum / (positive_ + negative_);
  }

  Derivatives Differentiate(bool free_scale) const {
    Derivatives d;
    for (std::size_t row = 0; row < logits_.size(); ++row) {
      const double weight = weights_[row] / (positive_ + negative_);
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
  std::span<const double> targets_;
  std::span<const double> weights_;
  double positive_ = 0.0;  // weight of unsafe rows
  double negative_ = 0.0;
  double unsafe_target_ = 1.0;
  double safe_target_ = 0.0;
  double scale_ = 0.0;
  double bias_ = 0.0;
};

Calibration Minimise(PlattProblem& problem) {
  constexpr double kLeastScale = 1.0 / Calibration::kMostTemperature;
  constexpr double kMostScale = 1.0 / Calibration::kLeastTemperature;
  problem.Minimise(true);
  if (problem.scale() < kLeastScale || problem.scale() > kMostScale) {
    problem.set_scale(std::clamp(problem.scale(), kLeastScale, kMostScale));
    problem.Minimise(false);
  }
  return {1.0 / problem.scale(), problem.bias()};
}

}  // namespace

Calibration FitCalibration(std::span<const float> logits, std::span<const std::uint8_t> unsafe) {
  const std::vector<double> targets(unsafe.begin(), unsafe.end());
  const std::vector<double> weights(unsafe.size(), 1.0);
  PlattProblem problem(logits, targets, weights);
  LOOKOUT_CHECK(problem.has_both_classes(), "calibration needs both classes");
  return Minimise(problem);
}

Calibration FitCalibration(std::span<const float> logits, std::span<const double> targets,
                           std::span<const double> weights, const Calibration& start) {
  PlattProblem problem(logits, targets, weights);
  if (!problem.has_both_classes()) return start;
  problem.set_scale(1.0 / start.temperature);
  problem.set_bias(start.bias);
  return Minimise(problem);
}

}  // namespace lookout::agents
