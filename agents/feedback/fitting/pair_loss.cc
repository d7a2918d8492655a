#include "agents/feedback/fitting/pair_loss.h"

#include <cmath>
#include <cstddef>

namespace lookout::agents {
namespace {

double Sigmoid(double z) { return 1.0 / (1.0 + std::exp(-z)); }

double Cost(std::span<const float> logits, double steps_per_logit) {
  double sum = 0.0;
  for (const float logit : logits) sum += Sigmoid(double(logit));
  return steps_per_logit * sum;
}

// d cost / d logit, times a factor.
void WriteSlopes(std::span<const float> logits, double factor, std::span<float> slopes) {
  for (std::size_t i = 0; i < slopes.size(); ++i) {
    const double probability = Sigmoid(double(logits[i]));
    slopes[i] = static_cast<float>(factor * probability * (1.0 - probability));
  }
}

}  // namespace

double PairLoss(std::span<const float> first_logits, std::span<const float> second_logits,
                float first_is_safer, std::span<float> first_slopes, std::span<float> second_slopes,
                const StepsPerLogit& steps) {
  const double safer = Sigmoid(Cost(second_logits, steps.second) - Cost(first_logits, steps.first));
  const double answer = (1.0 - kRandomAnswers) * safer + 0.5 * kRandomAnswers;
  const double target = double(first_is_safer);
  const double by_answer = -target / answer + (1.0 - target) / (1.0 - answer);
  const double by_difference = by_answer * (1.0 - kRandomAnswers) * safer * (1.0 - safer);
  WriteSlopes(first_logits, -by_difference * steps.first, first_slopes);
  WriteSlopes(second_logits, by_difference * steps.second, second_slopes);
  return -target * std::log(answer) - (1.0 - target) * std::log(1.0 - answer);
}

}  // namespace lookout::agents
