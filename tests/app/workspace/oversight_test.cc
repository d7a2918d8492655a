// A person who oversees, as far as the window is concerned.
#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "app/overseers/overseer_kind.h"
#include "app/workers/blockers/measure_blocker.h"
#include "app/workspace/labelling/take_overs.h"
#include "tests/app/workspace/window_controller_support.h"
#include "tests/support/contains.h"
#include "ui/panels/oversee/overseer_list.h"

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
  watching.Frame();
  CHECK(watching.workers.CountPlayer<ui::WatchOver>() == 1);  // under whose name is driven
  CHECK_FALSE(NewestOf<ui::WatchOver>(watching.workers).watching);
  CHECK(NewestOf<ui::WatchOver>(watching.workers).person == "me");
  watching.Do(ui::WindowCommand{ui::SetMode{ui::InputMode::kOversee}});
  CHECK(NewestOf<ui::WatchOver>(watching.workers).watching);
  CHECK(NewestOf<ui::WatchOver>(watching.workers).person == "me");
  watching.Frame();
  CHECK(watching.workers.CountPlayer<ui::WatchOver>() == 2);
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

TEST_CASE("the window offers exactly the kinds of overseers that there are") {
  std::vector<std::string_view> offered, known;
  for (const ui::OverseerChoice& choice : ui::OverseerChoices()) offered.push_back(choice.kind);
  for (const OverseerKind& kind : OverseerKinds()) known.push_back(kind.name);
  CHECK(offered == known);
}

TEST_CASE("a blocker that is looked at is measured, and an answer about another one is dropped") {
  Watching watching;
  watching.Do(ui::WindowCommand{ui::LookAtBlocker{"shy.blocker"}});
  REQUIRE(watching.workers.blocker_requests.size() == 1);
  CHECK(watching.workers.blocker_requests[0].file == "shy.blocker");
  CHECK(watching.workers.blocker_requests[0].episodes.size() == 1);
  REQUIRE(watching.View().blocker != nullptr);
  CHECK(watching.View().blocker->measuring);
  watching.session.OnBlocker({.file = "bold.blocker", .threshold = 0.9});
  CHECK(watching.View().blocker->measuring);
  watching.session.OnBlocker({.file = "shy.blocker", .threshold = 0.2});
  CHECK_FALSE(watching.View().blocker->measuring);
  CHECK(watching.View().blocker->threshold == 0.2);
  watching.Do(ui::WindowCommand{ui::LookAtBlocker{""}});
  CHECK(watching.View().blocker == nullptr);
}

TEST_CASE("a blocker without recorded blocks is told by the figures of its own file") {
  const ui::BlockerOnScreen measured =
      MeasureBlocker({.file = std::filesystem::path(LOOKOUT_SOURCE_DIR) /
                              "tests/fixtures/blocker-1/blocker.lookout",
                      .episodes = {}});
  CHECK(measured.problem.empty());
  REQUIRE_FALSE(measured.rows.empty());
  for (const ui::BlockerRow& row : measured.rows) {  // of before runs were told by their starts
    CHECK(row.runs > 0);
    CHECK(std::isnan(row.false_share.low));  // nor over how many episodes
    CHECK(row.false_share.value >= 0.0);
    CHECK(row.missed_starts <= row.runs);
    CHECK((row.missed_starts < 0) == std::isnan(row.missed_share.value));
  }
  CHECK(measured.source.starts_with("Nobody blocked in this project"));
  const BlockerRequest::Episode foreign{.recording = RecordingHandle(EpisodeId{1}, 1),
                                        .observation_hash = 1};
  const ui::BlockerOnScreen elsewhere =
      MeasureBlocker({.file = std::filesystem::path(LOOKOUT_SOURCE_DIR) /
                              "tests/fixtures/blocker-1/blocker.lookout",
                      .episodes = {foreign}});
  CHECK(elsewhere.source.starts_with("No episode here has the observation of "));
  CHECK(elsewhere.rows.size() == measured.rows.size());
  const ui::BlockerOnScreen missing = MeasureBlocker({.file = "gone.blocker", .episodes = {}});
  CHECK(missing.rows.empty());
  CHECK(missing.problem.find("gone.blocker") != std::string::npos);
}

TEST_CASE("who is about to wait for a look-ahead is told why before it begins") {
  Watching watching;
  const auto train = [&](const char* environment) {
    ui::StartTraining start{.environment = environment, .settings = {}};
    start.settings.overseer = "lookahead";
    watching.Do(ui::TrainerCommand{start});
  };
  train("Safexp-PointGoal1-v0");
  CHECK(watching.View().notices.empty());
  train("Safexp-DoggoGoal1-v0");
  REQUIRE(watching.View().notices.size() == 1);
  CHECK(Contains(watching.View().notices.front().text, "simulates every step"));
}

}  // namespace
}  // namespace lookout::app
