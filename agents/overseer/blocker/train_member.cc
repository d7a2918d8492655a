#include "agents/overseer/blocker/train_member.h"

#include <algorithm>
#include <cmath>
#include <vector>

#include "agents/learning/adam.h"
#include "agents/overseer/networks/action_networks.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

int PoissonOfOne(RandomState& random) {
  double rest = random.RandomSample();
  double probability = std::exp(-1.0);
  int count = 0;
  while (rest >= probability && count < 10) {
    rest -= probability;
    probability /= ++count;
  }
  return count;
}

// Weights [rows] of 0 or more that sum to the same for blocks and for passes, half of rows each.
std::vector<float> BalancedWeights(const MemberRowsOfBlocker& rows, RandomState& random) {
  const int groups = rows.groups.empty() ? 0 : rows.groups.back() + 1;
  std::vector<int> draws(static_cast<std::size_t>(groups));
  for (int& draw : draws) draw = PoissonOfOne(random);
  std::vector<float> weights(rows.blocked.size(), 1.0F);
  double sums[2] = {0.0, 0.0};
  const auto weigh = [&](const auto& weight_of) {
    sums[0] = sums[1] = 0.0;
    for (std::size_t i = 0; i < weights.size(); ++i) {
      weights[i] = weight_of(static_cast<std::size_t>(rows.groups[i]));
      sums[rows.blocked[i]] += double(weights[i]);
    }
  };
  weigh([&](std::size_t group) { return static_cast<float>(draws[group]); });
  if (sums[0] == 0.0 || sums[1] == 0.0) weigh([](std::size_t) { return 1.0F; });
  const double half = 0.5 * double(weights.size());
  for (std::size_t i = 0; i < weights.size(); ++i) {
    weights[i] *= static_cast<float>(half / sums[rows.blocked[i]]);
  }
  return weights;
}

// Rows that count, each as often as all others.
std::vector<int> RowsThatCount(const std::vector<float>& weights) {
  std::vector<int> rows;
  for (std::size_t i = 0; i < weights.size(); ++i) {
    if (weights[i] > 0.0F) rows.push_back(static_cast<int>(i));
  }
  return rows;
}

}  // namespace

Mlp TrainBlockerMember(const MemberRowsOfBlocker& rows, const BlockerSettings& settings, int member,
                       const std::function<bool(double)>& go_on) {
  RandomState random(settings.seed * 1009U + static_cast<std::uint32_t>(member) + 1U);
  const std::vector<float> weights = BalancedWeights(rows, random);
  const std::vector<int> usable = RowsThatCount(weights);
  Mlp network({static_cast<int>(rows.inputs.rows()), settings.hidden, settings.hidden, 1});
  network.InitialiseGlorot(random);
  Adam adam(network.parameter_count(),
            {.learning_rate = settings.learning_rate, .weight_decay = settings.weight_decay});
  const int batch = std::min<int>(settings.batch, static_cast<int>(usable.size()));
  MlpWorkspace workspace(network, batch);
  Eigen::MatrixXf inputs(rows.inputs.rows(), batch);
  Eigen::MatrixXf slopes(1, batch);
  Eigen::VectorXf gradient(network.parameter_count());
  std::vector<std::size_t> drawn(static_cast<std::size_t>(batch));
  for (int update = 0; update < settings.updates; ++update) {
    if (update % 50 == 0 && !go_on(double(update) / settings.updates)) break;
    for (int i = 0; i < batch; ++i) {
      const int row = usable[static_cast<std::size_t>(random.Choice(int(usable.size())))];
      drawn[static_cast<std::size_t>(i)] = static_cast<std::size_t>(row);
      inputs.col(i) = rows.inputs.col(row);
    }
    const auto logits = network.Forward(inputs, workspace);
    for (int i = 0; i < batch; ++i) {
      const std::size_t row = drawn[static_cast<std::size_t>(i)];
      const float off = Sigmoid(logits(0, i)) - static_cast<float>(rows.blocked[row]);
      slopes(0, i) = weights[row] * off / static_cast<float>(batch);
    }
    network.Backward(inputs, slopes, workspace, gradient);
    adam.set_learning_rate(settings.learning_rate * (1.0 - double(update) / settings.updates));
    adam.Step(network.mutable_parameters(), gradient);
  }
  return network;
}

}  // namespace lookout::agents
