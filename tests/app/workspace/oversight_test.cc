// A person who oversees, as far as the window is concerned.
#include <doctest/doctest.h>

#include <memory>
#include <string>
#include <variant>
#include <vector>

#include "app/workspace/labelling/take_overs.h"
#include "tests/app/workspace/window_controller_support.h"

namespace lookout::app {
namespace {

// The newest command of that kind that the player was sent; fails the test if there is none.
template <typename Wish>
Wish NewestOf(const FakeWorkers& workers) {
  for (auto sent = workers.player_commands.rbegin(); sent != workers.player_commands.rend();
       ++sent) {
    if (const auto* wish = std::get_if<Wish>(&*sent)) return *wish;
  }
  FAIL("no such command was sent");
  return {};
}

TEST_CASE("Oversee mode tells the player who watches, and lets everything go at its end") {
  Watching watching;
  CHECK(watching.workers.CountPlayer<ui::WatchOver>() == 0);
  watching.Do(ui::WindowCommand{ui::SetMode{ui::InputMode::kOversee}});
  CHECK(NewestOf<ui::WatchOver>(watching.workers).watching);
  CHECK(NewestOf<ui::WatchOver>(watching.workers).person == "me");
  watching.Frame();
  CHECK(watching.workers.CountPlayer<ui::WatchOver>() == 1);
  CHECK(watching.workers.CountPlayer<ui::SetAgent>() == 0);  // the agent goes on
  watching.Do(ui::WindowCommand{ui::SetMode{ui::InputMode::kView}});
  CHECK_FALSE(NewestOf<ui::WatchOver>(watching.workers).watching);
  CHECK_FALSE(NewestOf<ui::HoldBlock>(watching.workers).held);
  CHECK_FALSE(NewestOf<ui::TakeWheel>(watching.workers).held);
  CHECK_FALSE(NewestOf<ui::LetPass>(watching.workers).held);
}

TEST_CASE("the keys of overseeing do nothing in the past") {
  Watching watching;
  watching.Do(ui::WindowCommand{ui::SetMode{ui::InputMode::kOversee}});
  watching.Do(ui::WindowCommand{ui::Seek{EpisodeId{1}, 10}});
  watching.Do(ui::PlayerCommand{ui::HoldBlock{true}});
  CHECK(watching.workers.CountPlayer<ui::HoldBlock>() == 0);
  watching.Do(ui::PlayerCommand{ui::HoldBlock{false}});
  CHECK(watching.workers.CountPlayer<ui::HoldBlock>() == 1);
  watching.Do(ui::WindowCommand{ui::GoLive{}});
  watching.Do(ui::PlayerCommand{ui::TakeWheel{true}});
  CHECK(watching.workers.CountPlayer<ui::TakeWheel>() == 1);
}

TEST_CASE("who holds the wheel and goes over to Drive mode gives it back to the agent later") {
  Watching watching;
  watching.workers.player.agent = ui::AgentKind::kCareful;
  watching.Frame();
  watching.Do(ui::WindowCommand{ui::SetMode{ui::InputMode::kOversee}});
  watching.workers.player.agent = ui::AgentKind::kHuman;
  watching.workers.player.oversight.has_wheel = true;
  watching.Frame();
  watching.Do(ui::WindowCommand{ui::SetMode{ui::InputMode::kDrive}});
  CHECK(NewestOf<ui::SetAgent>(watching.workers).kind == ui::AgentKind::kHuman);
  watching.workers.player.oversight.has_wheel = false;
  watching.Do(ui::WindowCommand{ui::SetMode{ui::InputMode::kView}});
  CHECK(NewestOf<ui::SetAgent>(watching.workers).kind == ui::AgentKind::kCareful);
}

TEST_CASE("steps that a person blocks are a stretch of theirs, and no take-over") {
  const std::vector<ui::ActorSpan> actors{{1, "Random", sim::ActionSource::kAgent},
                                          {40, "me", sim::ActionSource::kHuman, true},
                                          {45, "Random", sim::ActionSource::kAgent}};
  CHECK(TakeOversIn(actors, 100, true).empty());
  std::vector<ui::ActorSpan> driven = actors;
  driven[1].overseen = false;
  CHECK(TakeOversIn(driven, 100, true).size() == 1);

  Watching watching;
  auto blocked = std::make_shared<sim::RecordingChunk>(*Steps(1, 101, 5));
  for (sim::StepRecord& step : blocked->steps) {
    step.source = sim::ActionSource::kHuman;
    step.agent = std::make_shared<const std::string>("Random");
    step.overseer = std::make_shared<const std::string>("me");
  }
  watching.session.OnChunk(blocked);
  const ui::EpisodeTrack* track = watching.session.episodes().Find(EpisodeId{1});
  REQUIRE(track->ActorAt(103) != nullptr);
  CHECK(track->ActorAt(103)->name == "me");
  CHECK(track->ActorAt(103)->overseen);
}

}  // namespace
}  // namespace lookout::app
