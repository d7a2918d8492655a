// Oversee mode and its panel, as the window shows them.
#include <doctest/doctest.h>

#include <cmath>
#include <memory>
#include <string>
#include <vector>

#include "tests/ui/panels/oversee/overseer_window_support.h"
#include "ui/panels/frame/bars/oversight_banner.h"
#include "ui/panels/oversee/blocker_consequences.h"
#include "ui/panels/oversee/overseer_list.h"

namespace lookout::ui {
namespace {

TEST_CASE("held keys of Oversee mode are told once, and once when they are let go") {
  OverseerWindow test;
  test.driver.KeyDown(Chord{Key::kX});
  test.driver.Frames(3);
  CHECK(test.log.Count<HoldBlock>() == 1);
  CHECK(test.log.Last<HoldBlock>()->held);
  CHECK(test.log.Count<BeginMark>() == 0);
  test.driver.KeyUp(Chord{Key::kX});
  test.driver.Frames(2);
  CHECK(test.log.Count<HoldBlock>() == 2);
  CHECK_FALSE(test.log.Last<HoldBlock>()->held);
  test.driver.KeyDown(Chord{Key::kG});
  test.driver.Frames(1);
  CHECK(test.log.Last<LetPass>()->held);
  test.world.mode = InputMode::kView;
  test.driver.Frames(2);
  CHECK_FALSE(test.log.Last<LetPass>()->held);
}

TEST_CASE("with the wheel the keys of driving drive, without it they do not") {
  OverseerWindow test;
  test.driver.KeyDown(Chord{Key::kUp});
  test.driver.Frames(2);
  CHECK(test.log.Count<DriveInput>() == 0);
  test.driver.KeyDown(Chord{static_cast<Key>('T')});
  test.driver.Frames(2);
  CHECK(test.log.Last<TakeWheel>()->held);
  CHECK(test.log.Last<DriveInput>()->forward == 1.0);
  test.driver.KeyUp(Chord{static_cast<Key>('T')});
  test.driver.Frames(1);
  CHECK_FALSE(test.log.Last<TakeWheel>()->held);
}

TEST_CASE("the mode is reached by its key and by its button, and is named") {
  TestWindow test;
  test.driver.Tap(Key::kF10);
  CHECK(test.log.Last<SetMode>()->mode == InputMode::kOversee);
  test.log.commands.clear();
  test.driver.Click("mode/oversee");
  CHECK(test.log.Last<SetMode>()->mode == InputMode::kOversee);
  CHECK(std::string(InputModeName(InputMode::kOversee)) == "Oversee");
}

TEST_CASE("a button of the panel blocks for as long as the mouse holds it") {
  OverseerWindow test;
  test.driver.MoveTo(test.driver.MiddleOf("block"));
  test.driver.Press();
  test.driver.Frames(2);
  REQUIRE(test.log.Last<HoldBlock>() != nullptr);
  CHECK(test.log.Last<HoldBlock>()->held);
  test.driver.Release();
  test.driver.Frames(2);
  CHECK_FALSE(test.log.Last<HoldBlock>()->held);
}

TEST_CASE("overseers are added, moved and removed in the list") {
  OverseerWindow test;
  test.driver.Click("overseer/add");
  test.driver.Frames(2);
  test.driver.Click("overseer/add/0");
  REQUIRE(test.log.Last<SetOverseer>() != nullptr);
  CHECK(test.log.Last<SetOverseer>()->spec == "lookahead");
  test.world.player.oversight.spec = "lookahead+blocker:a.blocker";
  test.world.player.oversight.overseer = "Look-ahead, then Blocker";
  test.driver.Frames(2);
  test.driver.Click("overseer/down/0");
  CHECK(test.log.Last<SetOverseer>()->spec == "blocker:a.blocker+lookahead");
  test.driver.Click("overseer/remove/1");
  CHECK(test.log.Last<SetOverseer>()->spec == "lookahead");
}

TEST_CASE("what needs a file is typed on before it oversees") {
  OverseerWindow test;
  test.world.player.oversight.spec = "lookahead";
  test.driver.Frames(2);
  test.driver.Click("overseer/add");
  test.driver.Frames(2);
  test.driver.Click("overseer/add/2");
  test.driver.Frames(3);
  CHECK(test.log.Count<SetOverseer>() == 0);
  CHECK(test.window.state().overseer.text == "lookahead+blocker:");
  CHECK(test.driver.Find("overseer/to_complete") != nullptr);
  test.driver.Type("shy");
  test.driver.Tap(Key::kEnter);
  REQUIRE(test.log.Last<SetOverseer>() != nullptr);
  CHECK(test.log.Last<SetOverseer>()->spec == "lookahead+blocker:shy");
}

TEST_CASE("the text of overseers and their list say the same") {
  CHECK(OverseersIn("").empty());
  CHECK(OverseersIn("a+b:c=1,d=2") == std::vector<std::string>{"a", "b:c=1,d=2"});
  CHECK(Joined(OverseersIn("a+b:c=1,d=2")) == "a+b:c=1,d=2");
  CHECK(OverseerTitle("lookahead:cost=both") == "Look-ahead");
  CHECK(OverseerTitle("other") == "other");
}

TEST_CASE("why nobody oversees is said in the panel") {
  OverseerWindow test;
  CHECK(test.driver.Find("overseer/problem") == nullptr);
  test.world.player.oversight.spec = "blocker:gone";
  test.world.player.oversight.problem = "There is no file gone.";
  test.driver.Frames(2);
  CHECK(test.driver.Find("overseer/problem") != nullptr);
}

TEST_CASE("a blocker shows what its threshold leads to before it is switched on") {
  OverseerWindow test;
  const auto row = [](double threshold, std::int64_t false_blocks, std::int64_t missed_starts) {
    return BlockerRow{.threshold = threshold,
                      .steps = 1000,
                      .overseer_blocks = 50,
                      .blocks = 50 + false_blocks,
                      .misses = 2 * missed_starts,
                      .false_blocks = false_blocks,
                      .false_share = {static_cast<double>(false_blocks) / 950.0, 0.01, 0.2},
                      .runs = 20,
                      .missed_starts = missed_starts,
                      .missed_runs = 0,
                      .missed_share = agents::ShareOf(missed_starts, 20)};
  };
  test.world.blocker = BlockerOnScreen{.file = "shy.blocker",
                                       .problem = {},
                                       .threshold = 0.3,
                                       .rows = {row(0.1, 40, 0), row(0.3, 2, 1)}};
  test.driver.Frames(2);
  CHECK(NearestRow(*test.world.blocker, 0.12)->false_blocks == 40);
  CHECK(test.driver.Find("blocker/source") != nullptr);
  CHECK(ShareInWords(NearestRow(*test.world.blocker, 0.3)->missed_share).view() ==
        "5.0 % (0.1\xE2\x80\x93"
        "24.9)");
  CHECK(ShareInWords({0.007, NAN, NAN}).view() == "0.7 %");
  REQUIRE(test.driver.Find("blocker/misses") != nullptr);
  test.driver.Click("blocker/use");
  CHECK(test.log.Last<SetOverseer>()->spec == "blocker:shy.blocker,threshold=0.3");
}

TEST_CASE("the banner says who blocked what and why, and what is about to be blocked") {
  OverseerWindow test;
  const Keymap& keymap = test.window.state().keymap;
  CHECK(OversightInWords(test.world.View(), keymap).title.empty());
  CHECK(test.driver.Find("oversight/banner") == nullptr);
  test.world.Block("Look-ahead", "it meets hazard 3 in 0.4 s", sim::ActionSource::kOverseer, 4);
  test.driver.Frames(2);
  const OversightWords blocked = OversightInWords(test.world.View(), keymap);
  CHECK(blocked.title == "Blocked by Look-ahead");
  CHECK(blocked.reason == "it meets hazard 3 in 0.4 s");
  CHECK(blocked.actions ==
        "wanted 1.00, 0.25; did \xE2\x88\x92"
        "0.80, 0.00");
  CHECK(test.driver.Find("oversight/banner") != nullptr);
  test.world.player.oversight.warning = BlockWarning{.proposed = Eigen::Vector2d(1.0, 0.0),
                                                     .planned = Eigen::Vector2d(-1.0, 0.0),
                                                     .overseer = "Look-ahead",
                                                     .reason = "it meets vase 1 in 0.2 s",
                                                     .left_s = 0.25};
  const OversightWords warned = OversightInWords(test.world.View(), keymap);
  CHECK(warned.title == "Look-ahead is about to block. G lets it pass");
  CHECK(warned.left == doctest::Approx(0.5F));
  test.world.playhead.live = false;
  test.world.playhead.step = 100;
  CHECK(OversightInWords(test.world.View(), keymap).title.empty());
}

TEST_CASE("who drives sees that an overseer does something else, and why") {
  OverseerWindow test;
  test.world.player.oversight.has_wheel = true;
  const Keymap& keymap = test.window.state().keymap;
  CHECK(OversightInWords(test.world.View(), keymap).good);
  test.world.Block("Look-ahead", "it meets hazard 3 in 0.4 s", sim::ActionSource::kOverseer, 4);
  const OversightWords words = OversightInWords(test.world.View(), keymap);
  CHECK(words.title == "You have the wheel");
  CHECK(words.reason == "Blocked by Look-ahead: it meets hazard 3 in 0.4 s");
  CHECK_FALSE(words.good);
}

TEST_CASE("the first held key closes the welcome that would hide what it does") {
  TestWindow test;
  test.window.LoadSettings("{}");
  test.driver.Frames(3);
  REQUIRE(test.driver.Find("welcome_start") != nullptr);
  test.world.player.oversight.blocking = true;
  test.driver.Frames(2);
  CHECK(test.driver.Find("welcome_start") == nullptr);
}

TEST_CASE("the person has one row, also where the text names them") {
  OverseerWindow test;
  test.world.player.oversight.spec = "person+lookahead";
  test.driver.Frames(2);
  CHECK(test.driver.Find("overseer/person") != nullptr);
  CHECK(test.driver.Find("overseer/0") != nullptr);
  CHECK(test.driver.Find("overseer/1") == nullptr);
  test.driver.Click("overseer/remove/0");
  CHECK(test.log.Last<SetOverseer>()->spec.empty());
}

TEST_CASE("episodes that begin in a cost are counted, and no violations") {
  OverseerWindow test;
  OversightAccount account;
  account.overseen.steps = 1'000;
  test.world.player.oversight.account = std::make_shared<const OversightAccount>(account);
  test.driver.Frames(2);
  CHECK(test.driver.Find("account/starts") != nullptr);
  CHECK(test.driver.Find("account/start_steps") == nullptr);
  account.overseen.starts_in_cost = 1;
  account.overseen.start_steps = 12;
  test.world.player.oversight.account = std::make_shared<const OversightAccount>(account);
  test.driver.Frames(2);
  CHECK(test.driver.Find("account/start_steps") != nullptr);
}

TEST_CASE("blocked steps are a stretch of their own in the lane of who acts") {
  OverseerWindow test;
  test.world.Block("Look-ahead", "it brakes", sim::ActionSource::kOverseer, 50);
  test.driver.Frames(2);
  REQUIRE(test.driver.Find("timeline/actor/1") != nullptr);
  const auto& actors = test.window.state().timeline.actors;
  REQUIRE(actors.size() == 2);
  CHECK_FALSE(actors[0].overseen);
  CHECK(actors[1].overseen);
  CHECK(actors[1].name == "Look-ahead");
  CHECK(actors[1].first == 200);
}

TEST_CASE("the panel with its account costs less than a millisecond") {
  OverseerWindow test;
  OversightAccount account;
  account.alone.steps = 40'000;
  account.alone.violations = {.steps = 2'000, .beginnings = 61};
  account.overseen.steps = 400'000;
  account.overseen.violations = {.steps = 3, .beginnings = 1};
  account.overseen.settled_blocks = 100;
  account.overseen.false_blocks = 12;
  test.world.player.oversight.account = std::make_shared<const OversightAccount>(account);
  test.driver.Frames(3);
  CHECK(test.driver.Find("account/hours") != nullptr);
  const double with_panel = test.driver.FrameSeconds(40);
  ShowPanel("tab/agreement", test.window.state().settings);
  test.driver.Frames(3);
  CHECK(with_panel - test.driver.FrameSeconds(40) < 1e-3);
}

}  // namespace
}  // namespace lookout::ui
