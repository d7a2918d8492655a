#include "sim/recording/acting.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

namespace lookout::sim {
namespace {

StepRecord By(const char* agent, const char* overseer = nullptr) {
  StepRecord step;
  if (*agent != '\0') step.agent = std::make_shared<const std::string>(agent);
  if (overseer != nullptr) step.overseer = std::make_shared<const std::string>(overseer);
  return step;
}

TEST_CASE("who acts is the overseer where one stepped in, else the agent") {
  const EpisodeHeader header{.agent = "Go to goal"};
  CHECK(ActorOf(header, By("PPO")) == "PPO");
  CHECK(ActorOf(header, By("PPO", "Shield")) == "Shield");
  CHECK(AgentOf(header, By("PPO", "Shield")) == "PPO");
}

TEST_CASE("steps of older recordings, which name nobody, are told by their source") {
  const EpisodeHeader header{.agent = "Go to goal"};
  StepRecord step;
  CHECK(AgentOf(header, step) == "Go to goal");
  step.source = ActionSource::kHuman;
  CHECK(AgentOf(header, step) == "You");
  step.source = ActionSource::kNone;
  CHECK(AgentOf(header, step).empty());
}

TEST_CASE("hand-overs are found where another agent proposes, not where an overseer steps in") {
  const EpisodeHeader header{.agent = "Go to goal"};
  StepRecord reset;
  reset.source = ActionSource::kNone;
  RecordingChunk chunk{{1}, 0, {reset, By("Go to goal"), By("Go to goal", "Shield"), By("You")}};
  const auto found = HandOversIn(header, "Go to goal", chunk);
  CHECK(found == std::vector<HandOver>{{3, "You"}});
  chunk.first_step = 64;
  CHECK(HandOversIn(header, "You", chunk) ==
        std::vector<HandOver>{{65, "Go to goal"}, {67, "You"}});
}

TEST_CASE("a list names the first agents and counts the other hand-overs") {
  using List = std::vector<HandOver>;
  CHECK(AgentsInWords("Go to goal", List{}) == "Go to goal");
  CHECK(AgentsInWords("Go to goal", List{{40, "You"}}) == "Go to goal, then You");
  CHECK(AgentsInWords("Go to goal", List{{1, "You"}}) == "You");
  CHECK(AgentsInWords("A", List{{4, "B"}, {9, "A"}}) == "A, then B, then A");
  CHECK(AgentsInWords("A", List{{4, "B"}, {9, "A"}, {10, "B"}}) ==
        "A, then B, then A and 1 more hand-over");
}

}  // namespace
}  // namespace lookout::sim
