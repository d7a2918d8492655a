// Turns a classifier's logits into probabilities that match observed frequencies. Any thread.
#pragma once

#include <cmath>
#include <cstdint>
#include <span>

namespace lookout::agents {

// probability = sigmoid(logit / temperature + bias) (Platt 1999; the temperature alone is the
// scaling of Guo et al. 2017).
struct Calibration {
  // Limits of the temperature, so that no calibration turns the order of the logits round.
  static constexpr double kLeastTemperature = 0.05;
  static constexpr double kMostTemperature = 20.0;

  double temperature = 1.0;
  double bias = 0.0;

  float Probability(float logit) const {
    const auto z = static_cast<float>(double(logit) / temperature + bias);
    return 1.0F / (1.0F + std::exp(-z));
  }
};

// The temperature and bias of greatest likelihood, on targets drawn in from 0 and 1 as Platt
// proposed, by Newton's method with line search (Lin, Lin and Weng 2007). Needs both classes.
Calibration FitCalibration(std::span<const float> logits, std::span<const std::uint8_t> unsafe);
// The same of rows that are unsafe with probability targets[i] and count weights[i] times, [rows]
// each, going on from `start`. Unchanged if all of them are certainly of one class.
Calibration FitCalibration(std::span<const float> logits, std::span<const double> targets,
                           std::span<const double> weights, const Calibration& start);

}  // namespace lookout::agents
