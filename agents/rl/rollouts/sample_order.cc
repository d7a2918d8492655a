#include "agents/rl/rollouts/sample_order.h"

#include <algorithm>
#include <cstdint>
#include <numeric>
#include <utility>

#include "agents/rl/settings/settings.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

template <typename Item>
void Shuffle(std::span<Item> items, RandomState& random) {
  for (auto i = static_cast<int>(items.size()) - 1; i > 0; --i) {
    std::swap(items[i], items[random.Choice(i + 1)]);
  }
}

}  // namespace

SampleOrder::SampleOrder(const TrainingSettings& settings, const SequenceNetwork& network)
    : seed_(settings.seed),
      minibatch_(settings.minibatch),
      in_sequences_(network.has_memory()),
      order_(settings.steps_per_iteration) {
  if (!in_sequences_) return;
  pieces_.reserve(order_.size());
  starts_.reserve(order_.size());
  minibatch_ends_.reserve(order_.size());
}

SampleSequences SampleOrder::All(const RolloutBuffer& buffer) {
  samples_ = buffer.size;
  std::iota(order_.begin(), order_.begin() + samples_, 0);
  const auto samples = std::span<const int>(order_).first(samples_);
  if (!in_sequences_) return samples;
  CutSegments(buffer);
  LayOut();
  return {samples, starts_};
}

void SampleOrder::BeginEpoch(const RolloutBuffer& buffer, int iteration, int epoch) {
  All(buffer);
  if (minibatch_ == 0) return;
  RandomState random(StreamSeed(seed_, Stream::kMinibatches, static_cast<std::uint32_t>(epoch),
                                static_cast<std::uint32_t>(iteration)));
  if (in_sequences_) {
    Shuffle(std::span(pieces_), random);
    LayOut();
  } else {
    Shuffle(std::span(order_).first(samples_), random);
  }
}

void SampleOrder::CutSegments(const RolloutBuffer& buffer) {
  pieces_.clear();
  for (const RolloutSegment& segment : buffer.segments) {
    for (int done = 0; done < segment.size; done += kSequenceSteps) {
      pieces_.push_back({segment.begin + done, std::min(kSequenceSteps, segment.size - done)});
    }
  }
}

void SampleOrder::LayOut() {
  starts_.clear();
  minibatch_ends_.clear();
  int next = 0;
  int minibatch_start = 0;
  for (const Piece& piece : pieces_) {
    starts_.push_back(next);
    std::iota(order_.begin() + next, order_.begin() + next + piece.size, piece.begin);
    next += piece.size;
    if (next - minibatch_start < minibatch_size()) continue;
    minibatch_ends_.push_back(static_cast<int>(starts_.size()));
    minibatch_start = next;
  }
}

int SampleOrder::minibatch_size() const {
  return minibatch_ == 0 ? samples_ : std::min(minibatch_, samples_);
}

int SampleOrder::minibatches() const {
  return in_sequences_ ? static_cast<int>(minibatch_ends_.size()) : samples_ / minibatch_size();
}

SampleSequences SampleOrder::Minibatch(int i) const {
  const std::span<const int> order(order_);
  if (!in_sequences_) {
    const auto size = static_cast<std::size_t>(minibatch_size());
    return order.subspan(static_cast<std::size_t>(i) * size, size);
  }
  const int begin = i == 0 ? 0 : minibatch_ends_[i - 1];
  const int end = minibatch_ends_[i];
  const int last_sample = end < std::ssize(starts_) ? starts_[end] : samples_;
  return {order.subspan(starts_[begin], last_sample - starts_[begin]),
          std::span<const int>(starts_).subspan(begin, end - begin)};
}

}  // namespace lookout::agents
