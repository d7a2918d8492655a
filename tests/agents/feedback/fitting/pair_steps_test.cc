#include "agents/feedback/fitting/pair_steps.h"

#include <doctest/doctest.h>

#include <set>
#include <vector>

namespace lookout::agents {
namespace {

TEST_CASE("every step of a short stretch is looked at, some that change of a long one") {
  const TargetPair pair{.first = {.begin = 3, .count = 10}, .second = {.begin = 13, .count = 75}};
  CHECK(StepsLookedAt(pair) == 10 + kMostStepsOfStretch);
  std::set<int> seen;
  PairSteps steps;
  for (const double phase : {0.0, 0.2, 0.4, 0.6, 0.8, 0.999}) {
    steps.Clear();
    steps.Add(pair, phase);
    REQUIRE(steps.count() == StepsLookedAt(pair));
    const auto samples = steps.Samples().samples;
    for (int i = 0; i < 10; ++i) CHECK(samples[static_cast<std::size_t>(i)] == 3 + i);
    const std::set<int> second(samples.begin() + 10, samples.end());
    CHECK(std::ssize(second) == kMostStepsOfStretch);
    CHECK(*second.begin() >= 13);
    CHECK(*second.rbegin() < 13 + 75);
    seen.insert(second.begin(), second.end());
  }
  CHECK(seen.size() > 60);
}

struct Evaluated {
  double loss = 0.0;
  Eigen::MatrixXf slopes;
};

Evaluated Evaluate(const PairSteps& steps, const Eigen::MatrixXf& logits) {
  Evaluated found{0.0, Eigen::MatrixXf(1, logits.cols())};
  Eigen::VectorXf none(0);
  LossSums sums;
  const SampleSequences samples = steps.Samples();
  const auto outputs = logits.leftCols(logits.cols());
  PairBatchLoss(steps, 2.0).Evaluate(samples.samples, outputs, found.slopes, none, sums);
  found.loss = sums.loss;
  return found;
}

TEST_CASE("a batch's loss is that of its pairs by strength, with the sums of whole stretches") {
  const std::vector<TargetPair> pairs{
      {.first = {0, 64}, .second = {64, 5}, .first_is_safer = 1.0F, .strength = 2.0F},
      {.first = {69, 3}, .second = {72, 3}, .first_is_safer = 0.5F, .strength = 0.5F}};
  PairSteps steps;
  for (const TargetPair& pair : pairs) steps.Add(pair, 0.5);
  Eigen::MatrixXf logits = Eigen::MatrixXf::Constant(1, steps.count(), -3.0F);
  const std::vector<float> first(64, -3.0F), second(5, -3.0F), third(3, -3.0F);
  const double expected = 0.5 * (2.0 * PairLoss(first, second, 1.0F, {}, {}) +
                                 0.5 * PairLoss(third, third, 0.5F, {}, {}));
  const Evaluated found = Evaluate(steps, logits);
  CHECK(found.loss == doctest::Approx(expected));
  for (const Eigen::Index at : {0, 15, 18, 22}) {
    CAPTURE(at);
    constexpr float kStep = 1e-2F;
    logits(0, at) += kStep;
    const double above = Evaluate(steps, logits).loss;
    logits(0, at) -= 2.0F * kStep;
    const double below = Evaluate(steps, logits).loss;
    logits(0, at) += kStep;
    CHECK(double(found.slopes(0, at)) ==
          doctest::Approx((above - below) / (2.0 * double(kStep))).epsilon(1e-2));
  }
}

}  // namespace
}  // namespace lookout::agents
