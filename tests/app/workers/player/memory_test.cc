// Agents with memory in the player: what they do does not depend on how one came to a moment.
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <vector>

#include "agents/learning/gru_network.h"
#include "agents/policies/learned/gaussian_actor.h"
#include "agents/rl/runs/training.h"
#include "app/workers/player/episode_past.h"
#include "tests/app/workers/player_loop_fixture.h"
#include "tests/support/step_states.h"
#include "ui/model/episode_past.h"

namespace lookout::app {
namespace {

constexpr int kObservations = 4;  // of the toy world

std::string RecurrentPolicyFile(int action_repeat) {
  RandomState random(7);
  agents::GruNetwork mean(kObservations, 6, 2);
  mean.Initialise(random, 1.0);
  for (float& value : mean.mutable_parameters()) value += float(random.Uniform(-0.4, 0.4));
  return agents::EncodePolicyFile({.name = "PPO",
                                   .origin = {.environment_id = "toy"},
                                   .iteration = 3,
                                   .mean = mean,
                                   .log_std = Eigen::Vector2f::Zero(),
                                   .action_repeat = action_repeat});
}

struct MemoryFixture : SessionFixture {
  const ui::SetAgent person{ui::AgentKind::kHuman, {}};
  const ui::SetAgent rememberer{ui::AgentKind::kNamedPolicy, "remembers"};

  void OpenWith(const ui::SetAgent& agent, int action_repeat) {
    PlayerOptions options = Options();
    options.agent = agent;
    options.read_policy = [action_repeat](const std::string&) -> Result<std::string> {
      return RecurrentPolicyFile(action_repeat);
    };
    Open(std::move(options));
  }

  ui::EpisodeStretch StretchOf(int episode, StepIndex last) {
    const Recordings::Episode& recorded = Recorded().At(episode);
    auto chunk = std::make_shared<sim::RecordingChunk>();
    chunk->episode = recorded.scene->header->id;
    chunk->steps = recorded.steps;
    return {recorded.scene->header, {chunk}, last};
  }
  // Continues `episode` from `step`, as the window asks for it.
  void Branch(int episode, StepIndex step, std::vector<ui::EpisodeStretch> before = {}) {
    const Recordings::Episode recorded = Recorded().At(episode);
    before.push_back(StretchOf(episode, step));
    Do(ui::BranchFrom{recorded.scene->header, step,
                      std::make_shared<const sim::StepRecord>(recorded.steps[step]), before});
  }
  // From its step 0 on, `episode` goes as episode 1 went from `from`.
  void CheckGoesAsTheFirst(int episode, StepIndex from) {
    const std::vector<sim::StepRecord> first = Recorded().At(1).steps;
    const std::vector<sim::StepRecord> branch = Recorded().At(episode).steps;
    REQUIRE(branch.size() > 1);
    for (std::size_t i = 1; i < branch.size() && from + i < first.size(); ++i) {
      CAPTURE(i);
      CHECK(branch[i].executed_action == first[from + i].executed_action);
      CHECK(SameStep(branch[i], first[from + i]));
    }
  }
};

TEST_CASE_FIXTURE(MemoryFixture, "an agent with memory that goes back goes on as it did") {
  int repeat = 1;
  StepIndex step = 10;
  SUBCASE("deciding at every step") {}
  SUBCASE("holding actions, from a step at which it decides") {
    repeat = 3;
    step = 12;
  }
  SUBCASE("holding actions, from the middle of one") {
    repeat = 3;
    step = 11;
  }
  SUBCASE("from the start") { step = 0; }
  OpenWith(rememberer, repeat);
  Do(ui::StepForward{30});
  Branch(1, step);
  Do(ui::StepForward{15});
  CheckGoesAsTheFirst(2, step);
  CHECK(Notices().empty());

  SUBCASE("and again, from a branch") {
    Branch(2, 4, {StretchOf(1, step)});
    Do(ui::StepForward{9});
    CheckGoesAsTheFirst(3, step + 4);
  }
  SUBCASE("and again, from a branch's first step") {
    Branch(2, 0, {StretchOf(1, step)});
    Do(ui::StepForward{9});
    CheckGoesAsTheFirst(3, step);
  }
  CHECK(Notices().empty());
}

TEST_CASE_FIXTURE(MemoryFixture,
                  "where its past is not in memory, it says from when it remembers") {
  OpenWith(rememberer, 1);
  Do(ui::StepForward{30});
  Branch(1, 20);
  Do(ui::StepForward{6});
  Branch(2, 5);  // the first episode was forgotten
  Do(ui::StepForward{1});
  const std::vector<std::string> notices = Notices();
  REQUIRE(notices.size() == 1);
  CHECK(notices[0].find("no more than the last 5 steps") != std::string::npos);
  CHECK(Recorded().At(3).steps[1].Proposed() != Recorded().At(2).steps[6].Proposed());
}

TEST_CASE_FIXTURE(MemoryFixture,
                  "an agent with memory that takes over has seen all that somebody else did") {
  constexpr int kRepeat = 2;
  constexpr StepIndex kTakesOver = 9;
  OpenWith(person, kRepeat);
  Do(ui::DriveInput{0.5, 0.2});
  Do(ui::StepForward{kTakesOver});
  Do(rememberer);
  Do(ui::StepForward{12});
  const std::vector<sim::StepRecord> steps = Recorded().At(1).steps;

  const auto spec = ToyGym(plan, {}).spec();
  const auto policy = agents::DecodePolicy(RecurrentPolicyFile(kRepeat), spec, true);
  REQUIRE(policy.ok());
  const auto memory = (*policy)->NewMemory();
  RandomState unused(0);
  Eigen::VectorXd action;
  const auto act = [&](StepIndex step) {
    (*policy)->Act(steps[step].observation.cast<double>(), *memory, unused, action);
  };
  for (StepIndex step = 0; step < kTakesOver; step += kRepeat) act(step);
  for (StepIndex step = kTakesOver; step < 20; step += kRepeat) {
    act(step);
    CHECK(steps[step + 1].Proposed() == action.cast<float>());
    CHECK(steps[step + 2].Proposed() == action.cast<float>());
  }
  // Also after going back to a step in its turn, in the middle of an action.
  Branch(1, 16);
  Do(ui::StepForward{5});
  CheckGoesAsTheFirst(2, 16);
}

TEST_CASE_FIXTURE(MemoryFixture,
                  "the wheel taken and given back between two steps changes nothing") {
  OpenWith(rememberer, 1);
  Do(ui::StepForward{30});
  Do(ui::ResetEpisode{ui::ResetEpisode::Seed::kSame, 0});
  Do(ui::StepForward{10});
  Do(person);
  Do(rememberer);
  Do(ui::StepForward{15});
  CheckGoesAsTheFirst(2, 0);
}

TEST_CASE("steps that were recorded in another size are forgotten, not acted on") {
  auto header = std::make_shared<sim::EpisodeHeader>();
  auto chunk = std::make_shared<sim::RecordingChunk>();
  chunk->steps.resize(5);
  for (sim::StepRecord& step : chunk->steps) {
    step.observation.setZero(kObservations);
    step.executed_action.setZero(2);
  }
  chunk->steps[1].observation.setZero(3);
  EpisodePast past;
  past.Append({header, {chunk}, 4}, kObservations);
  CHECK(past.steps() == 2);
  past.Append({header, {chunk}, 0}, kObservations);
  CHECK(past.steps() == 2);
  past.Clear();
  CHECK(past.steps() == 0);
}

}  // namespace
}  // namespace lookout::app
