#include "agents/feedback/fitting/member_training.h"

#include <doctest/doctest.h>

#include <limits>
#include <numeric>

namespace lookout::agents {
namespace {

constexpr int kRows = 600;

const CostModelSettings kSettings;

// Rows of one number each: unsafe where it is positive.
TrainingData SignData() {
  TrainingData data;
  RandomState random(3);
  data.inputs.resize(1, kRows);
  data.points.resize(kRows);
  data.shares.assign(kRows, 1.0F);
  for (int row = 0; row < kRows; ++row) {
    const auto value = static_cast<float>(random.Uniform(-1, 1));
    data.inputs(0, row) = value;
    data.points[static_cast<std::size_t>(row)].target = value > 0.0F ? 1.0F : 0.0F;
    (row % 4 == 0 ? data.split.held_out : data.split.training).push_back(row);
  }
  return data;
}

bool Continue(double /*fraction*/) { return true; }

TEST_CASE("a member learns from its rows, and ends with its best epoch") {
  const TrainingData data = SignData();
  MemberTraining training(data, kSettings, {.rows = data.split.training});
  REQUIRE(training.Run(Continue) == MemberTraining::Outcome::kDone);
  CHECK(training.best_epoch() > 0);
  std::vector<float> logits(data.split.held_out.size(), 0.0F);
  LogitReader(training.mlp()).AddTo(logits, training.mlp(), data, data.split.held_out);
  int right = 0;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    right += (logits[i] > 0.0F) == data.point(data.split.held_out[i]).unsafe() ? 1 : 0;
  }
  CHECK(right > kRows / 4 * 95 / 100);
}

TEST_CASE("weight decay keeps the weights small, by the epoch and not by the update") {
  const TrainingData data = SignData();
  const auto norm = [&](double weight_decay, int batch) {
    const CostModelSettings settings{.batch = batch, .patience = 60, .weight_decay = weight_decay};
    MemberTraining training(data, settings, {.rows = data.split.training});
    REQUIRE(training.Run(Continue) == MemberTraining::Outcome::kDone);
    return training.mlp().parameters().norm();
  };
  const float free = norm(0.0, 16);
  const float held = norm(0.1, 16);
  CHECK(held < 0.7F * free);
  CHECK(norm(0.1, 64) < 0.8F * norm(0.0, 64));
}

TEST_CASE("a member that meets a gradient which is not finite says so") {
  TrainingData data = SignData();
  data.points[1].weight = std::numeric_limits<float>::infinity();
  MemberTraining training(data, kSettings, {.rows = data.split.training});
  CHECK(training.Run(Continue) == MemberTraining::Outcome::kDiverged);
  CHECK(training.mlp().parameters().allFinite());
}

TEST_CASE("pairs alone teach a member, however long their clips are") {
  TrainingData data;
  constexpr int kSteps = 700;  // more than a network is usually run on at once
  data.pair_inputs.resize(1, 2 * kSteps);
  data.pair_inputs.leftCols(kSteps).setConstant(-1.0F);
  data.pair_inputs.rightCols(kSteps).setConstant(1.0F);
  data.inputs.resize(1, 0);
  TargetPair pair;
  pair.first = {.begin = 0, .count = kSteps};
  pair.second = {.begin = kSteps, .count = kSteps};
  pair.first_is_safer = 1.0F;
  pair.strength = 1.0F;
  data.pairs = {pair};
  MemberTraining training(data, kSettings, {});
  REQUIRE(training.Run(Continue) == MemberTraining::Outcome::kDone);
  MlpWorkspace workspace(training.mlp(), 2);
  const Eigen::MatrixXf ends{{-1.0F, 1.0F}};
  const auto logits = training.mlp().Forward(ends, workspace);
  CHECK(logits(0, 0) < logits(0, 1));
}

}  // namespace
}  // namespace lookout::agents
