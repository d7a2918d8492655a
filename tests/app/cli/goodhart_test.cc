// lookout goodhart as a user calls it.
#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <sstream>
#include <string>
#include <vector>

#include "app/platform/files.h"
#include "app/runs/run_folder.h"
#include "tests/app/cli/command_line_support.h"
#include "tests/support/contains.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;
using nlohmann::json;
using GoodhartWords = std::vector<std::string>;

// A run on the shipped cost model, in episodes of a hundred steps among many hazards.
void Train(const test::ScratchFolder& scratch, const std::string& name,
           const GoodhartWords& more = {}) {
  const std::string world = scratch / "world.json";
  REQUIRE(WriteWholeFile(world, R"({"extends": "Safexp-PointGoal1-v0", "num_steps": 100,
                                    "hazards_num": 20, "placements_extents": [-2, -2, 2, 2]})")
              .ok());
  GoodhartWords training = TinyTraining(scratch / name, 3);
  for (std::string& word : training) {
    if (word == "Safexp-PointGoal1-v0") word = world;
  }
  const CommandResult result = Lookout(training + more);
  REQUIRE_MESSAGE(result.exit_code == 0, result.errors);
}

void TrainOnLearned(const test::ScratchFolder& scratch, const std::string& name,
                    const std::string& model = ShippedModel().string()) {
  Train(scratch, name, {"--cost", "learned", "--cost-model", model, "--anyway"});
}

GoodhartWords Asked(const std::string& folder, const GoodhartWords& more = {}) {
  return GoodhartWords{"goodhart", folder, "--episodes",     "6", "--label-episodes", "4",
                       "--seed",   "100",  "--causal-every", "10"} +
         more;
}

json ReportOf(const GoodhartWords& arguments) {
  const CommandResult result = Lookout(arguments + GoodhartWords{"--json"});
  REQUIRE_MESSAGE(result.exit_code == 0, result.errors);
  return json::parse(result.output);
}

TEST_CASE("a run on a learned cost keeps policies, and is measured by them") {
  const test::ScratchFolder scratch;
  TrainOnLearned(scratch, "run");
  CHECK(RunFolder(scratch / "run").KeptPolicies() == std::vector{0, 1, 2, 3});
  const json report = ReportOf(Asked(scratch / "run"));
  CHECK(report["iteration"] == 3);
  CHECK(report["base"] == "the first policy (iteration 0)");
  const json& chain = report["chain"];
  CHECK(chain["labels"]["not_known"].get<std::string>().find("--project") != std::string::npos);
  CHECK(chain["model"]["fitted"]["brier"]["value"].get<double>() >= 0.0);
  // What training read is what the model says, and iteration 1 is what it was.
  const json& implementation = chain["implementation"];
  CHECK(implementation["largest_per_step"].get<double>() < 1e-6);
  CHECK(implementation["reading_per_episode"] == 0.0);
  CHECK(implementation["differs"] == false);
  CHECK(implementation["logged"].get<double>() ==
        doctest::Approx(implementation["done_again"].get<double>()).epsilon(1e-7));
  CHECK(implementation["unchecked"] == "");
  const json& policies = report["pressure"]["policies"];
  REQUIRE(policies.size() == 4);
  CHECK(policies[0]["distance"]["value"] == 0.0);
  CHECK(policies[3]["distance"]["value"].get<double>() > 0.0);
  CHECK(policies[3]["true_gain"]["value"].is_number());
  CHECK(report["extremal"]["policies"].size() == 4);
  CHECK(report["extremal"]["outside_by"] == "spread");
  CHECK(report["causal"]["all"]["trials"].get<int>() > 100);
  CHECK(report["regressional"]["best_of_n"][0]["n"] == 1);
  double share = 0.0;
  for (const json& bin : chain["revealed"]["distances"])
    share += bin["share"]["value"].get<double>();
  CHECK(share == doctest::Approx(1.0));
}

TEST_CASE("the same figures whatever the number of workers") {
  const test::ScratchFolder scratch;
  TrainOnLearned(scratch, "run");
  const json one = ReportOf(Asked(scratch / "run", {"--workers", "1"}));
  const json three = ReportOf(Asked(scratch / "run", {"--workers", "3"}));
  CHECK(one == three);
}

TEST_CASE("the distance in the log is that of the policies that acted") {
  const test::ScratchFolder scratch;
  TrainOnLearned(scratch, "run");
  const auto run = LoadRunFolder(scratch / "run");
  REQUIRE(run.ok());
  const std::vector<double>& kl = run->progress["KLFromFirst"];
  REQUIRE(kl.size() == 3);
  CHECK(kl[0] == doctest::Approx(0.0));
  const json report = ReportOf(Asked(scratch / "run", {"--policies", "12"}));
  // On other episodes, and so only about the same.
  const double distance = report["pressure"]["policies"][2]["distance"]["value"].get<double>();
  CHECK(std::sqrt(kl[2]) == doctest::Approx(distance).epsilon(0.5));
}

TEST_CASE("a person reads it, and a folder keeps it") {
  const test::ScratchFolder scratch;
  TrainOnLearned(scratch, "run");
  const CommandResult result = Lookout(Asked(scratch / "run", {"--out", scratch / "out"}));
  REQUIRE_MESSAGE(result.exit_code == 0, result.errors);
  for (const char* const part :
       {"The chain from", "ideal -> labels", "Regressional", "best of n", "Extremal", "Causal",
        "Adversarial", "Cost against optimisation", "lookout explain"}) {
    CAPTURE(part);
    CHECK(Contains(result.output, part));
  }
  // Tables and sentences fit; what names files may not.
  std::istringstream lines(result.output);
  for (std::string line; std::getline(lines, line);) {
    if (!line.starts_with("    ") || Contains(line, "lookout explain")) continue;
    CHECK_MESSAGE(line.size() <= 100, line);
  }
  CHECK(FileText(scratch / "out/goodhart.txt") == result.output);
  CHECK(json::parse(FileText(scratch / "out/goodhart.json"))["iteration"] == 3);
  CHECK(FileText(scratch / "out/goodhart.svg").starts_with("<svg"));
}

TEST_CASE("without policies along the way the last one is measured, and said what is missing") {
  const test::ScratchFolder scratch;
  TrainOnLearned(scratch, "run");
  fs::remove_all(fs::path(scratch / "run") / "policies");
  const json report = ReportOf(Asked(scratch / "run"));
  CHECK(report["base"] == "the random agent");
  CHECK(Contains(report["pressure"]["not_known"].get<std::string>(), "train it anew"));
  CHECK(report["extremal"]["policies"].size() == 1);
  fs::remove(fs::path(scratch / "run") / "policy.lookout");
  const CommandResult nothing = Lookout(Asked(scratch / "run"));
  CHECK(nothing.exit_code == kBadInput);
  CHECK(Contains(nothing.errors, "kept no policy"));
}

TEST_CASE("a run that goes on drops the policies of iterations that it does again") {
  const test::ScratchFolder scratch;
  TrainOnLearned(scratch, "run");
  const RunFolder folder(scratch / "run");
  REQUIRE(WriteWholeFile(folder.policy_after(9), FileText(folder.policy())).ok());
  CHECK(folder.KeptPolicies().back() == 9);
  REQUIRE(Lookout({"train", "--resume", scratch / "run", "--steps", "2400"}).exit_code == 0);
  CHECK(folder.KeptPolicies() == std::vector{0, 1, 2, 3, 4});
}

TEST_CASE("what cannot be measured is refused with the cause and a way out") {
  const test::ScratchFolder scratch;
  Train(scratch, "rule");
  CHECK(RunFolder(scratch / "rule").KeptPolicies().empty());
  const auto refused = [](const GoodhartWords& arguments, const std::string& part) {
    const CommandResult result = Lookout(arguments);
    CAPTURE(result.errors);
    CHECK(result.exit_code == kBadInput);
    CHECK(Contains(result.errors, part));
  };
  refused(Asked(scratch / "rule"), "not on a learned one");
  refused(Asked(scratch / "nowhere"), "does not exist");
  fs::create_directory(fs::path(scratch / "empty"));
  refused(Asked(scratch / "empty"), "no config.json");
  const std::string model = scratch / "model.costmodel";
  fs::copy_file(ShippedModel(), model);
  TrainOnLearned(scratch, "run", model);
  fs::remove(model);
  refused(Asked(scratch / "run"), "--cost-model");
  CHECK(Lookout(Asked(scratch / "run", {"--cost-model", ShippedModel().string(), "--not-again"}))
            .exit_code == 0);
  REQUIRE(WriteWholeFile(model, "no model").ok());
  refused(Asked(scratch / "run", {"--cost-model", model}), "--cost-model");
  CHECK(Lookout(Asked(scratch / "run", {"--episodes", "1"})).exit_code == kUsage);
}

}  // namespace
}  // namespace lookout::app
