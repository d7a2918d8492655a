#include "agents/rl/rollouts/sample_order.h"

#include <doctest/doctest.h>

#include <vector>

namespace lookout::agents {
namespace {

// 2 environments of 100 decisions; an episode of the first ends after 40.
RolloutBuffer Collection() {
  RolloutBuffer buffer(2, 1, 2, 100);
  buffer.status[39] = sim::EpisodeStatus::kTimedOut;
  buffer.DropDiverged();
  return buffer;
}

TrainingSettings Settings(int minibatch) {
  TrainingSettings settings;
  settings.steps_per_iteration = 200;
  settings.minibatch = minibatch;
  return settings;
}

TEST_CASE("a network with memory learns from pieces of segments, each in its own order") {
  const RolloutBuffer buffer = Collection();
  SampleOrder order(Settings(0), GruNetwork(2, 3, 1));
  const SampleSequences all = order.All(buffer);
  CHECK(all.size() == 200);
  CHECK(std::vector(all.starts.begin(), all.starts.end()) ==
        std::vector{0, 32, 40, 72, 100, 132, 164, 196});
}

TEST_CASE("minibatches of sequences: shuffled, whole, each sample at most once") {
  const RolloutBuffer buffer = Collection();
  SampleOrder order(Settings(60), GruNetwork(2, 3, 1));
  std::vector<std::vector<int>> firsts;
  for (int epoch = 0; epoch < 2; ++epoch) {
    order.BeginEpoch(buffer, 1, epoch);
    std::vector<int> seen(200, 0);
    firsts.emplace_back();
    REQUIRE(order.minibatches() >= 2);
    for (int k = 0; k < order.minibatches(); ++k) {
      const SampleSequences minibatch = order.Minibatch(k);
      CHECK(minibatch.size() >= 60);
      CHECK(minibatch.size() < 60 + kSequenceSteps);
      for (int s = 0; s < minibatch.sequences(); ++s) {
        const SampleSequences one = minibatch.Part(s, minibatch.sequences());
        firsts.back().push_back(one.samples.front());
        for (int i = 0; i < one.size(); ++i) {
          CHECK(one.samples[i] == one.samples.front() + i);
          ++seen[one.samples[i]];
        }
      }
    }
    for (const int times : seen) CHECK(times <= 1);
  }
  CHECK(firsts[0] != firsts[1]);
}

TEST_CASE("a network without memory learns from single samples") {
  const RolloutBuffer buffer = Collection();
  SampleOrder order(Settings(60), Mlp({2, 1}));
  order.BeginEpoch(buffer, 1, 0);
  CHECK(order.minibatches() == 3);
  CHECK(order.Minibatch(2).size() == 60);
  CHECK(order.Minibatch(2).starts.empty());
}

}  // namespace
}  // namespace lookout::agents
