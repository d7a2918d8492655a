// Fits to points with graded targets and weights.
#include <doctest/doctest.h>

#include <cmath>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

// Places x from -1 to 1, a hundred to an episode.
LabelSet Places(int rows) {
  RandomState random(5);
  LabelSet labels;
  labels.observations.resize(1, rows);
  for (int row = 0; row < rows; ++row) {
    labels.observations(0, row) = static_cast<float>(random.Uniform(-1.0, 1.0));
    labels.points.push_back({.episode = {1 + row / 100}, .step = row % 100});
  }
  return labels;
}

float GradedAt(const CostModel& model, float x) {
  return model.PredictOne(Eigen::VectorXf::Constant(1, x)).probability;
}

CostModelPtr Fit(const LabelSet& labels) {
  const auto model = FitCostModel(labels, {.members = 2, .hidden = 16}, {1});
  REQUIRE_MESSAGE(model.ok(), (model.ok() ? "" : model.error().message));
  return *model;
}

TEST_CASE("a graded target lies between unsafe and safe") {
  LabelSet labels = Places(1500);
  for (int row = 0; row < labels.rows(); ++row) {
    const float x = labels.observations(0, row);
    labels.points[static_cast<std::size_t>(row)].target = x < -0.4F ? 0.0F : x < 0.4F ? 0.6F : 1.0F;
  }
  const CostModelPtr model = Fit(labels);
  CHECK(GradedAt(*model, -0.8F) < 0.2F);
  CHECK(GradedAt(*model, 0.8F) > GradedAt(*model, 0.0F));
  CHECK(GradedAt(*model, 0.0F) > GradedAt(*model, -0.8F) + 0.3F);
  CHECK(model->report().unsafe_rows + model->report().safe_rows == 1500);
}

TEST_CASE("points of small weight give way to those of great weight") {
  const auto weighed = [](float weight_of_unsafe) {
    LabelSet labels = Places(1500);
    for (int row = 0; row < labels.rows(); ++row) {
      TargetPoint& point = labels.points[static_cast<std::size_t>(row)];
      const bool left = labels.observations(0, row) < 0.0F;
      point.target = left && row % 2 == 0 ? 0.0F : 1.0F;  // on the left both are said
      if (left && point.unsafe()) point.weight = weight_of_unsafe;
    }
    const auto model = FitCostModel(
        labels, {.members = 2, .hidden = 16, .held_out_fraction = 0.0, .balance_classes = false},
        {1});
    REQUIRE(model.ok());
    return GradedAt(**model, -0.6F);
  };
  CHECK(weighed(1.0F) == doctest::Approx(0.5).epsilon(0.15));
  CHECK(weighed(0.05F) < 0.2F);
  CHECK(weighed(20.0F) > 0.8F);
}

}  // namespace
}  // namespace lookout::agents
