// Cost models that look at what led to a state: what they predict from, and their files.
#include <doctest/doctest.h>

#include <cmath>

#include "agents/feedback/models/cost_ensemble.h"
#include "agents/feedback/models/cost_reading.h"
#include "agents/learning/mlp.h"

namespace lookout::agents {
namespace {

constexpr int kDim = 3;

CostEnsemble Ensemble(const PastInputs& past) {
  RandomState random(2);
  CostEnsemble ensemble{.id = {7}, .inputs = *CostInputs::Create(kDim, {{1, 2}}, {}, past)};
  ensemble.signature = sim::ObservationSignature({{"gyro", 1}, {"vases_lidar", 2}});
  ensemble.normaliser = Normaliser(ensemble.inputs.dim());
  for (int i = 0; i < 3; ++i) {
    ensemble.members.emplace_back(std::vector<int>{ensemble.inputs.dim(), 8, 8, 1});
    ensemble.members.back().InitialiseGlorot(random);
  }
  return ensemble;
}

// Steps as they are recorded, and twice as many as are predicted in a block.
struct Recorded {
  Eigen::MatrixXf before = Eigen::MatrixXf::Random(kDim, 2 * kColumnBlock + 3);
  Eigen::MatrixXf done = Eigen::MatrixXf::Random(2, before.cols());
  Eigen::MatrixXf after = Eigen::MatrixXf::Random(kDim, before.cols());
  Eigen::MatrixXf earlier = Eigen::MatrixXf::Random(2 * kDim, before.cols());
};

Eigen::VectorXf Predicted(const CostModel& model, const Transitions& steps) {
  Eigen::VectorXf probability(steps.count());
  Eigen::VectorXf spread(steps.count());
  model.Predict(steps, probability, spread);
  return probability;
}

TEST_CASE("a model predicts from all that it looks at, and from nothing else") {
  const CostModelPtr model = MakeCostModel(Ensemble({.history = 2, .action_dim = 2}));
  Recorded steps;
  const auto predict = [&] {
    return Predicted(*model, {steps.before, steps.done, steps.after, steps.earlier});
  };
  const Eigen::VectorXf all = predict();
  const Eigen::Index last = all.size() - 1;
  for (Eigen::MatrixXf* part : {&steps.before, &steps.done, &steps.after}) {
    part->col(last)[0] += 0.5F;
    CHECK(predict()[last] != all[last]);
    part->col(last)[0] -= 0.5F;
    part->col(last)[1] = std::nanf("");  // of an observation, a bin that may not be the nearest
    CHECK(std::isnan(predict()[last]));
    CHECK(predict().head(last) == all.head(last));
    part->col(last)[1] = 0.25F;
  }
  const Eigen::VectorXf changed = predict();
  steps.earlier.bottomRows(kDim).setConstant(std::nanf(""));  // three back
  CHECK(predict() == changed);
  steps.earlier.topRows(kDim) *= 2.0F;
  CHECK(predict()[0] != changed[0]);
}

TEST_CASE("a model that looks at a state alone does not mind what led there") {
  const CostModelPtr model = MakeCostModel(Ensemble({}));
  CHECK(model->past_inputs() == PastInputs{});
  const Recorded steps;
  CHECK(Predicted(*model, {steps.before, steps.done, steps.after, steps.earlier}) ==
        Predicted(*model, steps.after));
}

TEST_CASE("of a state alone a model says what it says of standing still and doing nothing") {
  const CostModelPtr model = MakeCostModel(Ensemble({.history = 3, .action_dim = 2}));
  const Recorded steps;
  const Eigen::MatrixXf nothing = Eigen::MatrixXf::Zero(2, steps.after.cols());
  const Eigen::MatrixXf twice = steps.after.replicate(2, 1);
  const Eigen::VectorXf still = Predicted(*model, steps.after);
  CHECK(still == Predicted(*model, {steps.after, nothing, steps.after, twice}));
  CHECK(model->PredictOne(steps.after.col(4)).probability == doctest::Approx(still[4]));
}

TEST_CASE("actions of another length cannot be told about, and do not fit") {
  const CostModelPtr model = MakeCostModel(Ensemble({.action_dim = 3}));
  const Recorded steps;
  CHECK(Predicted(*model, {steps.before, steps.done, steps.after}).array().isNaN().all());
  sim::EnvironmentSpec spec{.id = "PointGoal1", .observation_dim = kDim, .action_dim = 2};
  spec.observation_entries = {{"gyro", 0, 1}, {"vases_lidar", 1, 2}};
  const Status refused = model->CheckFits(spec);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("actions of 3 values, not of 2") != std::string::npos);
  CHECK(MakeCostModel(Ensemble({.history = 8, .action_dim = 2}))->CheckFits(spec).ok());
  CHECK(MakeCostModel(Ensemble({}))->CheckFits(spec).ok());
}

TEST_CASE("a reading of a model looks at what the model looks at") {
  const PastInputs past{.history = 2, .action_dim = 2};
  const auto read = ReadWith(MakeCostModel(Ensemble(past)), {.reading = CostReading::kCautious});
  REQUIRE(read.ok());
  CHECK((*read)->past_inputs() == past);
}

TEST_CASE("what a model looks at survives its file, which says nothing of it without a past") {
  const PastInputs past{.history = 2, .action_dim = 2};
  const std::string bytes = MakeCostModel(Ensemble(past))->Encode();
  const auto model = DecodeCostModel(bytes);
  REQUIRE(model.ok());
  CHECK((*model)->past_inputs() == past);
  CHECK((*model)->Encode() == bytes);
  const Recorded steps;
  const Transitions all(steps.before, steps.done, steps.after, steps.earlier);
  CHECK(Predicted(**model, all) == Predicted(*MakeCostModel(Ensemble(past)), all));

  const std::string plain = MakeCostModel(Ensemble({}))->Encode();
  CHECK(plain.find("history") == std::string::npos);
  CHECK((*DecodeCostModel(plain))->past_inputs() == PastInputs{});
}

TEST_CASE("peaks are looked at where the file says so, which the first with traces do not") {
  for (const bool peaks : {true, false}) {
    CAPTURE(peaks);
    const PastInputs past{.traces = 2, .peaks = peaks};
    const CostModelPtr model = MakeCostModel(Ensemble(past));
    const auto read = DecodeCostModel(model->Encode());
    REQUIRE(read.ok());
    CHECK((*read)->past_inputs().peaks == peaks);
    CHECK((*read)->Encode() == model->Encode());
    const Recorded steps;
    Eigen::MatrixXf rows = Eigen::MatrixXf::Constant(4 * kDim, steps.after.cols(), 0.5F);
    const auto predict = [&] {
      return Predicted(**read, {steps.before, steps.done, steps.after, rows, 2});
    };
    const Eigen::VectorXf before = predict();
    rows.middleRows(kDim, kDim).setConstant(0.75F);  // the peaks of the first trace
    CHECK((predict() != before) == peaks);
  }
}

TEST_CASE("a file whose networks do not fit what it looks at is refused") {
  CostEnsemble ensemble = Ensemble({.history = 2});
  ensemble.inputs = *CostInputs::Create(kDim, {{1, 2}}, {}, {.history = 1});
  CHECK_FALSE(DecodeCostModel(EncodeCostEnsemble(ensemble)).ok());
}

}  // namespace
}  // namespace lookout::agents
