// What each labelled step counts, and what a fit makes of marks of unlike lengths.
#include "agents/feedback/fitting/mark_shares.h"

#include <doctest/doctest.h>

#include <numeric>
#include <vector>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/models/evaluation.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

std::vector<TargetPoint> StepsOf(std::initializer_list<int> marks) {
  std::vector<TargetPoint> points;
  std::int64_t id = 0;
  for (const int steps : marks) {
    ++id;
    for (int i = 0; i < steps; ++i) points.push_back({.source = {id}});
  }
  return points;
}

TEST_CASE("marks count alike, but for very short and very long ones") {
  const std::vector<float> shares = MarkShares(StepsOf({10, 50, 200, 5}));
  const auto sum = [&](int begin, int end) {
    return std::accumulate(shares.begin() + begin, shares.begin() + end, 0.0);
  };
  CHECK(sum(0, 10) == doctest::Approx(sum(10, 60)));
  CHECK(sum(60, 260) == doctest::Approx(4.0 * sum(0, 10)));
  CHECK(sum(260, 265) == doctest::Approx(0.5 * sum(0, 10)));
  CHECK(sum(0, 265) == doctest::Approx(265.0));
}

TEST_CASE("what was only viewed counts like a part of a long mark, and nothing is fine, too") {
  std::vector<TargetPoint> points = StepsOf({50});
  points.push_back({.marked = false});
  const std::vector<float> shares = MarkShares(points);
  CHECK(shares.back() == doctest::Approx(1.0));
  CHECK(shares.front() == doctest::Approx(1.0));
  CHECK(MarkShares({}).empty());
}

// Clips of a robot on a line, where it is unsafe beyond 1, each in a place that looks like no other
// (kScenery values). A danger is short; of the verdicts about whole clips one in eight is reversed.
constexpr int kScenery = 6;
constexpr int kClips = 160;

struct ShortDangers {
  LabelSet labels;
  RandomState random{5};

  void Add(int steps, bool beyond, bool reversed) {
    const auto id = static_cast<std::int64_t>(labels.annotators.size() + episodes_++);
    Eigen::VectorXf scenery(kScenery);
    for (float& value : scenery) value = static_cast<float>(random.Normal());
    for (int i = 0; i < steps; ++i) {
      const double x = beyond ? random.Uniform(1.0, 2.0) : random.Uniform(-2.0, 1.0);
      columns_.emplace_back(1 + kScenery) << static_cast<float>(x), scenery;
      labels.points.push_back({.target = beyond != reversed ? 1.0F : 0.0F,
                               .episode = {id},
                               .step = i,
                               .source = {id},
                               .annotator = 0});
    }
  }
  LabelSet Finish() {
    labels.annotators = {"Ann"};
    labels.observations.resize(1 + kScenery, std::ssize(columns_));
    for (std::size_t i = 0; i < columns_.size(); ++i) {
      labels.observations.col(static_cast<Eigen::Index>(i)) = columns_[i];
    }
    return labels;
  }

 private:
  std::int64_t episodes_ = 1;
  std::vector<Eigen::VectorXf> columns_;
};

double AucOfDanger(const CostModel& model) {
  RandomState random(99);
  Eigen::MatrixXf observations(1 + kScenery, 2000);
  std::vector<std::uint8_t> unsafe;
  for (auto column : observations.colwise()) {
    for (float& value : column) value = static_cast<float>(random.Normal());
    column[0] = static_cast<float>(random.Uniform(-2.0, 2.0));
    unsafe.push_back(column[0] > 1.0F ? 1 : 0);
  }
  Eigen::VectorXf probability(observations.cols());
  Eigen::VectorXf spread(observations.cols());
  model.Predict(observations, probability, spread);
  return RocAuc({probability.data(), unsafe.size()}, unsafe);
}

TEST_CASE("long mistakes do not outweigh short dangers") {
  ShortDangers clips;
  for (int i = 0; i < kClips; ++i) clips.Add(i % 5 == 0 ? 10 : 50, i % 5 == 0, i % 8 == 7);
  const auto model = FitCostModel(clips.Finish(), {.members = 3}, {1});
  REQUIRE(model.ok());
  const double auc = AucOfDanger(**model);
  MESSAGE("AUC " << auc);
  CHECK(auc > 0.95);
}

}  // namespace
}  // namespace lookout::agents
