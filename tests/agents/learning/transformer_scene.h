// Transformers to try, with sequences and something remembered before each.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <utility>
#include <vector>

#include "agents/learning/transformer_network.h"
#include "tests/agents/learning/random_matrix.h"

namespace lookout::agents {

inline constexpr TransformerSizes kSmallTransformer{
    .input_dim = 3, .output_dim = 2, .layers = 2, .width = 4, .heads = 2, .memory = 3};

inline TransformerNetwork RandomTransformer(const TransformerSizes& sizes, std::uint32_t seed = 7) {
  TransformerNetwork network(sizes);
  RandomState random(seed);
  network.Initialise(random, 1.0, 1.0);
  for (float& value : network.mutable_parameters()) value += 0.2F * float(random.Normal());
  return network;
}

// Sequences side by side, with something remembered before each.
struct TransformerScene {
  TransformerScene(const TransformerSizes& sizes, std::vector<int> at, int columns)
      : network(RandomTransformer(sizes)), starts(std::move(at)), workspace(network, columns) {
    RandomState random(3);
    inputs = RandomMatrix(sizes.input_dim, columns, random);
    states = RandomMatrix(network.state_dim(), int(starts.size()), random);
    for (int s = 0; s < std::ssize(starts); ++s) {  // known steps: 3, 2, 1, 0, 3...
      states(network.state_dim() - 1, s) = float((3 * (s + 1)) % 4 * sizes.memory / 3);
    }
    weights = RandomMatrix(sizes.output_dim, columns, random);
  }
  SequenceBatch Batch() const { return {inputs, starts, states}; }
  // A weighted sum of all outputs, so that its gradient with respect to them is `weights`.
  double Loss() {
    const auto outputs = network.Forward(Batch(), workspace);
    return (outputs.cast<double>().array() * weights.cast<double>().array()).sum();
  }
  double CentralDifference(float& value, float step) {
    const float kept = value;
    value = kept + step;
    const double above = Loss();
    value = kept - step;
    const double below = Loss();
    value = kept;
    return (above - below) / (2.0 * double(step));
  }

  TransformerNetwork network;
  std::vector<int> starts;
  TransformerWorkspace workspace;
  Eigen::MatrixXf inputs, states, weights;
};

}  // namespace lookout::agents
