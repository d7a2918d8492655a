// A policy file of a network with memory: played like any other, and refused in words where there
// is no place for a memory.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "agents/learning/gru_network.h"
#include "agents/learning/stacked_network.h"
#include "agents/learning/transformer_network.h"
#include "agents/policies/learned/gaussian_actor.h"
#include "app/platform/child_process.h"
#include "app/platform/files.h"
#include "app/runs/formats/onnx_file.h"
#include "app/runs/run_folder.h"
#include "app/runs/saved_policy.h"
#include "tests/app/cli/command_line_support.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

using nlohmann::json;

// The policy of a run that has just been made, with memory in place of its network.
std::string WritePolicyWithMemory(const test::ScratchFolder& scratch) {
  REQUIRE(Lookout(TinyTraining(scratch / "run", 1)).exit_code == 0);
  auto saved = LoadSavedPolicy(RunFolder(scratch / "run").policy());
  REQUIRE(saved.ok());
  agents::GaussianActor actor = saved->actor;
  RandomState random(2);
  agents::GruNetwork mean(actor.observation_dim(), 6, actor.action_dim());
  mean.Initialise(random, 1.0);
  actor.mean = mean;
  const std::string path = scratch / "remembers.lookout";
  REQUIRE(WriteWholeFile(path, agents::EncodePolicyFile(actor)).ok());
  return path;
}

TEST_CASE(
    "a policy with memory is played by sim and eval, and does not begin a run of another network") {
  const test::ScratchFolder scratch;
  const std::string policy = WritePolicyWithMemory(scratch);
  const auto play = [&](const char* command, const std::vector<std::string>& options) {
    const auto result =
        Lookout(std::vector<std::string>{command, "--json", "--episodes", "2"} + options);
    REQUIRE_MESSAGE(result.exit_code == 0, result.errors);
    return json::parse(result.output);
  };
  const json played = play("sim", {"--policy", policy});
  CHECK(played.at("environment") == "Safexp-PointGoal1-v0");
  CHECK(played.at("episodes").size() == 2);
  const json alone = play("eval", {policy, "--workers", "1"});
  CHECK(alone.at("policies").at(0).at("length").at("mean") == 1000);
  CHECK(alone == play("eval", {policy, "--workers", "2"}));

  const auto started =
      Lookout(TinyTraining(scratch / "next", 1) + std::vector<std::string>{"--start-from", policy});
  CHECK(started.exit_code == kBadInput);
  CHECK_MESSAGE(started.errors.find("check --network, --hidden") != std::string::npos,
                started.errors);
}

// Some network of each kind that remembers, all of whose parts do something.
agents::SequenceNetwork SomeNetwork(const std::string& kind, int inputs, int outputs) {
  RandomState random(4);
  const auto shaken = [&](auto network) {
    for (float& value : network.mutable_parameters()) value += float(random.Uniform(-0.2, 0.2));
    return network;
  };
  if (kind == "GRU") {
    agents::GruNetwork gru(inputs, 6, outputs);
    gru.Initialise(random, 1.0);
    return shaken(gru);
  }
  if (kind == "stacked") {
    agents::Mlp mlp({3 * inputs, 8, outputs});
    mlp.InitialiseGlorot(random);
    return shaken(agents::StackedNetwork(3, mlp));
  }
  agents::TransformerNetwork transformer({.input_dim = inputs,
                                          .output_dim = outputs,
                                          .layers = 2,
                                          .width = 12,
                                          .heads = 3,
                                          .memory = kind == "short" ? 1 : 7,
                                          .gated = kind != "TrXL"});
  transformer.Initialise(random, 1.0, 0.5);
  return shaken(transformer);
}

constexpr int kSeenValues = 5;
constexpr std::size_t kPlayedSteps = 60;
using Played = std::vector<std::vector<Eigen::VectorXd>>;  // actions of each episode

agents::GaussianActor SomeActor(const std::string& kind, RandomState& random) {
  Eigen::MatrixXf seen(kSeenValues, 50);
  for (float& value : seen.reshaped()) value = float(random.Uniform(-1.0, 4.0));
  agents::GaussianActor actor{.name = "PPO",
                              .origin = {},
                              .mean = SomeNetwork(kind, kSeenValues, 2),
                              .log_std = Eigen::Vector2f::Zero(),
                              .normaliser = agents::Normaliser(kSeenValues)};
  actor.normaliser->Update(seen);
  return actor;
}

// Two episodes: what happened in the first must be gone in the second. episodes: what was seen.
Played PlayHere(const agents::GaussianActor& actor, RandomState& random, json& episodes) {
  const agents::PolicyPtr policy = agents::MakeGaussianPolicy(actor, true);
  Played actions(2);
  for (auto& played : actions) {
    const auto memory = policy->NewMemory();
    json episode = json::array();
    for (std::size_t step = 0; step < kPlayedSteps; ++step) {
      Eigen::VectorXd observation(kSeenValues);
      for (double& value : observation) value = double(float(random.Uniform(-1.0, 4.0)));
      episode.push_back(std::vector<double>(observation.begin(), observation.end()));
      policy->Act(observation, *memory, random, played.emplace_back());
    }
    episodes.push_back(std::move(episode));
  }
  return actions;
}

// The same by the onnx package and NumPy.
json PlayElsewhere(const test::ScratchFolder& scratch, const agents::GaussianActor& actor,
                   const json& episodes) {
  REQUIRE(WriteWholeFile(scratch / "policy.onnx", EncodeOnnx(actor)).ok());
  REQUIRE(WriteWholeFile(scratch / "seen.json", episodes.dump()).ok());
  const std::string script = LOOKOUT_SOURCE_DIR "/tests/app/cli/memory_policy_reader.py";
  const Status read = RunChild({"/usr/bin/python3", script, scratch / "policy.onnx",
                                scratch / "seen.json", scratch / "report.json"},
                               120.0, {});
  REQUIRE_MESSAGE(read.ok(), (read.ok() ? "" : read.error().message));
  return json::parse(FileText(scratch / "report.json"))["actions"];
}

TEST_CASE("the onnx package accepts policies with memory, and NumPy plays them as they play here") {
  std::string kind = "GRU";
  SUBCASE("GRU") {}
  SUBCASE("stacked frames") { kind = "stacked"; }
  SUBCASE("TrXL") { kind = "TrXL"; }
  SUBCASE("GTrXL") { kind = "GTrXL"; }
  SUBCASE("GTrXL that remembers one decision") { kind = "short"; }
  if (!RunChild({"/usr/bin/python3", "-c", "import onnx, numpy"}, 120.0, {}).ok()) {
    MESSAGE("skipped, as the reader is missing: install python3-onnx");
    return;
  }
  const test::ScratchFolder scratch;
  RandomState random(9);
  const agents::GaussianActor actor = SomeActor(kind, random);
  json episodes = json::array();
  const Played here = PlayHere(actor, random, episodes);
  const json elsewhere = PlayElsewhere(scratch, actor, episodes);
  for (std::size_t episode = 0; episode < here.size(); ++episode) {
    for (std::size_t step = 0; step < kPlayedSteps; ++step) {
      CAPTURE(step);
      for (std::size_t i = 0; i < 2; ++i) {
        CHECK(elsewhere[episode][step][i].get<double>() ==
              doctest::Approx(here[episode][step][Eigen::Index(i)]).epsilon(1e-3).scale(0.1));
      }
    }
  }
}

TEST_CASE("a policy with memory is exported by the command line") {
  const test::ScratchFolder scratch;
  const std::string policy = WritePolicyWithMemory(scratch);
  const auto exported = Lookout({"export", policy, "--onnx", scratch / "policy.onnx"});
  REQUIRE_MESSAGE(exported.exit_code == 0, exported.errors);
  CHECK_MESSAGE(exported.errors.find("and state [batch x 6]") != std::string::npos,
                exported.errors);
}

}  // namespace
}  // namespace lookout::app
