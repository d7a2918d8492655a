#include "agents/feedback/fitting/pair_loss.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <vector>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

double LossOf(const std::vector<float>& first, const std::vector<float>& second, float safer) {
  return PairLoss(first, second, safer, {}, {});
}

TEST_CASE("alike stretches cost the same either way, and the clearly safer one costs least") {
  CHECK(LossOf({0.5F}, {0.5F}, 1.0F) == doctest::Approx(std::log(2.0)));
  CHECK(LossOf({0.5F}, {0.5F}, 0.5F) == doctest::Approx(std::log(2.0)));
  const std::vector<float> safe(20, -5.0F);
  const std::vector<float> unsafe(20, 5.0F);
  CHECK(LossOf(safe, unsafe, 1.0F) == doctest::Approx(-std::log(0.95)).epsilon(1e-3));
  // Answers at random are reckoned with, so no single one costs without bound.
  CHECK(LossOf(safe, unsafe, 0.0F) == doctest::Approx(-std::log(0.05)).epsilon(1e-3));
}

TEST_CASE("the slopes of a pair's loss agree with finite differences") {
  std::vector<float> first{0.3F, -1.2F, 2.0F};
  std::vector<float> second{-0.4F, 0.9F};
  for (const float safer : {0.0F, 0.3F, 1.0F}) {
    CAPTURE(safer);
    std::array<float, 3> first_slopes{};
    std::array<float, 2> second_slopes{};
    PairLoss(first, second, safer, first_slopes, second_slopes);
    const auto slope_at = [&](float& logit) {
      constexpr float kStep = 1e-2F;
      const float before = logit;
      logit = before + kStep;
      const double above = LossOf(first, second, safer);
      logit = before - kStep;
      const double below = LossOf(first, second, safer);
      logit = before;
      return (above - below) / (2.0 * double(kStep));
    };
    for (std::size_t i = 0; i < first.size(); ++i) {
      CHECK(double(first_slopes[i]) == doctest::Approx(slope_at(first[i])).epsilon(2e-3));
    }
    for (std::size_t i = 0; i < second.size(); ++i) {
      CHECK(double(second_slopes[i]) == doctest::Approx(slope_at(second[i])).epsilon(2e-3));
    }
  }
}

// Pairs of stretches of 10 steps at one place each, x in [-1, 1], of which the greater x is worse;
// one answer in ten is wrong.
LabelSet RankedPairs(int pairs) {
  constexpr int kSteps = 10;
  RandomState random(3);
  LabelSet labels;
  labels.observations.resize(2, 0);
  labels.pair_observations.resize(2, 2 * kSteps * pairs);
  for (int i = 0; i < pairs; ++i) {
    const TargetPair::Steps first{2 * kSteps * i, kSteps};
    const TargetPair::Steps second{first.begin + kSteps, kSteps};
    const double x = random.Uniform(-1.0, 1.0);
    const double y = random.Uniform(-1.0, 1.0);
    for (int step = 0; step < kSteps; ++step) {
      labels.pair_observations.col(first.begin + step) << float(x), float(random.Normal());
      labels.pair_observations.col(second.begin + step) << float(y), float(random.Normal());
    }
    const bool wrong = random.RandomSample() < 0.1;
    labels.pairs.push_back({first, second, (x < y) != wrong ? 1.0F : 0.0F, 1.0F, {i + 1}});
  }
  return labels;
}

float At(const CostModel& model, float x) {
  return model.PredictOne(Eigen::Vector2f(x, 0.0F)).probability;
}

TEST_CASE("pairs alone teach a ranking, although some answers are wrong") {
  const auto model = FitCostModel(RankedPairs(150), {.members = 2, .hidden = 16}, {1});
  REQUIRE_MESSAGE(model.ok(), (model.ok() ? "" : model.error().message));
  for (float x = -0.8F; x < 0.7F; x += 0.4F) {
    CAPTURE(x);
    CHECK(At(**model, x) < At(**model, x + 0.4F));
  }
  CHECK(At(**model, 0.8F) - At(**model, -0.8F) > 0.3F);
  CHECK(std::isnan((*model)->report().auc));  // there was nothing to judge it on
}

TEST_CASE("a stronger preference counts for more, and one between alike teaches nothing") {
  LabelSet labels = RankedPairs(60);
  LabelSet weak = labels;
  for (TargetPair& pair : weak.pairs) pair.strength = 0.01F;
  for (TargetPair& pair : labels.pairs) pair.strength = 3.0F;
  const CostModelSettings settings{.members = 1, .hidden = 16, .max_epochs = 1};
  const auto gap = [](const CostModel& model) { return At(model, 0.8F) - At(model, -0.8F); };
  LabelSet undecided = labels;
  for (TargetPair& pair : undecided.pairs) pair.first_is_safer = 0.5F;
  const CostModelSettings thorough{.members = 2, .hidden = 16};
  CHECK(gap(**FitCostModel(labels, thorough, {1})) >
        gap(**FitCostModel(undecided, thorough, {1})) + 0.2F);
  CHECK(FitCostModel(weak, settings, {1})->get()->Encode() !=
        FitCostModel(labels, settings, {1})->get()->Encode());
}

}  // namespace
}  // namespace lookout::agents
