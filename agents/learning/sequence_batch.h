// What a network over sequences is given: sequences of consecutive steps, side by side. A view; its
// owner keeps the data.
#pragma once

#include <Eigen/Core>
#include <algorithm>
#include <span>

namespace lookout::agents {

struct SequenceBatch {
  using Matrix = Eigen::Ref<const Eigen::MatrixXf>;

  // [input_dim x n]: the sequences one after another, each with its steps in their order.
  Matrix inputs;
  // The column at which each sequence begins, ascending from 0. Empty: every column is a sequence
  // of its own.
  std::span<const int> starts;
  // [state_dim x sequences]: what the network remembers before each sequence's first step. A
  // network without memory has state_dim 0 and looks at neither this nor the starts.
  Matrix initial_states;

  int sequences() const {
    return static_cast<int>(starts.empty() ? inputs.cols() : std::ssize(starts));
  }
  // The columns of sequence s: from begin(s) to before end(s).
  int begin(int s) const { return starts.empty() ? s : starts[s]; }
  int end(int s) const {
    return s + 1 < sequences() ? begin(s + 1) : static_cast<int>(inputs.cols());
  }
  int SequenceOf(int column) const {
    if (starts.empty()) return column;
    return static_cast<int>(std::ranges::upper_bound(starts, column) - starts.begin()) - 1;
  }
};

}  // namespace lookout::agents
