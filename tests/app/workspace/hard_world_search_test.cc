// Worlds in which the agent that plays comes to harm: what the worker is asked, how they are looked
// at, kept and saved.
#include "app/workspace/hard_world_search.h"

#include <doctest/doctest.h>

#include <fstream>
#include <memory>
#include <utility>
#include <vector>

#include "tests/app/workspace/window_controller_support.h"
#include "tests/support/contains.h"
#include "tests/support/idle_policy.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

constexpr StepIndex kHarm = 90;

// As the worker hands one over.
RecordedEpisode Harmed(std::uint32_t seed) {
  RecordedEpisode episode;
  episode.header.config.id = "toy";
  episode.header.signature = SceneOf(1)->spec.signature();
  episode.header.seed = seed;
  episode.header.agent = "Idle, attacked";
  episode.chunks.push_back({.episode = {}, .first_step = 0, .steps = {}});
  episode.chunks.back().steps.resize(120);
  return episode;
}

struct AttackingAgent : Watching {
  AttackingAgent() {
    workers.player.policy = policy;
    workers.player.agent_name = "Idle";
    workers.player.oversight = {.spec = "lookahead", .overseer = "Look-ahead"};
    Frame();
    Do(ui::InspectionCommand{ui::FindHardWorlds{.layouts = 2, .seed = 7, .reach_m = 0.4}});
  }
  std::int64_t number() const { return workers.hard_worlds_requests.back().number; }
  const ui::HardWorldsOnScreen& shown() { return *View().hard_worlds; }

  void Find() {
    auto found = std::make_shared<ui::HardWorldsFound>();
    found->worlds = {{.seed = 7, .cost = 30.0}, {.seed = 8, .cost = 12.0}};
    HardWorldsNews news{.number = number(), .found = found, .steps = {kHarm, 2}, .problem = {}};
    news.environments = {"world 7", "world 8"};
    news.recorded.emplace(0, Harmed(7));
    news.recorded.emplace(1, Harmed(8));
    session.OnHardWorlds(std::move(news));
    Frame();
  }
  agents::PolicyPtr policy = std::make_shared<test::IdlePolicy>();
};

TEST_CASE_FIXTURE(
    AttackingAgent,
    "worlds: who plays live is attacked in the live environment, with its overseers") {
  REQUIRE(workers.hard_worlds_requests.size() == 1);
  const HardWorldsRequest& request = workers.hard_worlds_requests.back();
  CHECK(request.environment.id == "toy");
  CHECK(request.policy == policy);
  CHECK(request.agent == "Idle");
  CHECK(request.overseer == "lookahead");
  CHECK(request.overseer_name == "Look-ahead");
  CHECK(request.wanted.seed == 7);
  CHECK(request.wanted.reach_m == 0.4);
  CHECK(shown().searching);
  session.OnHardWorlds({.number = number(), .fraction = 0.25});
  CHECK(shown().fraction == 0.25);
  session.OnHardWorlds({.number = number() - 1, .fraction = 0.75});
  CHECK(shown().fraction == 0.25);

  workers.player.oversight = {.spec = "lookahead", .problem = "It cannot look ahead here."};
  Do(ui::InspectionCommand{ui::FindHardWorlds{}});
  CHECK(workers.hard_worlds_requests.back().overseer.empty());  // nobody oversees
}

TEST_CASE_FIXTURE(AttackingAgent, "worlds: it is said once the result is not of who plays now") {
  CHECK(shown().seconds_left == 0.0);
  session.OnHardWorlds({.number = number(), .fraction = 0.5});
  CHECK(shown().seconds_left > 0.0);
  Find();
  CHECK(shown().seconds_per_episode > 0.0);
  CHECK_FALSE(shown().since.any());
  workers.player.policy = std::make_shared<test::IdlePolicy>();  // the same, read again
  Frame();
  CHECK_FALSE(shown().since.any());
  workers.player.agent_name = "Another";
  Frame();
  CHECK(shown().since.agent);
  CHECK_FALSE(shown().since.policy);
  workers.player.agent_name = "Idle";
  workers.player.oversight = {.spec = "lookahead:margin=0.1", .overseer = "Look-ahead"};
  Frame();
  CHECK(shown().since.overseers);
  workers.player.oversight = {};
  Frame();
  CHECK(shown().since.overseers);
  workers.player.oversight = {.spec = "lookahead", .overseer = "Look-ahead"};
  workers.player.environment = "Safexp-CarGoal1-v0";
  Frame();
  CHECK(shown().since.environment);
  workers.player.policy = nullptr;  // a person drives
  Frame();
  CHECK(shown().since.agent);
}

TEST_CASE_FIXTURE(AttackingAgent, "worlds: what a cancelled search says does not count") {
  const std::int64_t asked = number();
  Do(ui::InspectionCommand{ui::StopHardWorlds{}});
  CHECK_FALSE(shown().searching);
  CHECK(workers.abandoned_hard_worlds.back() > asked);
  session.OnHardWorlds({.number = asked, .problem = "late"});
  CHECK(shown().problem.empty());
}

TEST_CASE_FIXTURE(AttackingAgent,
                  "worlds: a click replays an episode up to its harm, once held and not written") {
  Find();
  CHECK_FALSE(shown().searching);
  Do(ui::InspectionCommand{ui::ShowHardWorld{2}});  // there is none
  CHECK(workers.held_episodes.empty());
  Do(ui::InspectionCommand{ui::ShowHardWorld{0}});
  REQUIRE(workers.held_episodes.size() == 1);
  CHECK(workers.held_episodes[0].header.seed == 7);
  CHECK(workers.recorded.empty());
  CHECK(shown().shown == 0);
  CHECK(shown().episodes == std::vector{EpisodeId{101}});
  session.OnEpisodeLoaded(SceneOf(101), {Steps(101, 0, 120)});
  Frame();
  CHECK(session.playhead().episode == EpisodeId{101});
  CHECK(session.playhead().step < kHarm);
  for (int i = 0; i < 200; ++i) Frame(0.016);
  CHECK(session.playhead().step >= kHarm);
  CHECK(session.playhead().step < kHarm + 3);
  CHECK_FALSE(session.playhead().replaying);
  Do(ui::InspectionCommand{ui::ShowHardWorld{0}});
  CHECK(workers.held_episodes.size() == 1);
  CHECK(workers.recorded.empty());
}

TEST_CASE_FIXTURE(AttackingAgent, "worlds: all are kept at once, but not in a read-only project") {
  Find();
  workers.project.read_only = true;
  Do(ui::InspectionCommand{ui::KeepHardWorlds{}});
  CHECK(workers.held_episodes.empty());
  workers.project.read_only = false;
  Do(ui::InspectionCommand{ui::ShowHardWorld{1}});
  Do(ui::InspectionCommand{ui::KeepHardWorlds{}});
  CHECK(workers.held_episodes.size() == 2);
  CHECK(workers.recorded.size() == 2);
  CHECK(shown().kept);
  Find();
  CHECK(shown().kept);  // news of a search that has ended does not count
  Do(ui::InspectionCommand{ui::FindHardWorlds{}});
  Find();
  CHECK_FALSE(shown().kept);
}

TEST_CASE_FIXTURE(AttackingAgent,
                  "worlds: each is saved beside the project under a name of its own") {
  Find();
  const test::ScratchFolder scratch;
  workers.project.path = (scratch.path() / "a.lookout").string();
  std::ofstream(scratch.path() / "hard-world-seed-8-1.json") << "of an earlier search";
  Do(ui::InspectionCommand{ui::SaveHardWorlds{}});
  REQUIRE(workers.files.size() == 2);
  CHECK(workers.files[0].path == scratch.path() / "hard-world-seed-7-1.json");
  CHECK(workers.files[0].bytes == "world 7");
  CHECK(workers.files[0].told.empty());
  CHECK(workers.files[1].path == scratch.path() / "hard-world-seed-8-2.json");
  CHECK(Contains(workers.files[1].told, "2 environments"));
  CHECK(shown().saved);
  Do(ui::InspectionCommand{ui::SaveHardWorlds{}});
  CHECK(workers.files.size() == 2);
}

}  // namespace

TEST_CASE("worlds: where a person drives there is no agent to be attacked, which is said") {
  Watching watching;
  watching.workers.player.agent = ui::AgentKind::kHuman;
  watching.Do(ui::InspectionCommand{ui::FindHardWorlds{}});
  CHECK(watching.workers.hard_worlds_requests.empty());
  CHECK_FALSE(watching.View().hard_worlds->problem.empty());
}

}  // namespace lookout::app
