// What a run's folder says that the run was made of, and which options `lookout train` will not
// take together.
#include <doctest/doctest.h>

#include <filesystem>

#include "agents/feedback/models/cost_ensemble.h"
#include "app/platform/files.h"
#include "app/runs/run_folder.h"
#include "app/runs/run_groups.h"
#include "sim/base/fingerprint.h"
#include "sim/base/result.h"
#include "sim/config/config.h"
#include "sim/engine/safety_gym.h"
#include "tests/app/cli/command_line_support.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

RunConfig ConfigOf(const std::string& folder) {
  auto config = ParseRunConfig(FileText(RunFolder(folder).config()), "config.json");
  REQUIRE(config.ok());
  return *config;
}

TEST_CASE("a run says which policy it began with, and is no seed of one that began afresh") {
  const test::ScratchFolder scratch;
  REQUIRE(Lookout(TinyTraining(scratch / "fresh", 1)).exit_code == 0);
  const std::string policy = RunFolder(scratch / "fresh").policy().string();
  REQUIRE(Lookout(TinyTraining(scratch / "further", 1) +
                  std::vector<std::string>{"--start-from", policy, "--seed", "1"})
              .exit_code == 0);
  CHECK(ConfigOf(scratch / "fresh").settings.start_from.empty());
  CHECK(ConfigOf(scratch / "further").settings.start_from ==
        policy + "@" + Fingerprint(FileText(policy)));
  auto groups = GroupRuns({*LoadRunFolder(scratch / "fresh"), *LoadRunFolder(scratch / "further")});
  REQUIRE(groups.ok());
  REQUIRE(groups->size() == 2);
  CHECK((*groups)[1].label.find("from " + policy) != std::string::npos);
  // What it began with stays known when it goes on.
  REQUIRE(Lookout({"train", "--resume", scratch / "further", "--steps", "1200"}).exit_code == 0);
  CHECK(ConfigOf(scratch / "further").settings.start_from.starts_with(policy));
}

// Of that environment's observations; models of different seeds predict differently.
void WriteCostModel(const std::string& file, std::uint32_t seed,
                    const char* environment = "Safexp-PointGoal1-v0") {
  const auto config = sim::ConfigForId(environment);
  REQUIRE(config.ok());
  const sim::EnvironmentSpec spec = (*sim::SafetyGym::Create(*config))->spec();
  const int dim = spec.observation_dim;
  RandomState random(seed);
  agents::CostEnsemble ensemble{
      .id = {7}, .signature = spec.signature(), .inputs = *agents::CostInputs::Create(dim, {})};
  ensemble.normaliser = agents::Normaliser(dim);
  for (int i = 0; i < 2; ++i) {
    ensemble.members.emplace_back(std::vector<int>{dim, 4, 1});
    ensemble.members.back().InitialiseGlorot(random);
  }
  REQUIRE(WriteWholeFile(file, agents::MakeCostModel(std::move(ensemble))->Encode()).ok());
}

TEST_CASE("a run goes on with the cost model it has learned from, or is told another") {
  const test::ScratchFolder scratch;
  const std::string model = scratch / "model.lookout";
  WriteCostModel(model, 1);
  REQUIRE(Lookout(TinyTraining(scratch / "run", 1) +
                  std::vector<std::string>{"--cost", "learned", "--cost-model", model, "--anyway"})
              .exit_code == 0);
  CHECK(ConfigOf(scratch / "run").cost_model_fingerprint == Fingerprint(FileText(model)));
  const std::vector<std::string> resume{"train", "--resume", scratch / "run", "--steps", "1200"};
  WriteCostModel(model, 2);
  const CommandResult refused = Lookout(resume);
  CHECK(refused.exit_code == kBadInput);
  CHECK(refused.errors.find("another cost model") != std::string::npos);
  CHECK(refused.errors.find("--cost-model " + model) != std::string::npos);
  CHECK(Lookout(resume + std::vector<std::string>{"--cost-model", model}).exit_code == 0);
  CHECK(ConfigOf(scratch / "run").cost_model_fingerprint == Fingerprint(FileText(model)));
}

TEST_CASE("a cost model of another environment is refused, though its observation is as long") {
  const test::ScratchFolder scratch;
  const std::string model = scratch / "push.lookout";
  WriteCostModel(model, 1, "Safexp-PointPush1-v0");
  const CommandResult refused =
      Lookout({"train", "--env", "Safexp-PointButton1-v0", "--out", scratch / "run", "--cost",
               "learned", "--cost-model", model});
  CHECK(refused.exit_code == kBadInput);
  CHECK(refused.errors.find(model) != std::string::npos);
  CHECK(refused.errors.find("has box_lidar (16)") != std::string::npos);
  CHECK(refused.errors.find("expected buttons_lidar (16)") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(scratch / "run"));
}

TEST_CASE("what only a new run can be told is refused beside --resume") {
  const test::ScratchFolder scratch;
  REQUIRE(Lookout(TinyTraining(scratch / "run", 1)).exit_code == 0);
  const std::vector<std::string> resume{"train", "--resume", scratch / "run", "--steps", "1200"};
  for (const std::vector<std::string>& option :
       {std::vector<std::string>{"--env", "Safexp-PointGoal2-v0"},
        std::vector<std::string>{"--preset", "fast"},
        std::vector<std::string>{"--start-from", scratch / "run"}}) {
    CAPTURE(option.front());
    CHECK(Lookout(resume + option).exit_code == kUsage);
  }
  CHECK(ConfigOf(scratch / "run").settings.total_steps == 600);
}

TEST_CASE("an option that the agent would make nothing of is refused by name") {
  const test::ScratchFolder scratch;
  std::vector<std::string> arguments = TinyTraining(scratch / "run", 1);
  const char* option = "";
  SUBCASE("a line search of PPO") { option = "--line-search-steps"; }
  SUBCASE("the controller's delay for gradient ascent") { option = "--pid-delay"; }
  const CommandResult refused = Lookout(arguments + std::vector<std::string>{option, "3"});
  CHECK(refused.exit_code == kUsage);
  CHECK(refused.errors.find(option) != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(scratch / "run"));
}

TEST_CASE("a settings file cannot give a multiplier to an agent that has none") {
  const test::ScratchFolder scratch;
  REQUIRE(
      WriteWholeFile(scratch / "settings.json", R"({"algo": "cpo", "multiplier": "pid"})").ok());
  const CommandResult refused = Lookout({"train", "--out", scratch / "run", "--settings",
                                         scratch / "settings.json", "--steps", "600"});
  CHECK(refused.exit_code == kBadInput);
  CHECK(refused.errors.find("no multiplier") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(scratch / "run"));
}

}  // namespace
}  // namespace lookout::app
