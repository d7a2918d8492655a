// A whole workspace in which a hand blocks, takes the wheel and gives it back.
#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <cstdint>

#include "tests/app/workspace/workspace_support.h"
#include "tests/support/scratch_folder.h"
#include "ui/model/decision_in_words.h"

namespace lookout::app {
namespace {

using sim::ActionSource;

struct Hand {
  explicit Hand(Workspace& at) : workspace(at) {}

  const ui::PlayerSnapshot& player() { return workspace.workers().player; }
  // Holds a key for at least so many steps.
  template <typename Key>
  void Hold(StepIndex steps) {
    workspace.controller().Send(ui::PlayerCommand{Key{true}});
    const StepIndex here = player().step;
    Wait(workspace, [&] { return player().step > here + steps; });
    workspace.controller().Send(ui::PlayerCommand{Key{false}});
    Wait(workspace, [&] { return !player().oversight.blocking && !player().oversight.has_wheel; });
  }
  void Watch(StepIndex steps) {
    const StepIndex here = player().step;
    Wait(workspace, [&] { return player().step > here + steps; });
  }

  Workspace& workspace;
};

// What the account says, counted from the recording by other means.
struct Counted {
  std::int64_t steps = 0, by_person = 0, blocks = 0, cost_steps = 0;
};
Counted CountIn(const ui::EpisodeTrack& track) {
  Counted counted;
  for (StepIndex i = 1; i < track.steps(); ++i) {
    const sim::StepRecord& step = track.step(i);
    ++counted.steps;
    counted.by_person += step.source == ActionSource::kHuman;
    counted.blocks += ui::FateOf(step) == ui::Fate::kBlocked;
    counted.cost_steps += step.costs.total > 0.0;
  }
  return counted;
}

void CheckSteps(const ui::EpisodeTrack& track) {
  bool blocked = false;
  bool drove = false;
  for (StepIndex i = 1; i < track.steps(); ++i) {
    const sim::StepRecord& step = track.step(i);
    if (step.overseer) {
      blocked = true;
      CHECK(*step.overseer == "me");
      CHECK(*step.reason == "blocked by hand");
      CHECK(*step.agent != "me");
    } else if (step.source == ActionSource::kHuman) {
      drove = true;
      CHECK(blocked);              // that came first
      CHECK(*step.agent == "me");  // one name for whoever blocks and drives
    }
  }
  CHECK(drove);
  CHECK(track.step(track.steps() - 1).source == ActionSource::kAgent);
}

TEST_CASE("a hand blocks, takes the wheel and gives it back, and the account says so") {
  const test::ScratchFolder folder;
  auto opened = Workspace::Open({.project = folder.path() / "study.lookout", .playing = true});
  REQUIRE(opened.ok());
  Workspace& workspace = **opened;
  WindowController& controller = workspace.controller();
  Hand hand(workspace);
  Wait(workspace, [&] { return hand.player().step > 3; });
  controller.Send(ui::WindowCommand{ui::SetMode{ui::InputMode::kOversee}});
  controller.Send(ui::PlayerCommand{ui::ResetEpisode{}});
  const EpisodeId before = hand.player().episode;
  Wait(workspace, [&] { return hand.player().episode != before && hand.player().step > 10; });

  hand.Hold<ui::HoldBlock>(8);
  hand.Watch(5);
  hand.Hold<ui::TakeWheel>(8);
  hand.Watch(5);
  controller.Send(ui::PlayerCommand{ui::SetPlaying{false}});
  Wait(workspace, [&] { return !hand.player().playing; });
  workspace.Update(0.016);

  const ui::EpisodeTrack* track = controller.episodes().Find(hand.player().episode);
  REQUIRE(track != nullptr);
  REQUIRE(track->steps() == hand.player().step + 1);
  CheckSteps(*track);
  const Counted counted = CountIn(*track);
  const auto account = hand.player().oversight.account;
  REQUIRE(account != nullptr);
  const ui::EpisodeTrack* earlier = controller.episodes().Find(before);
  REQUIRE(earlier != nullptr);
  const std::int64_t all = account->alone.steps + account->overseen.steps;
  CHECK(all == counted.steps + CountIn(*earlier).steps);
  CHECK(account->overseen.blocks == counted.blocks);
  CHECK(account->overseen.block_runs == 1);
  CHECK(account->overseen.steps_by_source[static_cast<std::size_t>(ActionSource::kHuman)] ==
        counted.by_person);
  CHECK(account->overseen.person_s > 0.5);
  // Taking the wheel is feedback, a block is none.
  CHECK(controller.marks().marks().records().size() == 1);
}

}  // namespace
}  // namespace lookout::app
