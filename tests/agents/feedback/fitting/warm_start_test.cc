#include "agents/feedback/fitting/warm_start.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

constexpr int kWarmSteps = 100;
constexpr int kWarmDim = 3;

// Episodes of places in a square; unsafe is a strip of it, right of `border`. Pairs of clips of
// them, of which the one with more unsafe steps is worse.
LabelSet Strip(int episodes, float border, int pairs = 0) {
  LabelSet labels;
  labels.observations.resize(kWarmDim, episodes * kWarmSteps);
  for (int episode = 0; episode < episodes; ++episode) {
    RandomState random(static_cast<std::uint32_t>(episode));
    for (int step = 0; step < kWarmSteps; ++step) {
      const auto x = static_cast<float>(random.Uniform(-1, 1));
      labels.observations.col(episode * kWarmSteps + step) << x, float(random.Normal()), 7.0F;
      labels.points.push_back(
          {.target = x > border ? 1.0F : 0.0F, .episode = {1 + episode}, .step = step});
    }
  }
  RandomState random(5);
  labels.pair_observations.resize(kWarmDim, 2 * kWarmSteps * pairs);
  for (int i = 0; i < pairs; ++i) {
    const auto x = static_cast<float>(random.Uniform(-1, 1));
    const auto y = static_cast<float>(random.Uniform(-1, 1));
    const int begin = 2 * i * kWarmSteps;
    labels.pair_observations.middleCols(begin, kWarmSteps).colwise() =
        Eigen::Vector3f(x, 0.0F, 7.0F);
    labels.pair_observations.middleCols(begin + kWarmSteps, kWarmSteps).colwise() =
        Eigen::Vector3f(y, 0.0F, 7.0F);
    labels.pairs.push_back({.first = {begin, kWarmSteps},
                            .second = {begin + kWarmSteps, kWarmSteps},
                            .first_is_safer = x < y ? 1.0F : 0.0F});
  }
  return labels;
}

CostModelPtr FitWarm(const LabelSet& labels, const CostModelSettings& settings = {}) {
  auto model = FitCostModel(labels, settings, {1});
  REQUIRE_MESSAGE(model.ok(), (model.ok() ? "" : model.error().message));
  return *model;
}

CostModelSettings GoingOnFrom(const CostModelPtr& previous) { return {.previous = previous}; }

float CostAt(const CostModel& model, float x) {
  return model.PredictOne(Eigen::Vector3f(x, 0.0F, 7.0F)).probability;
}

TEST_CASE("a network says the same of the same observation under another normaliser") {
  const CostModelPtr model = FitWarm(Strip(6, 0.3F), {.members = 1, .max_epochs = 3});
  const CostEnsemble& ensemble = *model->ensemble();
  Normaliser next(kWarmDim);
  next.Update(Eigen::MatrixXf{{-2.0F, 2.0F, 1.0F}, {-1.0F, 0.0F, 3.0F}, {7.0F, 7.0F, 7.0F}});
  const Mlp moved = WarmStart{&ensemble, {}}.NetworkFor(0, next);
  const Eigen::MatrixXf seen{{0.4F, -0.9F}, {1.0F, 0.2F}, {7.0F, 7.0F}};
  Eigen::MatrixXf before = seen, after = seen;
  ensemble.normaliser.Apply(before);
  next.Apply(after);
  MlpWorkspace workspace(moved, 2);
  const Eigen::MatrixXf expected = ensemble.members[0].Forward(before, workspace);
  const Eigen::MatrixXf found = moved.Forward(after, workspace);
  CHECK(found.isApprox(expected, 1e-3F));
}

TEST_CASE("a fit that goes on takes in new episodes, in few epochs, and leaves the old split") {
  const CostModelPtr first = FitWarm(Strip(10, 0.3F, 40));
  CHECK_FALSE(first->report().went_on);
  const CostModelPtr second = FitWarm(Strip(12, 0.3F, 50), GoingOnFrom(first));
  CHECK(second->report().went_on);
  CHECK(second->report().auc > 0.98);
  CHECK(CostAt(*second, 0.8F) > 0.75F);
  CHECK(CostAt(*second, -0.3F) < 0.25F);
  const EpisodeSplit &before = first->ensemble()->episodes, &after = second->ensemble()->episodes;
  CHECK(std::ranges::includes(after.training, before.training));
  CHECK(std::ranges::includes(after.held_out, before.held_out));
}

TEST_CASE("a fit that goes on forgets what was taken back") {
  const CostModelPtr wrong = FitWarm(Strip(10, -0.5F));
  REQUIRE(CostAt(*wrong, 0.0F) > 0.8F);
  const CostModelPtr right = FitWarm(Strip(10, 0.5F), GoingOnFrom(wrong));
  CHECK(right->report().went_on);
  CHECK(CostAt(*right, 0.0F) < 0.2F);
  CHECK(CostAt(*right, 0.8F) > 0.8F);
}

TEST_CASE("threads change nothing: the same bytes from the same labels, seed and model before") {
  const LabelSet labels = Strip(8, 0.2F, 20);
  const auto bytes = [&](int workers, const CostModelPtr& previous) {
    return FitWarm(labels,
                   {.members = 3, .max_epochs = 6, .workers = workers, .previous = previous})
        ->Encode();
  };
  const std::string anew = bytes(1, nullptr);
  const CostModelPtr previous = *DecodeCostModel(anew);
  const std::string went_on = bytes(1, previous);
  CHECK(went_on != anew);
  for (const int workers : {2, 3, 7}) {
    CAPTURE(workers);
    CHECK(bytes(workers, nullptr) == anew);
    CHECK(bytes(workers, previous) == went_on);
  }
}

TEST_CASE("a model of other sizes or another signature is no start, nor one split by blocks") {
  const CostModelPtr model = FitWarm(Strip(8, 0.2F), {.members = 2, .max_epochs = 2});
  const auto goes_on = [&](CostModelSettings settings, const CostModelPtr& previous) {
    settings.max_epochs = 2;
    settings.previous = previous;
    return FitWarm(Strip(8, 0.2F), settings)->report().went_on;
  };
  CHECK(goes_on({.members = 2}, model));
  CHECK_FALSE(goes_on({.members = 3}, model));
  CHECK_FALSE(goes_on({.members = 2, .hidden = 8}, model));
  CHECK_FALSE(goes_on({.members = 2, .signature = sim::ObservationSignature({{"place", kWarmDim}})},
                      model));
  const CostModelPtr blocks = FitWarm(Strip(3, 0.2F), {.members = 2, .max_epochs = 2});
  CHECK_FALSE(goes_on({.members = 2}, blocks));
}

}  // namespace
}  // namespace lookout::agents
