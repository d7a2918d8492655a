// A policy file of a network with memory: played like any other, and refused in words where there
// is no place for a memory.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "agents/learning/gru_network.h"
#include "agents/policies/learned/gaussian_actor.h"
#include "app/platform/files.h"
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

TEST_CASE("a policy with memory is played by sim and eval, and not by what cannot hold a memory") {
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

  const auto exported = Lookout({"export", policy, "--onnx", scratch / "policy.onnx"});
  CHECK(exported.exit_code == kBadInput);
  CHECK_MESSAGE(exported.errors.find("The policy has a memory") != std::string::npos,
                exported.errors);
  const auto started =
      Lookout(TinyTraining(scratch / "next", 1) + std::vector<std::string>{"--start-from", policy});
  CHECK(started.exit_code == kBadInput);
  CHECK_MESSAGE(started.errors.find("check --network, --hidden") != std::string::npos,
                started.errors);
}

}  // namespace
}  // namespace lookout::app
