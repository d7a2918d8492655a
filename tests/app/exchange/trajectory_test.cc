#include "app/exchange/trajectory.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "sim/recording/acting.h"
#include "tests/support/project_samples.h"

namespace lookout::app {
namespace {

constexpr char kFirst[] =
    R"({"format": "lookout-trajectory", "version": 1, "environment": "Hopper", )"
    R"("step_duration_s": 0.008, "observation": [{"name": "joints", "size": 2}, )"
    R"({"name": "speed", "size": 1, "meaning": "m/s"}]})";

std::string Lines(const std::string& steps) { return std::string(kFirst) + "\n" + steps; }

const std::string kEpisode =
    R"({"episode": 7, "seed": 3, "observation": [0.1, 0.2, 0]}
{"episode": 7, "observation": [0.1, 0.3, 0.5], "action": [0.7], "reward": 1.5, "costs": {"hazards": 1, "lava": 0.5}, "agent": "SAC"}
{"episode": 7, "observation": [0.2, 0.3, 0.4], "action": [0], "proposed": [0.9], "overseer": "Shield", "reason": "too near", "source": "overseer"}

{"episode": 7, "observation": [0.2, 0.3, 0.4], "action": [1], "source": "person", "agent": "Ann", "cost": 2, "status": "timed out"}
)";

std::vector<Trajectory> Read(const std::string& text, const ImportOptions& options = {}) {
  auto read = ReadTrajectories(text, "run.jsonl", options);
  REQUIRE_MESSAGE(read.ok(), (read.ok() ? "" : read.error().message));
  return std::move(read).value();
}

std::string Refusal(const std::string& text) {
  const auto read = ReadTrajectories(text, "run.jsonl", {});
  if (read.ok()) return "accepted";
  CHECK(read.error().code == ErrorCode::kBadInput);
  return read.error().message;
}

TEST_CASE("an episode of JSON Lines has all that its lines say") {
  const auto episodes = Read(Lines(kEpisode));
  REQUIRE(episodes.size() == 1);
  const sim::EpisodeHeader& header = episodes[0].header;
  CHECK(header.config.id == "Hopper");
  CHECK(header.seed == 3);
  CHECK(header.agent == "SAC");
  CHECK(header.signature == sim::ObservationSignature({{"joints", 2, ""}, {"speed", 1, "m/s"}}));
  REQUIRE(header.imported);
  CHECK(header.imported->file == "run.jsonl");
  CHECK(header.imported->action_dim == 1);
  CHECK(header.imported->max_episode_steps == 3);
  CHECK(header.imported->step_duration_s == 0.008);
  CHECK(header.imported->cost_kinds == std::vector{sim::CostKind::kHazards});

  const auto& steps = episodes[0].steps;
  REQUIRE(steps.size() == 4);
  CHECK(episodes[0].other_cost_names == std::vector<std::string>{"lava"});
  for (const sim::StepRecord& step : steps) {
    CHECK(step.state == nullptr);
    CHECK(step.other_costs.size() == 1);
    CHECK(std::isnan(step.predicted_cost));
  }
  CHECK(steps[0].executed_action.size() == 0);
  CHECK(steps[0].source == sim::ActionSource::kNone);
  CHECK(steps[1].observation == Eigen::Vector3f(0.1F, 0.3F, 0.5F));
  CHECK(steps[1].reward == 1.5F);
  CHECK(steps[1].costs[sim::CostKind::kHazards] == 1.0);
  CHECK(steps[1].other_costs[0] == 0.5);
  CHECK(steps[1].costs.total == 1.5);
  CHECK(steps[2].Proposed()[0] == 0.9F);
  CHECK(sim::ActorOf(header, steps[2]) == "Shield");
  REQUIRE(steps[2].reason != nullptr);
  CHECK(*steps[2].reason == "too near");
  CHECK(sim::AgentOf(header, steps[2]) == "SAC");
  CHECK(steps[3].source == sim::ActionSource::kHuman);
  CHECK(sim::ActorOf(header, steps[3]) == "Ann");
  CHECK(steps[3].costs.total == 2.0);
  CHECK(steps[3].status == sim::EpisodeStatus::kTimedOut);
}

TEST_CASE("a byte order mark before the text is passed over") {
  CHECK(Read("\xEF\xBB\xBF" + Lines(kEpisode)).size() == 1);
  CHECK(Refusal("\xEF\xBB\xBF").find("is empty") != std::string::npos);
}

TEST_CASE("CSV says the same in columns") {
  const auto episodes = Read(
      "episode,observation.joints.0,observation.joints.1,observation.speed,action.0,reward,"
      "costs.hazards,agent\r\n"
      "1,0.1,0.2,0,,,,\r\n1,0.1,0.3,0.5,0.7,1.5,1,SAC\r\n2,1,2,3,,,,\r\n",
      {.environment = "Hopper", .step_duration_s = 0.5});
  REQUIRE(episodes.size() == 2);
  const auto& header = episodes[0].header;
  CHECK(header.signature == sim::ObservationSignature({{"joints", 2, ""}, {"speed", 1, ""}}));
  CHECK(header.imported->step_duration_s == 0.5);
  CHECK(header.agent == "SAC");
  REQUIRE(episodes[0].steps.size() == 2);
  CHECK(episodes[0].steps[1].executed_action[0] == 0.7);
  CHECK(episodes[0].steps[1].costs[sim::CostKind::kHazards] == 1.0);
  CHECK(episodes[1].steps.size() == 1);
}

const std::string kReset = "{\"observation\": [1, 2, 3]}\n";

void CheckSays(const std::string& text, const char* words) {
  const std::string refusal = Refusal(text);
  INFO(refusal);
  CHECK(refusal.find(words) != std::string::npos);
}

TEST_CASE("what is wrong is named with its line and the way out") {
  CheckSays("", "run.jsonl is empty");
  CheckSays("{\"format\": \"gym\"}\n" + kReset, "run.jsonl, line 1 is not the description");
  CheckSays("{\"format\": \"lookout-trajectory\", \"version\": 2}\n", "newer version");
  CheckSays("{\"format\": \"lookout-trajectory\", \"version\": 1}\n",
            "line 1 needs \"observation\"");
}

TEST_CASE("a wrong step is named with its line and the way out") {
  CheckSays(Lines(""), "has no steps");
  CheckSays(Lines("{\"observation\": [1, 2]}"), "line 2 needs a list of 3 numbers");
  CheckSays(Lines(kReset + "{\"observation\": [1, 2, 3]"), "line 3 is not JSON at column");
  CheckSays(Lines(kReset + kReset), "line 3 has no \"action\"");
  CheckSays(Lines("{\"observation\": [1, 2, 3], \"action\": [1]}"),
            "line 2 begins an episode with an");
  CheckSays(Lines("{\"observation\": [1, 2, 3], \"rewrad\": 1}"), "Did you mean reward?");
  CheckSays(Lines("{\"observation\": [1, 2, null]}"), "something else than a finite number");
  CheckSays(Lines(kReset + "{\"observation\": [1, 2, 3], \"action\": [1], \"status\": \"won\"}"),
            "write one of: running, goal met");
  CheckSays(Lines(kEpisode + "{\"episode\": 7, \"observation\": [1, 2, 3], \"action\": [1]}"),
            "line 7 goes on after the episode ended");
  CheckSays(Lines(kEpisode + "{\"episode\": 8, \"observation\": [1, 2, 3]}\n" +
                  "{\"episode\": 7, \"observation\": [1, 2, 3]}"),
            "keep the lines of an episode together");
  CheckSays("reward,action.0\n1,2\n", "line 1 needs columns of the observation");
  CheckSays("observation.x,reward\n1,2\n", "name it by --env");
  const auto cells = ReadTrajectories("observation.x\n1,2\n", "run.csv", {.environment = "X"});
  REQUIRE_FALSE(cells.ok());
  CHECK(cells.error().message.find("line 2 has 2 cells where line 1 has 1") != std::string::npos);
}

TEST_CASE("numbers that JSON cannot say are named, with one line number") {
  CheckSays(Lines("{\"observation\": [1, NaN, 3]}"),
            "line 2 has NaN, which is no finite number; leave such steps out.");
  CheckSays(Lines(kReset + "{\"observation\": [1, 2, -Infinity], \"action\": [1]}"),
            "line 3 has Infinity, which is no finite number");
  CheckSays(Lines("{\"agent\": \"NaNa\", \"observation\": [1, 2, 3]"),
            "line 2 is not JSON at column");
}

TEST_CASE("a header whose sizes cannot be is told which and why") {
  const auto header = [](const std::string& size) {
    return "{\"format\": \"lookout-trajectory\", \"version\": 1, \"observation\": [{\"name\": "
           "\"speed\", \"size\": " +
           size + "}]}\n";
  };
  for (const std::string size : {"0", "-3", "2.5", "\"3\"", "99999999"}) {
    CheckSays(header(size), ("line 1 gives \"speed\" the size " + size + "; a size is").c_str());
  }
}

TEST_CASE(
    "a file that was imported is known by its content for as long as its episodes are there") {
  const test::TestFolder folder;
  const auto project = test::OpenProject(folder / "study.lookout");
  const std::string text = Lines(kReset);
  CHECK(ImportedBefore(*project, text).empty());
  const auto ids = SaveTrajectories(*project, Read(text), text);
  REQUIRE(ids.ok());
  CHECK(ImportedBefore(*project, text) == *ids);
  CHECK(ImportedBefore(*project, text + "\n").empty());
  REQUIRE(project->RemoveEpisode(ids->front()).ok());
  CHECK(ImportedBefore(*project, text).empty());
}

TEST_CASE("imported episodes are saved whole, read back, and outlive those that come after") {
  const test::TestFolder folder;
  const auto project = test::OpenProject(folder / "study.lookout");
  std::string steps = "{\"observation\": [1, 2, 3]}\n";
  for (int i = 0; i < 150; ++i) steps += "{\"observation\": [1, 2, 3], \"action\": [0.5]}\n";
  const auto ids = SaveTrajectories(*project, Read(Lines(steps)));
  REQUIRE(ids.ok());
  REQUIRE(ids->size() == 1);
  for (std::int64_t id = 10; id < 13; ++id) {
    REQUIRE(project->SaveEpisode(test::SampleHeader(EpisodeId{id})).ok());
  }
  REQUIRE(project->PruneUnmarked(1).ok());
  CHECK(project->Episodes().value().size() == 2);
  const auto stored = project->FindEpisode(ids->front());
  REQUIRE(stored.ok());
  CHECK(stored->steps == 151);
  CHECK(stored->header.imported->file == "run.jsonl");
  const auto chunks = project->LoadSteps(ids->front());
  REQUIRE(chunks.ok());
  CHECK(chunks->size() == 3);
  CHECK((*chunks)[2]->steps.back().state == nullptr);
  CHECK(*(*chunks)[2]->steps.back().agent == "Imported");
}

}  // namespace
}  // namespace lookout::app
