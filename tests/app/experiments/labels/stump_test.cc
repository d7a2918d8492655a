#include "app/experiments/labels/stump.h"

#include <doctest/doctest.h>

#include <vector>

#include "agents/feedback/models/cost_ensemble.h"
#include "sim/base/random_state.h"

namespace lookout::app {
namespace {

sim::ObservationSignature Signature() {
  return *sim::ObservationSignature::FromText(
      "velocimeter\t2\t\nvases_lidar\t4\t\nhazards_lidar\t4\t\n");
}

// Dangerous where a hazard is nearer than 0.7; one answer in ten is the opposite.
agents::LabelSet Labels() {
  RandomState random(3);
  agents::LabelSet labels;
  labels.observations.resize(10, 600);
  for (Eigen::Index i = 0; i < labels.observations.cols(); ++i) {
    for (Eigen::Index row = 0; row < 10; ++row) {
      labels.observations(row, i) = static_cast<float>(random.RandomSample());
    }
    const bool unsafe = labels.observations.col(i).tail(4).maxCoeff() > 0.7F;
    const bool flipped = random.RandomSample() < 0.1;
    labels.points.push_back({.target = unsafe != flipped ? 1.0F : 0.0F});
  }
  return labels;
}

TEST_CASE("a stump finds the kind of thing and the distance from which it is dangerous") {
  const auto stump = FitStump(Labels(), Signature(), CostModelId{600});
  REQUIRE_MESSAGE(stump.ok(), stump.error().message);
  Eigen::VectorXf observation = Eigen::VectorXf::Constant(10, 0.1F);
  observation[4] = 0.9F;  // a vase
  CHECK((*stump)->PredictOne(observation).probability == 0.0F);
  observation[8] = 0.75F;
  CHECK((*stump)->PredictOne(observation).probability == 1.0F);
  observation[8] = 0.65F;
  CHECK((*stump)->PredictOne(observation).probability == 0.0F);

  // It is a cost model like any other.
  const auto read = agents::DecodeCostModel((*stump)->Encode());
  REQUIRE_MESSAGE(read.ok(), read.error().message);
  CHECK((*read)->Fits(Signature()));
  CHECK((*read)->PredictOne(observation).probability == 0.0F);
  observation[9] = 0.8F;
  CHECK((*read)->PredictOne(observation).probability == 1.0F);
}

TEST_CASE("without a lidar there is no stump, and that is said") {
  const auto signature = *sim::ObservationSignature::FromText("velocimeter\t10\t\n");
  const auto refused = FitStump(Labels(), signature, CostModelId{1});
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("leave out the row 'stump'") != std::string::npos);
}

TEST_CASE("a model that is cut says 0 or 1, on the side of 1/2 where it was") {
  agents::CostEnsemble ensemble{.id = CostModelId{1}, .signature = Signature()};
  ensemble.inputs = *agents::CostInputs::Create(10, {});
  ensemble.normaliser = agents::Normaliser(10);
  agents::Mlp neuron({10, 1});
  neuron.mutable_parameters()[0] = 1.0F;
  ensemble.members.push_back(neuron);
  ensemble.calibration = {.temperature = 2.0, .bias = -1.0};  // 1/2 at a logit of 2
  const auto model = agents::MakeCostModel(std::move(ensemble));
  const auto cut = CutAtHalf(*model);
  for (const float logit : {-3.0F, 0.0F, 1.9F, 2.1F, 5.0F}) {
    Eigen::VectorXf observation = Eigen::VectorXf::Zero(10);
    observation[0] = logit;
    CHECK(cut->PredictOne(observation).probability == (logit > 2.0F ? 1.0F : 0.0F));
  }
}

}  // namespace
}  // namespace lookout::app
