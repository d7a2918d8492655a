#include "agents/feedback/models/cost_reading.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/models/cost_ensemble.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

TEST_CASE("a reading makes one cost of a prediction and its doubts") {
  const CostPrediction prediction{0.25F, 0.125F};
  CHECK(CostUsed({CostReading::kMean, 2.0}, prediction, 0.0F) == 0.25F);
  CHECK(CostUsed({CostReading::kCautious, 2.0}, prediction, 0.0F) == 0.5F);
  CHECK(CostUsed({CostReading::kCautious, 50.0}, prediction, 0.0F) == 1.0F);
  CHECK(CostUsed({CostReading::kCautious, 0.0}, prediction, 0.0F) == 0.25F);
  const CostUse unknown{CostReading::kUnknownUnsafe, 2.0};
  CHECK(CostUsed(unknown, prediction, 0.0F) == 1.0F);
  CHECK(CostUsed(unknown, prediction, 0.5F * kUnknownBelow) == 0.5F);
  CHECK(CostUsed(unknown, prediction, kUnknownBelow) == 0.25F);
  CHECK(CostUsed(unknown, prediction, 1.0F) == 0.25F);
  CHECK(std::isnan(CostUsed(unknown, {std::numeric_limits<float>::quiet_NaN(), 0.0F}, 1.0F)));
}

// Places from -1 to 1, unsafe right of the middle.
CostModelPtr Fitted() {
  RandomState random(2);
  LabelSet labels;
  labels.observations.resize(2, 1000);
  for (int row = 0; row < 1000; ++row) {
    const auto x = static_cast<float>(random.Uniform(-1, 1));
    labels.observations.col(row) << x, float(random.Uniform(-1, 1));
    labels.points.push_back(
        {.target = x > 0.0F ? 1.0F : 0.0F, .episode = {1 + row / 100}, .step = row % 100});
  }
  auto model = FitCostModel(labels, {.members = 2, .hidden = 16, .max_epochs = 20}, {1});
  REQUIRE(model.ok());
  return *model;
}

float CostAt(const CostModel& model, float x, float y) {
  return model.PredictOne(Eigen::Vector2f(x, y)).probability;
}

TEST_CASE("where nothing was labelled counts as unsafe only if that is the reading") {
  const CostModelPtr model = Fitted();
  REQUIRE(model->knows_support());
  const CostModelPtr unknown_unsafe = *ReadWith(model, {CostReading::kUnknownUnsafe});
  CHECK(CostAt(*model, -20.0F, 0.0F) < 0.1F);  // far to the left: safe by extrapolation
  CHECK(CostAt(*unknown_unsafe, -20.0F, 0.0F) == 1.0F);
  CHECK(CostAt(*unknown_unsafe, -0.5F, 0.0F) == CostAt(*model, -0.5F, 0.0F));
  const CostModelPtr cautious = *ReadWith(model, {CostReading::kCautious, 3.0});
  const CostPrediction plain = model->PredictOne(Eigen::Vector2f(-0.02F, 0.0F));
  CHECK(CostAt(*cautious, -0.02F, 0.0F) ==
        doctest::Approx(std::min(1.0F, plain.probability + 3.0F * plain.spread)));
  CHECK(*ReadWith(model, {}) == model);
  CHECK(unknown_unsafe->id() == model->id());
  CHECK(unknown_unsafe->Encode() == model->Encode());
}

TEST_CASE("the support is kept in the file, and a model without one refuses to be read by it") {
  const CostModelPtr model = Fitted();
  const CostModelPtr copy = *DecodeCostModel(model->Encode());
  const Eigen::MatrixXf places{{-0.5F, 0.2F, 8.0F}, {0.1F, 0.3F, 8.0F}};
  Eigen::VectorXf scores(3), scores_of_copy(3);
  model->Support(places, scores);
  copy->Support(places, scores_of_copy);
  CHECK(scores == scores_of_copy);
  CHECK(scores[0] > 0.2F);
  CHECK(scores[2] == 0.0F);

  CostEnsemble old = *model->ensemble();
  old.support = {};
  const auto refused = ReadWith(MakeCostModel(old), {CostReading::kUnknownUnsafe});
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().code == ErrorCode::kBadInput);
  CHECK(refused.error().message.find("fit it again") != std::string::npos);
  CHECK(ReadWith(MakeCostModel(old), {CostReading::kCautious}).ok());
}

TEST_CASE("a model of the world around does not look at the robot, in its file either") {
  RandomState random(2);
  const sim::ObservationSignature signature({{"speed", 1}, {"box_dist", 1}});
  LabelSet labels;
  labels.observations.resize(2, 1000);
  for (int row = 0; row < 1000; ++row) {
    const auto x = static_cast<float>(random.Uniform(-1, 1));
    labels.observations.col(row) << x, x;  // either would do
    labels.points.push_back(
        {.target = x > 0.0F ? 1.0F : 0.0F, .episode = {1 + row / 100}, .step = row % 100});
  }
  CostModelSettings settings{.members = 2, .max_epochs = 10, .signature = signature};
  settings.inputs = InputChoice::kWorld;
  const auto model = FitCostModel(labels, settings, {1});
  REQUIRE(model.ok());
  const CostModelPtr copy = *DecodeCostModel((*model)->Encode());
  CHECK(CostAt(*copy, -0.8F, 0.8F) > 0.9F);
  CHECK(CostAt(*copy, -0.8F, 0.8F) == CostAt(**model, 0.8F, 0.8F));
  settings.previous = copy;
  CHECK((*FitCostModel(labels, settings, {1}))->report().went_on);
  settings.inputs = InputChoice::kFull;  // another model
  CHECK_FALSE((*FitCostModel(labels, settings, {1}))->report().went_on);
}

}  // namespace
}  // namespace lookout::agents
