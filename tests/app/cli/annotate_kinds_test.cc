// lookout annotate: regions, rules, take-overs and corrections of simulated annotators, each alone
// enough for a fit, and each with its faults.
#include <doctest/doctest.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/kinds/correction.h"
#include "agents/feedback/kinds/intervention.h"
#include "agents/feedback/kinds/region.h"
#include "agents/policies/scripted/scripted_policies.h"
#include "sim/base/random_state.h"
#include "sim/engine/safety_gym.h"
#include "tests/app/cli/command_line_support.h"
#include "tests/app/cli/drive_support.h"
#include "tests/support/project_samples.h"

namespace lookout::app {
namespace {

constexpr int kKindsSteps = 320;
constexpr int kKindsEpisodes = 8;

// The careless script.
Driver CarelessIn(const sim::SafetyGym& world) {
  auto script = agents::MakeGoToGoalPolicy(world.config(), world.spec());
  REQUIRE(script.ok());
  const std::shared_ptr<agents::PolicyMemory> memory = (*script)->NewMemory();
  return [policy = *script, memory, random = RandomState(1)](const Eigen::VectorXd& observation,
                                                             Eigen::VectorXd& action) mutable {
    policy->Act(observation, *memory, random, action);
  };
}

std::string CarelessDrives(const test::TestFolder& folder) {
  const std::string file = folder / "drives.lookout";
  const auto project = test::OpenProject(file);
  for (std::int64_t id = 1; id <= kKindsEpisodes; ++id)
    SaveDrive(*project, {id}, kKindsSteps, CarelessIn);
  return file;
}

struct Annotated {
  std::string file;
  nlohmann::json said;
  std::vector<agents::FeedbackRecord> records;
};

Annotated Annotate(const std::string& project, const std::string& out, const std::string& words,
                   const std::vector<std::string>& arguments) {
  const CommandResult result =
      Lookout(std::vector<std::string>{"annotate", project, "--out", out, "--annotator", words,
                                       "--no-spans", "--json"} +
              arguments);
  REQUIRE_MESSAGE(result.exit_code == 0, result.errors);
  Annotated annotated{.file = out, .said = nlohmann::json::parse(result.output), .records = {}};
  const auto feedback = test::OpenProject(out, ProjectAccess::kReadOnly)->LoadFeedback();
  REQUIRE(feedback.ok());
  for (const auto& [id, record] : feedback->records()) annotated.records.push_back(record);
  return annotated;
}

// What the fit makes of it, on held-out episodes of the same feedback.
double FittedAuc(const test::TestFolder& folder, const std::string& project) {
  const CommandResult fitted =
      Lookout({"fit", "--project", project, "--out", folder / "cost.model", "--json"});
  REQUIRE_MESSAGE(fitted.exit_code == 0, fitted.errors);
  return nlohmann::json::parse(fitted.output).at("auc");
}

// Of the model of the last fit, against the rule in all steps of the recorded episodes.
double AucAgainstRule(const test::TestFolder& folder, const std::string& project) {
  const CommandResult measured =
      Lookout({"cost", folder / "cost.model", "--project", project, "--json"});
  REQUIRE_MESSAGE(measured.exit_code == 0, measured.errors);
  return nlohmann::json::parse(measured.output).at("models").at(0).at("auc");
}

TEST_CASE("painted places and rules are enough to learn from") {
  const test::TestFolder folder;
  const std::string file = CarelessDrives(folder);
  const Annotated painted = Annotate(file, folder / "painted",
                                     "Ann: distance hazard < 0.3 as hazard", {"--regions", "100"});
  const auto regions = painted.said.at("annotators").at(0).at("regions");
  CHECK(regions > 10);
  CHECK(painted.said.at("new_episodes") == 0);
  REQUIRE(regions == painted.records.size());
  for (const auto& record : painted.records) {
    const auto region = agents::RegionOf(record);
    REQUIRE(region.ok());
    CHECK_FALSE(region->layout.empty());
    CHECK(record.annotator == "Ann");
    CHECK(record.on_screen.mode == "simulated");
  }
  CHECK(FittedAuc(folder, painted.file) > 0.95);
  CHECK(AucAgainstRule(folder, file) > 0.9);
  const Annotated ruled = Annotate(file, folder / "ruled", "Bob: cost", {"--rules"});
  REQUIRE(ruled.records.size() == 1);
  const auto rule = agents::RegionOf(ruled.records.front());
  REQUIRE(rule.ok());
  CHECK(rule->around == "hazard");
  CHECK(rule->radius_m > 0.15);
  CHECK(rule->radius_m <= 0.2);
}

TEST_CASE("a take-over is driven from the recorded state, and a fit learns from it") {
  const test::TestFolder folder;
  const std::string file = CarelessDrives(folder);
  const Annotated taken = Annotate(
      file, folder / "taken", "Ann: distance hazard < 0.4; lag 3; lead-in 6", {"--take-overs"});
  REQUIRE(taken.records.size() > 5);
  CHECK(taken.said.at("annotators").at(0).at("take_overs") == taken.records.size());
  CHECK(taken.said.at("new_episodes") == taken.records.size());
  const auto project = test::OpenProject(taken.file, ProjectAccess::kReadOnly);
  for (const auto& record : taken.records) {
    const auto intervention = agents::InterventionOf(record);
    REQUIRE(intervention.ok());
    CHECK(intervention->rule.lag_steps == 3);
    CHECK(intervention->rule.before_steps == 6);
    CHECK(intervention->rule.safe_weight > 0.0);
    const auto episode = project->FindEpisode(intervention->episode);
    REQUIRE(episode.ok());
    CHECK(episode->header.branched_from.value >= 1);
    CHECK(episode->header.branched_from.value <= kKindsEpisodes);
    CHECK(episode->steps == intervention->last_step + 1);
    REQUIRE(episode->header.hand_overs.size() == 1);
    CHECK(episode->header.hand_overs.front().agent == "Ann");
    CHECK(episode->header.hand_overs.front().step == intervention->first_step);
  }
  CHECK(FittedAuc(folder, taken.file) > 0.7);
}

TEST_CASE("the steps before a take-over are the recorded ones, and driving again drives the same") {
  const test::TestFolder folder;
  const std::string file = CarelessDrives(folder);
  const std::string words = "Ann: cost; lag 3";
  const Annotated taken = Annotate(file, folder / "a", words, {"--take-overs"});
  const Annotated again = Annotate(file, folder / "b", words, {"--take-overs"});
  REQUIRE(!taken.records.empty());
  CHECK(taken.records == again.records);
  const auto first = test::OpenProject(taken.file, ProjectAccess::kReadOnly);
  const auto second = test::OpenProject(again.file, ProjectAccess::kReadOnly);
  const auto intervention = agents::InterventionOf(taken.records.front());
  REQUIRE(intervention.ok());
  const auto header = first->FindEpisode(intervention->episode)->header;
  const auto future = first->LoadSteps(intervention->episode);
  const auto same = second->LoadSteps(intervention->episode);
  const auto parent = first->LoadSteps(header.branched_from);
  REQUIRE((future.ok() && same.ok() && parent.ok()));
  CHECK(sim::EncodeChunk(*future->front()) == sim::EncodeChunk(*same->front()));
  const auto at = [](const std::vector<sim::ChunkPtr>& chunks, StepIndex step) {
    const auto chunk = static_cast<std::size_t>(step / sim::kChunkSteps);
    return chunks[chunk]->steps[static_cast<std::size_t>(step % sim::kChunkSteps)];
  };
  const StepIndex last = intervention->first_step - 1;
  CHECK(at(*future, last).observation == at(*parent, header.branched_at + last).observation);
  CHECK(at(*future, last).source == sim::ActionSource::kAgent);
  CHECK(at(*future, last + 1).source == sim::ActionSource::kHuman);
  CHECK(at(*future, last + 1).observation !=
        at(*parent, header.branched_at + last + 1).observation);
}

// What the rule charged for the steps.
double CostOf(Project& project, const agents::Segment& segment) {
  const auto chunks = project.LoadSteps(segment.episode);
  REQUIRE(chunks.ok());
  double total = 0.0;
  for (const sim::ChunkPtr& chunk : *chunks) {
    for (std::size_t i = 0; i < chunk->steps.size(); ++i) {
      const StepIndex step = chunk->first_step + static_cast<StepIndex>(i);
      if (segment.first <= step && step <= segment.last) total += chunk->steps[i].costs.total;
    }
  }
  return total;
}

TEST_CASE("corrections are two futures of one moment, of which the driven one costs less") {
  const test::TestFolder folder;
  const std::string file = CarelessDrives(folder);
  const auto costs = [&](const std::string& words, double& agents_cost) {
    const Annotated corrected =
        Annotate(file, folder / words.substr(0, 3), words, {"--corrections", "12"});
    CHECK(corrected.records.size() >= 3);
    CHECK(corrected.records.size() <= 12);
    const auto project = test::OpenProject(corrected.file, ProjectAccess::kReadOnly);
    double persons_cost = 0.0;
    agents_cost = 0.0;
    for (const auto& record : corrected.records) {
      const auto correction = agents::CorrectionOf(record);
      REQUIRE(correction.ok());
      CHECK(correction->agents.last - correction->agents.first ==
            correction->persons.last - correction->persons.first);
      CHECK(correction->agents.first == correction->step + 1);
      CHECK(correction->held_steps == 10);
      persons_cost += CostOf(*project, correction->persons);
      agents_cost += CostOf(*project, correction->agents);
    }
    return persons_cost;
  };
  double agents_cost = 0.0;
  const double careful = costs("Ann: cost; lead 25", agents_cost);
  CHECK(agents_cost > 0.0);
  CHECK(careful < 0.5 * agents_cost);
  const double careless = costs("Bob: cost; lead 25; wrong-way 1", agents_cost);
  CHECK(careless > careful);
}

TEST_CASE("corrections beside spans are learned from, and what was never driven is refused") {
  const test::TestFolder folder;
  const std::string file = CarelessDrives(folder);
  const Annotated both = Annotate(file, folder / "both", "Ann: cost; lag 0; lead 25",
                                  {"--corrections", "20", "--regions", "20"});
  CHECK(FittedAuc(folder, both.file) > 0.8);
  const CommandResult lazy =
      Lookout({"annotate", file, "--annotator", "Bob: cost", "--no-spans", "--corrections", "0"});
  CHECK(lazy.exit_code == kUsage);
  CHECK(lazy.errors.find("--corrections") != std::string::npos);
}

}  // namespace
}  // namespace lookout::app
