// The loss of a preference between two stretches of steps: Bradley-Terry on their summed
// predictions (Christiano et al. 2017, equation 1), for a cost, of which less is better. Pure
// functions; any thread.
#pragma once

#include <span>

namespace lookout::agents {

// With this probability a person answers at random (Christiano et al. 2017, section 2.2.3).
inline constexpr double kRandomAnswers = 0.1;

// How many steps each logit of a stretch stands for, where not every step has one.
struct StepsPerLogit {
  double first = 1.0;
  double second = 1.0;
};

// Of the stretches with the steps' logits of unsafe, whose predicted costs are the sums of
// c = sigmoid(logit): P(first is safer) = sigmoid(sum of the second's c - sum of the first's c),
// mixed with 1/2 by kRandomAnswers; the loss is the cross entropy against first_is_safer, in
// [0, 1]. Where the spans of slopes are not empty, writes d loss / d logit there.
double PairLoss(std::span<const float> first_logits, std::span<const float> second_logits,
                float first_is_safer, std::span<float> first_slopes, std::span<float> second_slopes,
                const StepsPerLogit& steps = {});

}  // namespace lookout::agents
