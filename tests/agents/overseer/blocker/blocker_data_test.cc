#include "agents/overseer/blocker/blocker_data.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "tests/agents/overseer/blocker/blocker_support.h"
#include "tests/support/contains.h"

namespace lookout::agents {
namespace {

std::vector<OverseerVerdict> Verdicts(const std::string& text) {
  std::vector<OverseerVerdict> verdicts;
  for (const char c : text) {
    verdicts.push_back(c == 'B'   ? OverseerVerdict::kBlock
                       : c == '?' ? OverseerVerdict::kUnknown
                                  : OverseerVerdict::kPass);
  }
  return verdicts;
}

std::string Text(const std::vector<OverseerVerdict>& verdicts) {
  std::string text;
  for (const OverseerVerdict verdict : verdicts) {
    text += verdict == OverseerVerdict::kBlock     ? 'B'
            : verdict == OverseerVerdict::kUnknown ? '?'
                                                   : '.';
  }
  return text;
}

// An episode of as many steps as the text has letters, after the reset: '.' passes, 'B' is blocked
// by Ann, 'L' by the look-ahead, 'h' is driven by a person, 'g' Ann lets pass.
std::vector<sim::ChunkPtr> Recorded(const std::string& text) {
  auto chunk = std::make_shared<sim::RecordingChunk>();
  chunk->episode = {7};
  sim::StepRecord reset;
  reset.observation = Eigen::Vector2f(1.0F, 0.0F);
  chunk->steps.push_back(reset);
  for (std::size_t i = 0; i < text.size(); ++i) {
    sim::StepRecord step;
    step.observation = Eigen::Vector2f(1.0F - 0.01F * float(i + 1), 0.5F);
    step.executed_action = Eigen::VectorXd::Constant(1, 0.25);
    if (text[i] == 'B' || text[i] == 'L') {
      step.overseer = std::make_shared<const std::string>(text[i] == 'B' ? "Ann" : "Look-ahead");
      step.source = sim::ActionSource::kOverseer;
      step.proposed_action = Eigen::VectorXf::Constant(1, 0.75F);
    }
    if (text[i] == 'g') step.overseer = std::make_shared<const std::string>("Ann");
    if (text[i] == 'h' || text[i] == 'g') step.source = sim::ActionSource::kHuman;
    chunk->steps.push_back(step);
  }
  return {chunk};
}

BlockerData EmptyData() { return {.signature = test::WallSignature(), .action_dim = 1}; }

TEST_CASE("without a lag verdicts are as they were") {
  CHECK(Text(CorrectLag(Verdicts("..BB..B"), 0)) == "..BB..B");
}

TEST_CASE("around the ends of a run of blocks a late overseer says nothing certain") {
  CHECK(Text(CorrectLag(Verdicts("......BBBBBB....."), 3)) == "...???BBB???.....");
}

TEST_CASE("of a run as short as the lag the step that it begins with stays") {
  CHECK(Text(CorrectLag(Verdicts("......BB....."), 4)) == "..????B?.....");
  CHECK(Text(CorrectLag(Verdicts(".B"), 9)) == "?B");
}

TEST_CASE("a run before another is no less a block for being within its lag") {
  CHECK(Text(CorrectLag(Verdicts("BBBB.BBBB"), 2)) == "BB???BB??");
}

TEST_CASE("a recorded row is what was observed before the step and what was proposed for it") {
  BlockerData data = EmptyData();
  const auto counts = AddRecorded({.id = {7}}, Recorded(".B."), {}, data);
  REQUIRE(counts.ok());
  CHECK(counts->blocks == 1);
  CHECK(counts->passes == 2);
  REQUIRE(data.rows() == 3);
  CHECK(data.blocked == std::vector<std::uint8_t>{0, 1, 0});
  CHECK(data.observation_columns()(0, 0) == doctest::Approx(1.0));
  CHECK(data.observation_columns()(0, 1) == doctest::Approx(0.99));
  CHECK(data.action_columns()(0, 0) == doctest::Approx(0.25));
  CHECK(data.action_columns()(0, 1) == doctest::Approx(0.75));
  CHECK(data.episode.front() == 7);
}

TEST_CASE("other overseers' blocks and a person at the wheel say nothing of this overseer") {
  BlockerData data = EmptyData();
  const auto counts = AddRecorded({.id = {7}}, Recorded(".BLh."), {.overseer = "Ann"}, data);
  REQUIRE(counts.ok());
  CHECK(counts->blocks == 1);
  CHECK(counts->passes == 2);
  CHECK(counts->unknown == 2);
}

TEST_CASE("what a person lets pass against another overseer is no block of theirs") {
  BlockerData data = EmptyData();
  const auto counts = AddRecorded({.id = {7}}, Recorded(".Bg."), {}, data);
  REQUIRE(counts.ok());
  CHECK(counts->blocks == 1);
  CHECK(counts->passes == 3);
}

TEST_CASE("an episode in which nobody stepped in counts only if it is said to be watched") {
  BlockerData data = EmptyData();
  REQUIRE(AddRecorded({.id = {7}}, Recorded("..."), {}, data).ok());
  CHECK(data.rows() == 0);
  REQUIRE(AddRecorded({.id = {7}}, Recorded("..."), {.all_episodes = true}, data).ok());
  CHECK(data.rows() == 3);
}

TEST_CASE("the lag is corrected within an episode") {
  BlockerData data = EmptyData();
  const auto counts = AddRecorded({.id = {7}}, Recorded("....BBBB...."), {.lag_steps = 2}, data);
  REQUIRE(counts.ok());
  CHECK(counts->blocks == 2);
  CHECK(counts->unknown == 4);
}

TEST_CASE("an episode of another observation is refused and adds nothing") {
  BlockerData data{.signature = sim::ObservationSignature({{"all", 3, ""}}), .action_dim = 1};
  const auto refused = AddRecorded({.id = {7}}, Recorded(".B"), {}, data);
  REQUIRE_FALSE(refused.ok());
  CHECK(Contains(refused.error().message, "Episode 7"));
  CHECK(data.rows() == 0);
}

}  // namespace
}  // namespace lookout::agents
