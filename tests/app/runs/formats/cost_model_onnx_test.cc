#include "app/runs/formats/cost_model_onnx.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>
#include <limits>
#include <map>
#include <string>
#include <vector>

#include "agents/feedback/models/cost_ensemble.h"
#include "tests/app/runs/formats/onnx_evaluator_support.h"
#include "tests/support/first_value_model.h"

namespace lookout::app {
namespace {

constexpr int kBatch = 40;

sim::ObservationSignature TwoLidars() {
  return sim::ObservationSignature({{"accelerometer", 2},
                                    {"goal_lidar", 4, "exponential"},
                                    {"hazards_lidar", 5},
                                    {"magnetometer", 1}});
}

// With a normaliser far from 0 and 1, and a calibration. without_lidars: they are mere numbers.
agents::CostModelPtr SomeModel(bool without_lidars = false, int members = 3,
                               const std::vector<int>& left_out = {},
                               const agents::PastInputs& past = {}) {
  RandomState random(5);
  const sim::ObservationSignature signature = TwoLidars();
  const int dim = signature.observation_dim();
  agents::CostEnsemble ensemble{.id = {7}, .signature = signature, .calibration = {1.5, -0.25}};
  ensemble.inputs =
      agents::CostInputs::Create(
          dim, without_lidars ? std::vector<agents::LidarInput>() : agents::LidarInputs(signature),
          left_out, past)
          .value();
  Eigen::MatrixXf seen(ensemble.inputs.dim(), 50);
  for (float& value : seen.reshaped()) value = float(random.Uniform(-0.5, 1.0));
  ensemble.normaliser = agents::Normaliser(ensemble.inputs.dim());
  ensemble.normaliser.Update(seen);
  for (int i = 0; i < members; ++i) {
    ensemble.members.emplace_back(std::vector<int>{ensemble.inputs.dim(), 8, 6, 1});
    ensemble.members.back().InitialiseGlorot(random);
    for (float& value : ensemble.members.back().mutable_parameters()) {
      value += float(random.Uniform(-0.3, 0.3));
    }
  }
  return agents::MakeCostModel(ensemble);
}

// Some with a tie between two bins, and none of a lidar's in reach.
Eigen::MatrixXf SomeObservations(int dim) {
  RandomState random(6);
  Eigen::MatrixXf observations(dim, kBatch);
  for (float& value : observations.reshaped()) value = float(random.Uniform(0.0, 1.0));
  observations.block(2, 0, 4, 1).setConstant(0.5F);
  observations.block(6, 1, 5, 1).setZero();
  return observations;
}

// A row for each column.
OnnxTensor TensorOf(const Eigen::MatrixXf& columns) {
  OnnxTensor tensor{.shape = {columns.cols(), columns.rows()}, .values = {}};
  tensor.values.assign(columns.data(), columns.data() + columns.size());
  return tensor;
}

void CheckPredictsAlike(const agents::CostModel& model, const agents::Transitions& steps,
                        const std::map<std::string, OnnxTensor>& given) {
  const OnnxModel onnx = ParseOnnx(EncodeOnnx(model, {}).value());
  const auto values = onnx.Run(given);
  const OnnxTensor& cost = values.at("cost");
  const OnnxTensor& spread = values.at("spread");
  REQUIRE(cost.shape == std::vector<long>{steps.count(), 1});
  REQUIRE(spread.shape == cost.shape);
  Eigen::VectorXf probability(steps.count());
  Eigen::VectorXf deviation(steps.count());
  model.Predict(steps, probability, deviation);
  CHECK(probability.maxCoeff() - probability.minCoeff() > 0.1F);  // there is something to tell
  for (Eigen::Index i = 0; i < steps.count(); ++i) {
    const auto at = static_cast<std::size_t>(i);
    CHECK(double(cost.values[at]) == doctest::Approx(double(probability[i])).epsilon(1e-4));
    CHECK(double(spread.values[at]) == doctest::Approx(double(deviation[i])).epsilon(1e-4));
  }
}

// The same with heads for two classes of danger.
agents::CostModelPtr WithHeads(const agents::CostModel& model) {
  RandomState random(9);
  agents::CostEnsemble ensemble = *model.ensemble();
  ensemble.heads.classes = {2, 5};
  ensemble.heads.calibrations = {{0.8, 0.1}, {1.2, -0.3}};
  for (std::size_t i = 0; i < ensemble.members.size(); ++i) {
    ensemble.heads.members.emplace_back(std::vector<int>{ensemble.inputs.dim(), 5, 2});
    ensemble.heads.members.back().InitialiseGlorot(random);
  }
  ensemble.report.classes = {{.danger = 2, .has_head = true}, {.danger = 5, .has_head = true}};
  return agents::MakeCostModel(ensemble);
}

void CheckPredictsAlike(const agents::CostModel& model, const Eigen::MatrixXf& observations) {
  CheckPredictsAlike(model, observations, {{"observation", TensorOf(observations)}});
}

TEST_CASE("an independent reader computes the cost model's own predictions") {
  const agents::CostModelPtr with_lidars = SomeModel();
  const Eigen::MatrixXf observations = SomeObservations(with_lidars->observation_dim());
  SUBCASE("through the nearest things of the lidars") {
    CheckPredictsAlike(*with_lidars, observations);
  }
  SUBCASE("from the observation as it is") { CheckPredictsAlike(*SomeModel(true), observations); }
  SUBCASE("from the world around alone") {
    CheckPredictsAlike(*SomeModel(false, 3, {0, 1, 11}), observations);
    CheckPredictsAlike(*SomeModel(false, 3, {1}), observations);
    CheckPredictsAlike(*SomeModel(true, 3, {0, 4, 5, 11}), observations);
  }
  SUBCASE("of one network alone, which has no spread") {
    CheckPredictsAlike(*SomeModel(false, 1), observations);
  }
}

TEST_CASE("an independent reader computes the danger of each class that has a head") {
  const agents::CostModelPtr model = WithHeads(*SomeModel());
  const Eigen::MatrixXf observations = SomeObservations(model->observation_dim());
  CheckPredictsAlike(*model, observations);
  const OnnxModel onnx = ParseOnnx(EncodeOnnx(*model, {}).value());
  CHECK(onnx.metadata.at("lookout.classes") == R"([[2,"Vase"],[5,"Button"]])");
  const auto values = onnx.Run({{"observation", TensorOf(observations)}});
  agents::CostModelWorkspace workspace;
  Eigen::VectorXf probability(kBatch), spread(kBatch);
  for (const agents::DangerClass danger : model->classes()) {
    model->PredictClassWith(workspace, danger, observations, probability, spread);
    const std::string name = fmt::format("class{}", danger);
    for (Eigen::Index i = 0; i < kBatch; ++i) {
      const auto at = static_cast<std::size_t>(i);
      CHECK(double(values.at(name).values[at]) ==
            doctest::Approx(double(probability[i])).epsilon(1e-4));
      CHECK(double(values.at(name + "_spread").values[at]) ==
            doctest::Approx(double(spread[i])).epsilon(1e-4));
      CHECK(values.at(name).values[at] <= values.at("cost").values[at]);
    }
  }
}

// Steps of which each was led to by another one, in a far jump.
struct Jumps {
  Eigen::MatrixXf now = SomeObservations(12);
  Eigen::MatrixXf before = now.rowwise().reverse();
  Eigen::MatrixXf long_before = now.rightCols(1).replicate(1, kBatch);
  Eigen::MatrixXf actions = Eigen::MatrixXf::Random(2, kBatch);
  agents::Transitions steps{before, actions, now, long_before};

  // As the ONNX model takes them, for a history.
  OnnxTensor Earlier(int history) const {
    Eigen::MatrixXf all(24, kBatch);
    all << before, long_before;
    return TensorOf(all.topRows(12 * history));
  }
};

TEST_CASE("an independent reader computes what a model says that looks back or at the action") {
  const Jumps jumps;
  const OnnxTensor now = TensorOf(jumps.now);
  const OnnxTensor actions = TensorOf(jumps.actions);
  SUBCASE("one observation back") {
    CheckPredictsAlike(*SomeModel(false, 3, {}, {.history = 1}), jumps.steps,
                       {{"observation", now}, {"earlier_observations", jumps.Earlier(1)}});
  }
  SUBCASE("two observations back, at the world alone, and at the action") {
    CheckPredictsAlike(
        *SomeModel(false, 3, {0, 1, 11}, {.history = 2, .action_dim = 2}), jumps.steps,
        {{"observation", now}, {"earlier_observations", jumps.Earlier(2)}, {"action", actions}});
  }
  SUBCASE("at traces of the past, and the observation before") {
    const Eigen::MatrixXf rows = Eigen::MatrixXf::Random(48, kBatch).cwiseAbs();
    const agents::Transitions steps{jumps.before, jumps.actions, jumps.now, rows, 2};
    Eigen::MatrixXf traces(24, kBatch);
    traces << steps.Trace(0), steps.Trace(1);
    Eigen::MatrixXf peaks(24, kBatch);
    peaks << steps.Peaks(0), steps.Peaks(1);
    const OnnxTensor earlier = jumps.Earlier(1);
    CheckPredictsAlike(*SomeModel(false, 3, {0, 11}, {.history = 1, .traces = 2}), steps,
                       {{"observation", now},
                        {"earlier_observations", earlier},
                        {"traces", TensorOf(traces)},
                        {"peaks", TensorOf(peaks)}});
    // As models of the first files with traces look at them.
    CheckPredictsAlike(
        *SomeModel(false, 3, {0, 11}, {.history = 1, .traces = 2, .peaks = false}), steps,
        {{"observation", now}, {"earlier_observations", earlier}, {"traces", TensorOf(traces)}});
  }
  SUBCASE("at the action alone, and the observation as it is") {
    CheckPredictsAlike(*SomeModel(true, 3, {}, {.action_dim = 2}), jumps.steps,
                       {{"observation", now}, {"action", actions}});
  }
}

TEST_CASE("the ONNX model says how far back it looks, and that only where it does") {
  const agents::CostModelPtr model = SomeModel(false, 2, {}, {.history = 2, .action_dim = 3});
  const OnnxModel onnx = ParseOnnx(EncodeOnnx(*model, {}).value());
  REQUIRE(onnx.inputs.size() == 3);
  CHECK(onnx.inputs[1].name == "earlier_observations");
  CHECK(onnx.inputs[1].shape == std::vector<std::string>{"batch", "24"});
  CHECK(onnx.inputs[2].name == "action");
  CHECK(onnx.inputs[2].shape == std::vector<std::string>{"batch", "3"});
  CHECK(onnx.metadata.at("lookout.history") == "2");
  CHECK(onnx.metadata.at("lookout.action") == "3");
  const OnnxModel plain = ParseOnnx(EncodeOnnx(*SomeModel(), {}).value());
  CHECK(plain.inputs.size() == 1);
  CHECK_FALSE(plain.metadata.contains("lookout.history"));
  CHECK_FALSE(plain.metadata.contains("lookout.half_lives"));
  const OnnxModel remembers =
      ParseOnnx(EncodeOnnx(*SomeModel(false, 2, {}, {.traces = 2}), {}).value());
  CHECK(remembers.inputs.back().name == "peaks");
  CHECK(remembers.inputs.back().shape == std::vector<std::string>{"batch", "24"});
  CHECK(remembers.metadata.at("lookout.half_lives") == "[10,50]");
  CHECK_FALSE(plain.metadata.contains("lookout.action"));
}

TEST_CASE("what is not finite before a step or in an action leaves the ONNX model without a cost") {
  const agents::CostModelPtr model = SomeModel(false, 2, {}, {.history = 1, .action_dim = 2});
  const OnnxModel onnx = ParseOnnx(EncodeOnnx(*model, {}).value());
  const Jumps jumps;
  std::map<std::string, OnnxTensor> given{{"observation", TensorOf(jumps.now)},
                                          {"earlier_observations", jumps.Earlier(1)},
                                          {"action", TensorOf(jumps.actions)}};
  given.at("earlier_observations").values[4] = std::nanf("");  // of the first step
  given.at("action").values[2] = std::nanf("");                // of the second
  const std::vector<float> cost = onnx.Run(given).at("cost").values;
  CHECK(std::isnan(cost[0]));
  CHECK(std::isnan(cost[1]));
  CHECK_FALSE(std::isnan(cost[2]));
}

TEST_CASE("where an observation is not finite, the ONNX model says so as the cost model does") {
  const agents::CostModelPtr model = SomeModel();
  for (const float broken : {std::nanf(""), std::numeric_limits<float>::infinity(),
                             -std::numeric_limits<float>::infinity()}) {
    Eigen::MatrixXf observation = SomeObservations(model->observation_dim()).col(0);
    observation(4, 0) = broken;  // a bin of a lidar, which may not be the nearest
    const auto values =
        ParseOnnx(EncodeOnnx(*model, {}).value()).Run({{"observation", TensorOf(observation)}});
    CHECK(std::isnan(values.at("cost").values[0]));
    CHECK(std::isnan(values.at("spread").values[0]));
  }
}

TEST_CASE("the ONNX model of a cost model says what it takes, where it fits and from where on") {
  const auto metadata =
      ParseOnnx(EncodeOnnx(*SomeModel(), {"Safexp-PointGoal1-v0", "Mine"}).value()).metadata;
  CHECK(metadata.at("lookout.cost_model") == "7");
  CHECK(metadata.at("lookout.threshold") == "0.5");
  CHECK(metadata.at("lookout.environments") == R"(["Safexp-PointGoal1-v0","Mine"])");
  CHECK(metadata.at("lookout.observation") ==
        R"([{"name":"accelerometer","first":0,"length":2},)"
        R"({"name":"goal_lidar","first":2,"length":4,"meaning":"exponential"},)"
        R"({"name":"hazards_lidar","first":6,"length":5},)"
        R"({"name":"magnetometer","first":11,"length":1}])");
  CHECK_FALSE(
      ParseOnnx(EncodeOnnx(*SomeModel(), {}).value()).metadata.contains("lookout.environments"));
}

TEST_CASE("a cost model that is no ensemble is refused") {
  const auto onnx = EncodeOnnx(test::FirstValueModel(2, 0.0F), {});
  REQUIRE_FALSE(onnx.ok());
  CHECK(onnx.error().message.find("no ensemble of networks") != std::string::npos);
}

}  // namespace
}  // namespace lookout::app
