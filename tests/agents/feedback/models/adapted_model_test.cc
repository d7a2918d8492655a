// A cost model in another environment, by the names of the parts.
#include "agents/feedback/models/adapted_model.h"

#include <doctest/doctest.h>

#include <utility>

#include "agents/feedback/models/cost_ensemble.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

using Signature = sim::ObservationSignature;

const Signature kHere({{"gyro", 2}, {"hazards_lidar", 4}, {"vases_lidar", 4}, {"velocimeter", 1}});

sim::EnvironmentSpec Spec(const Signature& signature, int action_dim = 2) {
  sim::EnvironmentSpec spec;
  spec.id = "Elsewhere";
  spec.observation_dim = signature.observation_dim();
  spec.action_dim = action_dim;
  int offset = 0;
  for (const Signature::Entry& entry : signature.entries()) {
    spec.observation_entries.push_back(
        {.key = entry.key, .offset = offset, .size = entry.size, .meaning = entry.meaning});
    offset += entry.size;
  }
  return spec;
}

CostModelPtr Model(InputChoice choice, const PastInputs& past = {}) {
  RandomState random(1);
  CostEnsemble ensemble{.id = {3}, .signature = kHere};
  ensemble.inputs = CostInputs::Create(kHere.observation_dim(), LidarInputs(kHere),
                                       LeftOut(choice, kHere).value(), past)
                        .value();
  ensemble.normaliser = Normaliser(ensemble.inputs.dim());
  ensemble.normaliser.Update(Eigen::MatrixXf::Random(ensemble.inputs.dim(), 50));
  for (int member = 0; member < 2; ++member) {
    ensemble.members.emplace_back(std::vector<int>{ensemble.inputs.dim(), 8, 1});
    ensemble.members.back().InitialiseGlorot(random);
  }
  return MakeCostModel(std::move(ensemble));
}

float At(const CostModel& model, const Eigen::VectorXf& seen) {
  return model.PredictOne(seen).probability;
}

TEST_CASE("what a model looks at is found by name, whatever else there is") {
  const Signature there({{"ballquat", 3},
                         {"buttons_lidar", 2},
                         {"gyro", 2},
                         {"hazards_lidar", 4},
                         {"joints", 1},
                         {"vases_lidar", 4},
                         {"velocimeter", 1}});
  const CostModelPtr model = Model(InputChoice::kFull);
  const auto adapted = AdaptCostModel(*model, Spec(there));
  REQUIRE_MESSAGE(adapted.ok(), adapted.error().message);
  CHECK(adapted->absent.empty());
  CHECK(adapted->unknown == std::vector<std::string>{"buttons_lidar"});
  CHECK(adapted->model->Fits(there));
  CHECK_FALSE(adapted->model->Fits(kHere));
  CHECK(adapted->model->report().adapted);

  const Eigen::VectorXf here = Eigen::VectorXf::LinSpaced(11, 0.1F, 0.9F);
  Eigen::VectorXf seen(17);
  seen << 9, 9, 9, 9, 9, here.segment(0, 2), here.segment(2, 4), 9, here.segment(6, 4), here[10];
  CHECK(At(*adapted->model, seen) == At(*model, here));
  seen[0] = -9;
  CHECK(At(*adapted->model, seen) == At(*model, here));

  const auto read = DecodeCostModel(adapted->model->Encode());
  REQUIRE_MESSAGE(read.ok(), read.error().message);
  CHECK(At(**read, seen) == At(*model, here));
  CHECK((*read)->report().adapted);
}

TEST_CASE("a lidar for things that are not there sees nothing") {
  const Signature there({{"gyro", 2}, {"hazards_lidar", 4}, {"velocimeter", 1}});
  const CostModelPtr model = Model(InputChoice::kFull, {.history = 1});
  const auto adapted = AdaptCostModel(*model, Spec(there));
  REQUIRE_MESSAGE(adapted.ok(), adapted.error().message);
  CHECK(adapted->absent == std::vector<std::string>{"vases_lidar"});
  Eigen::VectorXf here = Eigen::VectorXf::LinSpaced(11, 0.1F, 0.9F);
  here.segment(6, 4).setZero();
  Eigen::VectorXf seen(7);
  seen << here.head(6), here[10];
  CHECK(At(*adapted->model, seen) == At(*model, here));
  const auto read = DecodeCostModel(adapted->model->Encode());
  REQUIRE_MESSAGE(read.ok(), read.error().message);
  CHECK(At(**read, seen) == At(*model, here));
}

TEST_CASE("a model of the world alone fits another robot, one of all does not") {
  const Signature there({{"hazards_lidar", 4}, {"joints", 5}, {"vases_lidar", 4}});
  CHECK(AdaptCostModel(*Model(InputChoice::kWorld), Spec(there)).ok());
  const auto refused = AdaptCostModel(*Model(InputChoice::kFull), Spec(there));
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("lacks gyro (2), velocimeter (1)") != std::string::npos);
}

TEST_CASE("parts of another meaning or order, other actions and nothing at all are refused") {
  const auto message = [](const CostModelPtr& model, const Signature& there) {
    const auto refused = AdaptCostModel(*model, Spec(there));
    REQUIRE_FALSE(refused.ok());
    return refused.error().message;
  };
  const CostModelPtr model = Model(InputChoice::kWorld);
  CHECK(message(model, Signature({{"hazards_lidar", 4, "exponential"}, {"vases_lidar", 4}}))
            .find("lacks hazards_lidar (4)") != std::string::npos);
  CHECK(message(model, Signature({{"hazards_lidar", 8}, {"vases_lidar", 4}}))
            .find("lacks hazards_lidar (4)") != std::string::npos);
  CHECK(message(model, Signature({{"vases_lidar", 4}, {"hazards_lidar", 4}}))
            .find("vases_lidar in another place") != std::string::npos);
  CHECK(message(model, Signature({{"joints", 4}})).find("nothing of what") != std::string::npos);
  CHECK(message(Model(InputChoice::kFull, {.action_dim = 3}), kHere).find("actions of 3") !=
        std::string::npos);
}

TEST_CASE("in its own environment a model stays what it is") {
  const CostModelPtr model = Model(InputChoice::kFull);
  const auto adapted = AdaptCostModel(*model, Spec(kHere));
  REQUIRE(adapted.ok());
  CHECK(adapted->model->Encode() == model->Encode());
}

}  // namespace
}  // namespace lookout::agents
