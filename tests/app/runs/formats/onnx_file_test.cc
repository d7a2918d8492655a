#include "app/runs/formats/onnx_file.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <map>
#include <string>
#include <vector>

#include "tests/app/runs/formats/onnx_evaluator_support.h"

namespace lookout::app {
namespace {

constexpr int kObservations = 5;
constexpr int kActions = 2;
constexpr int kPolicyBatch = 7;

agents::GaussianActor SomeActor(bool normalises) {
  RandomState random(3);
  agents::Mlp mean({kObservations, 8, 6, kActions});
  mean.InitialiseGlorot(random);
  for (float& value : mean.mutable_parameters()) value += float(random.Uniform(-0.2, 0.2));
  agents::GaussianActor actor{.name = "PPO-Lagrangian",
                              .origin = {.environment_id = "Safexp-PointGoal1-v0"},
                              .iteration = 12,
                              .mean = mean,
                              .log_std = Eigen::Vector2f(-0.5F, 0.25F)};
  if (!normalises) return actor;
  // Far from 0 and 1, and one component that never changes, so that it is clipped later.
  Eigen::MatrixXf seen(kObservations, 50);
  for (float& value : seen.reshaped()) value = float(random.Uniform(2.0, 9.0));
  seen.row(1).setConstant(4.0F);
  actor.normaliser = agents::Normaliser(kObservations);
  actor.normaliser->Update(seen);
  return actor;
}

OnnxTensor PolicyObservations() {
  RandomState random(4);
  OnnxTensor observations{.shape = {kPolicyBatch, kObservations}, .values = {}};
  for (int i = 0; i < kPolicyBatch * kObservations; ++i) {
    observations.values.push_back(float(random.Uniform(-1.0, 12.0)));
  }
  return observations;
}

void CheckActsAlike(const agents::GaussianActor& actor) {
  const OnnxModel model = ParseOnnx(EncodeOnnx(actor));
  const OnnxTensor observations = PolicyObservations();
  const auto values = model.Run({{"observation", observations}});
  const OnnxTensor& actions = values.at("action");
  REQUIRE(actions.shape == std::vector<long>{kPolicyBatch, kActions});
  const agents::PolicyPtr policy = agents::MakeGaussianPolicy(actor, true);
  const auto memory = policy->NewMemory();
  RandomState unused(0);
  Eigen::VectorXd action;
  for (int row = 0; row < kPolicyBatch; ++row) {
    const Eigen::VectorXd observation =
        Eigen::Map<const Eigen::VectorXf>(&observations.values[row * kObservations], kObservations)
            .cast<double>();
    policy->Act(observation, *memory, unused, action);
    for (int i = 0; i < kActions; ++i) {
      CHECK(double(actions.values[row * kActions + i]) == doctest::Approx(action[i]).epsilon(1e-4));
    }
  }
  CHECK(values.at("log_std").values == std::vector<float>{-0.5F, 0.25F});
}

TEST_CASE("an independent reader computes the policy's own actions") {
  SUBCASE("on raw observations") { CheckActsAlike(SomeActor(false)); }
  SUBCASE("through the normaliser, which is part of the model") { CheckActsAlike(SomeActor(true)); }
}

TEST_CASE("a normaliser that has seen nothing passes values through, unclipped") {
  agents::GaussianActor actor = SomeActor(false);
  actor.normaliser = agents::Normaliser(kObservations);
  CheckActsAlike(actor);
}

TEST_CASE("the normaliser of the model clips") {
  const OnnxModel model = ParseOnnx(EncodeOnnx(SomeActor(true)));
  const auto values = model.Run({{"observation", PolicyObservations()}});
  const std::vector<float>& normalised = values.at("normalised").values;
  CHECK(*std::max_element(normalised.begin(), normalised.end()) == agents::Normaliser::kClip);
}

TEST_CASE("the model says what it is and what it takes") {
  const OnnxModel model = ParseOnnx(EncodeOnnx(SomeActor(true)));
  CHECK(model.opset == 13);
  CHECK(model.ir_version == 7);
  REQUIRE(model.inputs.size() == 1);
  CHECK(model.inputs[0].name == "observation");
  CHECK(model.inputs[0].shape == std::vector<std::string>{"batch", "5"});
  REQUIRE(model.outputs.size() == 2);
  CHECK(model.outputs[0].name == "action");
  CHECK(model.outputs[0].shape == std::vector<std::string>{"batch", "2"});
  CHECK(model.outputs[1].name == "log_std");
  CHECK(model.outputs[1].shape == std::vector<std::string>{"2"});
}

TEST_CASE("the metadata say what is observed and what an action does") {
  agents::GaussianActor actor = SomeActor(true);
  actor.origin.signature =
      sim::ObservationSignature({{"goal_lidar", 3, "exponential"}, {"velocimeter", 2}});
  actor.origin.action_meaning = {"x: force, -1 to 1", "z: velocity, -1 to 1"};
  actor.origin.configuration = R"({"task":"goal"})";
  const auto metadata = ParseOnnx(EncodeOnnx(actor)).metadata;
  CHECK(metadata.at("lookout.observation") ==
        R"([{"name":"goal_lidar","first":0,"length":3,"meaning":"exponential"},)"
        R"({"name":"velocimeter","first":3,"length":2}])");
  CHECK(metadata.at("lookout.action") == R"(["x: force, -1 to 1","z: velocity, -1 to 1"])");
  CHECK(metadata.at("lookout.configuration") == R"({"task":"goal"})");
}

// Two episodes of different lengths, side by side and one after the other, computed by the reader
// and by the program itself.
void CheckRemembersAlike(const agents::SequenceNetwork& network) {
  agents::GaussianActor actor = SomeActor(true);
  actor.mean = network;
  const OnnxModel model = ParseOnnx(EncodeOnnx(actor));
  const agents::PolicyPtr policy = agents::MakeGaussianPolicy(actor, true);
  const long size = network.state_dim();
  RandomState random(8);
  RandomState unused(0);
  Eigen::VectorXd action;
  for (int episode = 0; episode < 2; ++episode) {
    const auto memory = policy->NewMemory();
    OnnxTensor state{.shape = {1, size}, .values = std::vector<float>(size)};
    for (int step = 0; step < 60; ++step) {
      OnnxTensor observation{.shape = {1, kObservations}, .values = {}};
      Eigen::VectorXd seen(kObservations);
      for (double& value : seen) {
        value = random.Uniform(-1.0, 12.0);
        observation.values.push_back(float(value));
      }
      const auto values = model.Run({{"observation", observation}, {"state", state}});
      state = values.at("next_state");
      policy->Act(seen, *memory, unused, action);
      for (int i = 0; i < kActions; ++i) {
        CHECK(double(values.at("action").values[i]) ==
              doctest::Approx(action[i]).epsilon(1e-4).scale(0.1));
      }
    }
  }
}

TEST_CASE("an independent reader computes what a policy with memory does, step by step") {
  RandomState random(6);
  SUBCASE("of gated recurrent units") {
    agents::GruNetwork gru(kObservations, 6, kActions);
    gru.Initialise(random, 1.0);
    for (float& value : gru.mutable_parameters()) value += float(random.Uniform(-0.3, 0.3));
    CheckRemembersAlike(gru);
  }
  SUBCASE("of stacked frames") {
    agents::Mlp mlp({3 * kObservations, 8, kActions});
    mlp.InitialiseGlorot(random);
    CheckRemembersAlike(agents::StackedNetwork(3, mlp));
  }
}

TEST_CASE("a model with memory says what its state is") {
  agents::GaussianActor actor = SomeActor(true);
  actor.mean = agents::GruNetwork(kObservations, 6, kActions);
  const OnnxModel model = ParseOnnx(EncodeOnnx(actor));
  REQUIRE(model.inputs.size() == 2);
  CHECK(model.inputs[1].name == "state");
  CHECK(model.inputs[1].shape == std::vector<std::string>{"batch", "6"});
  REQUIRE(model.outputs.size() == 3);
  CHECK(model.outputs[2].name == "next_state");
  CHECK(model.metadata.at("lookout.state") ==
        R"({"input":"state","output":"next_state","length":6,"at_start":0,)"
        R"("meaning":"of 6 gated recurrent units"})");
  CHECK_FALSE(ParseOnnx(EncodeOnnx(SomeActor(true))).metadata.contains("lookout.state"));
}

TEST_CASE("the metadata say how the model is to be played") {
  agents::GaussianActor actor = SomeActor(true);
  actor.action_repeat = 10;
  using Metadata = std::map<std::string, std::string>;
  CHECK(ParseOnnx(EncodeOnnx(actor)).metadata ==
        Metadata{{"lookout.action_repeat", "10"},
                 {"lookout.environment", "Safexp-PointGoal1-v0"},
                 {"lookout.iteration", "12"},
                 {"lookout.policy", "PPO-Lagrangian"}});
  // An unknown environment has no entry, an action that is not held has one all the same.
  actor.action_repeat = 1;
  actor.origin.environment_id.clear();
  const Metadata unknown = ParseOnnx(EncodeOnnx(actor)).metadata;
  CHECK(unknown.at("lookout.action_repeat") == "1");
  CHECK_FALSE(unknown.contains("lookout.environment"));
}

}  // namespace
}  // namespace lookout::app
