#include "ui/panels/state/keymap.h"

#include <doctest/doctest.h>

#include <set>
#include <string>

#include "tests/support/ui_window.h"
#include "ui/panels/state/inputs/speeds.h"

namespace lookout::ui {
namespace {

TEST_CASE("the table is in the order of its ids, with distinct names") {
  std::set<std::string> names;
  REQUIRE(Actions().size() == kActionCount);
  for (int i = 0; i < kActionCount; ++i) {
    const Action& action = Actions()[static_cast<std::size_t>(i)];
    CHECK(static_cast<int>(action.id) == i);
    CHECK(names.insert(action.name).second);
    CHECK(action.modes != 0);
  }
}

TEST_CASE("no two default keys fight over a chord in the same mode") {
  const Keymap keymap;
  for (const Action& action : Actions()) {
    CAPTURE(action.name);
    CHECK(keymap.ConflictsOf(action.id).empty());
  }
}

TEST_CASE("chords are written and read back") {
  for (const Action& action : Actions()) {
    const auto parsed = ParseChord(ChordText(action.chord));
    REQUIRE(parsed.has_value());
    CHECK(*parsed == action.chord);
  }
  CHECK(ChordText(Chord{.key = Key::kZ, .ctrl = true, .shift = true}) == "Ctrl+Shift+Z");
  CHECK(ParseChord("Left") == Chord{Key::kLeft});
  for (const std::string bad : {"", "Ctrl+", "F13", "F0", "Fx", "Hyper", "\xFF", "++"}) {
    CHECK_FALSE(ParseChord(bad).has_value());
  }
}

TEST_CASE("the keys of simulate do what they do there") {
  TestWindow test;
  test.driver.Tap(Key::kSpace);
  REQUIRE(test.log.Last<SetPlaying>() != nullptr);
  CHECK_FALSE(test.log.Last<SetPlaying>()->playing);

  test.world.player.playing = false;
  test.driver.Tap(Key::kRight);
  REQUIRE(test.log.Last<StepForward>() != nullptr);
  CHECK(test.log.Last<StepForward>()->steps == 1);
  test.driver.Tap(Key::kLeft);
  REQUIRE(test.log.Last<SeekBy>() != nullptr);
  CHECK(test.log.Last<SeekBy>()->steps == -1);

  test.driver.Tap(Key::kBackspace);
  CHECK(test.log.Last<ResetEpisode>()->seed == ResetEpisode::Seed::kSame);
  test.driver.Tap(Chord{.key = Key::kBackspace, .shift = true});
  CHECK(test.log.Last<ResetEpisode>()->seed == ResetEpisode::Seed::kNext);
  test.driver.Tap(Key::kEqual);
  CHECK(test.log.Last<SetSpeed>()->factor == 2.0);
  test.driver.Tap(Key::kMinus);
  CHECK(test.log.Last<SetSpeed>()->factor == 0.5);
  test.driver.Tap(Chord{.key = Key::kP, .ctrl = true});
  CHECK(test.log.Count<TakeScreenshot>() == 1);
  test.world.training.state = TrainingState::kIdle;
  test.driver.Tap(Chord{.key = Key::kQ, .ctrl = true});
  CHECK(test.log.Count<Quit>() == 1);
}

TEST_CASE("stepping forward does nothing while the live episode plays") {
  TestWindow test;
  test.driver.Tap(Key::kRight);
  CHECK(test.log.Count<StepForward>() == 0);
  CHECK(test.log.Count<SeekBy>() == 0);
}

TEST_CASE("in review the arrows move through the recording") {
  TestWindow test;
  test.world.playhead.live = false;
  test.world.playhead.step = 100;
  test.driver.Tap(Key::kRight);
  CHECK(test.log.Last<SeekBy>()->steps == 1);
  test.driver.Tap(Chord{.key = Key::kPeriod, .shift = true});
  CHECK(test.log.Last<SeekBy>()->steps == 10);
  test.driver.Tap(Chord{.key = static_cast<Key>('B'), .ctrl = true});
  REQUIRE(test.log.Last<ContinueFrom>() != nullptr);
  CHECK(test.log.Last<ContinueFrom>()->step == 100);
  test.driver.Tap(Key::kEnd);
  CHECK(test.log.Count<GoLive>() == 1);
}

TEST_CASE("Home and End go to the ends of the episode, and from there back to live") {
  TestWindow test;
  test.world.playhead = {.episode = EpisodeId{3}, .step = 100, .live = false};
  test.driver.Tap(Key::kHome);
  REQUIRE(test.log.Last<Seek>() != nullptr);
  CHECK(test.log.Last<Seek>()->episode == EpisodeId{3});
  CHECK(test.log.Last<Seek>()->step == 0);
  const EpisodeTrack* track = test.world.episodes.Find(EpisodeId{3});
  REQUIRE(track != nullptr);
  test.driver.Tap(Key::kEnd);
  CHECK(test.log.Last<Seek>()->step == track->steps() - 1);
  CHECK(test.log.Count<GoLive>() == 0);
  test.world.playhead.step = track->steps() - 1;
  test.driver.Tap(Key::kEnd);
  CHECK(test.log.Count<GoLive>() == 1);
}

TEST_CASE("keys of the 3-D view reach the desktop") {
  TestWindow test;
  test.driver.Tap(Key::kEscape);
  test.driver.Tap(Key::kLeftBracket);
  test.driver.Tap(Key::kF5);
  const auto actions = test.window.TakeViewActions();
  REQUIRE(actions.size() == 3);
  CHECK(actions[0] == ViewAction::kFreeCamera);
  CHECK(actions[1] == ViewAction::kPreviousCamera);
  CHECK(actions[2] == ViewAction::kToggleFullScreen);
  CHECK(test.window.TakeViewActions().empty());
  test.driver.Tap(Key::kF6);
  CHECK_FALSE(test.world.overlay("frames"));
}

TEST_CASE("Tab and Shift+Tab hide and show the side panels") {
  TestWindow test;
  REQUIRE(test.driver.Find("tab/marks") != nullptr);
  test.driver.Tap(Chord{.key = Key::kTab, .shift = true});
  CHECK(test.driver.Find("tab/marks") == nullptr);
  test.driver.Tap(Key::kTab);
  CHECK(test.driver.Find("episode/5") == nullptr);
  test.driver.Tap(Key::kTab);
  CHECK(test.driver.Find("episode/5") != nullptr);
}

TEST_CASE("Ctrl+PageDown and Ctrl+PageUp go through the tabs of the right panel, and round") {
  TestWindow test;
  const Chord next{.key = Key::kPageDown, .ctrl = true};
  const Chord previous{.key = Key::kPageUp, .ctrl = true};
  const auto shows = [&](const char* item) { return test.driver.Find(item) != nullptr; };
  REQUIRE(shows("mark_unsafe"));
  test.driver.Tap(next);
  CHECK_FALSE(shows("mark_unsafe"));
  CHECK(shows("fit"));
  test.driver.Tap(previous);
  CHECK(shows("mark_unsafe"));
  test.driver.Tap(previous);
  CHECK_FALSE(shows("mark_unsafe"));
  test.driver.Tap(next);
  CHECK(shows("mark_unsafe"));
}

TEST_CASE("a key that goes to another tab shows a hidden panel") {
  for (const ImVec2 size : {ImVec2{1600, 900}, ImVec2{800, 500}}) {
    TestWindow test(UiWorld::Busy(), size);
    if (test.driver.Find("tab/marks") != nullptr) {
      test.driver.Tap(Chord{.key = Key::kTab, .shift = true});
    }
    REQUIRE(test.driver.Find("tab/marks") == nullptr);
    test.driver.Tap(Chord{.key = Key::kPageDown, .ctrl = true});
    CHECK(test.driver.Find("tab/marks") != nullptr);
    CHECK(test.driver.Find("fit") != nullptr);
  }
}

TEST_CASE("typing in a field is not a shortcut") {
  TestWindow test;
  test.driver.Click("seed");
  test.log.commands.clear();
  test.driver.Tap(Key::kSpace);
  test.driver.Tap(Key::kX);
  test.driver.Tap(Key::kTab);
  CHECK(test.log.Count<SetPlaying>() == 0);
  CHECK(test.log.Count<BeginMark>() == 0);
  CHECK(test.driver.Find("episode/5") != nullptr);
}

TEST_CASE("a rebound key works instead of the old one, and conflicts are known") {
  TestWindow test;
  Keymap& keymap = test.window.state().keymap;
  keymap.Bind(ActionId::kPlayPause, Chord{Key::kP});
  test.driver.Tap(Key::kSpace);
  CHECK(test.log.Count<SetPlaying>() == 0);
  test.driver.Tap(Key::kP);
  CHECK(test.log.Count<SetPlaying>() == 1);
  CHECK(keymap.overrides() == std::map<std::string, std::string>{{"play", "P"}});
  keymap.Bind(ActionId::kPlayPause, Chord{Key::kBackspace});
  CHECK(keymap.ConflictsOf(ActionId::kPlayPause).front() == ActionId::kReset);
  keymap.Load({{"play", "Ctrl+Space"}, {"unknown", "A"}, {"reset", "garbage"}});
  CHECK(keymap.text(ActionId::kPlayPause) == "Ctrl+Space");
  CHECK(keymap.text(ActionId::kReset) == "Backspace");
}

TEST_CASE("a key is rebound in the overlay by clicking it and pressing another") {
  TestWindow test;
  test.driver.Tap(Chord{.key = Key::kSlash, .shift = true});
  test.driver.Frames(2);
  test.driver.Click("key/play");
  test.driver.Tap(Key::kP);
  CHECK(test.window.state().keymap.text(ActionId::kPlayPause) == "P");
  CHECK(test.window.state().settings.keys.at("play") == "P");
  CHECK(test.log.Count<SetPlaying>() == 0);
  test.driver.Tap(Key::kEscape);
  CHECK(test.driver.Find("key/play") == nullptr);
}

TEST_CASE("speeds go from 0.1 % through real time to as fast as possible") {
  CHECK(Speeds().front() == 0.001);
  CHECK(NextSpeed(1.0, +1) == 2.0);
  CHECK(NextSpeed(1.0, -1) == 0.5);
  CHECK(NextSpeed(64.0, +1) == kUnlimitedSpeed);
  CHECK(NextSpeed(kUnlimitedSpeed, +1) == kUnlimitedSpeed);
  CHECK(NextSpeed(kUnlimitedSpeed, -1) == 64.0);
  CHECK(NextSpeed(0.001, -1) == 0.001);
  CHECK(SpeedText(0.001).view() == "0.1 %");
  CHECK(SpeedText(kUnlimitedSpeed).view() == "Unlimited");
  CHECK(MeasuredSpeedText(0.98).view() == "0.98\xC3\x97");
  UiWorld world = UiWorld::Busy();
  world.player.playing = true;
  world.player.measured_speed = 0.98;
  CHECK(SpeedInWords(world.View()).view() == "1\xC3\x97, measured 0.98\xC3\x97");
  world.player.playing = false;
  CHECK(SpeedInWords(world.View()).view() == "1\xC3\x97, paused");
  CHECK(MotionInWords(world.View()).view() == "paused");
  // What replays is not paused, whatever the live episode does meanwhile.
  world.playhead.live = false;
  world.playhead.replaying = true;
  CHECK(SpeedInWords(world.View()).view() == "1\xC3\x97, replaying");
  CHECK(MotionInWords(world.View()).view() == "replay");
}

}  // namespace
}  // namespace lookout::ui
