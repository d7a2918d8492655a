#include "agents/rl/rollouts/sample_order.h"

#include <algorithm>
#include <numeric>

#include "agents/rl/settings/settings.h"
#include "sim/base/random_state.h"

namespace lookout::agents {

SampleOrder::SampleOrder(const TrainingSettings& settings)
    : seed_(settings.seed), minibatch_(settings.minibatch), order_(settings.steps_per_iteration) {}

std::span<const int> SampleOrder::All(int samples) {
  samples_ = samples;
  std::iota(order_.begin(), order_.begin() + samples, 0);
  return std::span<const int>(order_).first(samples);
}

void SampleOrder::BeginEpoch(int samples, int iteration, int epoch) {
  All(samples);
  if (minibatch_ == 0) return;
  RandomState random(StreamSeed(seed_, Stream::kMinibatches, static_cast<std::uint32_t>(epoch),
                                static_cast<std::uint32_t>(iteration)));
  for (int i = samples - 1; i > 0; --i) std::swap(order_[i], order_[random.Choice(i + 1)]);
}

int SampleOrder::minibatch_size() const {
  return minibatch_ == 0 ? samples_ : std::min(minibatch_, samples_);
}

std::span<const int> SampleOrder::Minibatch(int i) const {
  const auto size = static_cast<std::size_t>(minibatch_size());
  return std::span<const int>(order_).subspan(static_cast<std::size_t>(i) * size, size);
}

}  // namespace lookout::agents
