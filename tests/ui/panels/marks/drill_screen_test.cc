// The reaction drill in the window, and the lag by the marks in the menu of annotators.
#include <doctest/doctest.h>

#include <memory>

#include "tests/support/ui_window.h"

namespace lookout::ui {
namespace {

void OpenDrill(TestWindow& test) {
  test.driver.Click("annotators_menu");
  test.driver.Frames(3);
  test.driver.Click("annotator_drill");
  test.driver.Frames(3);
}

void BeginDrill(TestWindow& test) {
  OpenDrill(test);
  test.log.commands.clear();
}

// Holds X from 0.3 s after each disc has appeared until 0.2 s after it is gone.
void PlayDrill(TestWindow& test) {
  for (int frame = 0; frame < 60 * 120; ++frame) {
    const bool before = test.driver.Find("drill_disc") != nullptr;
    test.driver.Frames();
    const bool after = test.driver.Find("drill_disc") != nullptr;
    if (test.window.state().drill->finished()) return;
    if (before == after) continue;
    test.driver.Frames(after ? 18 : 12);
    after ? test.driver.KeyDown(Chord{Key::kX}) : test.driver.KeyUp(Chord{Key::kX});
  }
}

TEST_CASE("the drill is in the menu of annotators, takes the keys, and Esc leaves it") {
  TestWindow test;
  BeginDrill(test);
  REQUIRE(test.driver.Find("drill_close") != nullptr);
  test.driver.Tap(Key::kX);
  test.driver.Tap(Key::kSpace);
  CHECK(test.log.Count<BeginMark>() == 0);
  CHECK(test.log.Count<SetPlaying>() == 0);
  test.driver.Tap(Key::kEscape);
  test.driver.Frames(2);
  CHECK(test.driver.Find("drill_close") == nullptr);
  CHECK_FALSE(test.window.state().drill);
}

TEST_CASE("an episode that plays waits for the drill, one that is paused is left alone") {
  for (const bool playing : {true, false}) {
    CAPTURE(playing);
    TestWindow test;
    test.world.player.playing = playing;
    OpenDrill(test);
    CHECK(test.log.Count<SetPlaying>() == (playing ? 1 : 0));
    if (playing) CHECK_FALSE(test.log.Last<SetPlaying>()->playing);
  }
}

TEST_CASE("one click keeps the medians as the lags of who marks") {
  TestWindow test;
  BeginDrill(test);
  PlayDrill(test);
  REQUIRE(test.window.state().drill);
  const ReactionFigures presses = test.window.state().drill->presses();
  CHECK(presses.count == kDrillTrials - kDrillPractice);
  const ReactionFigures releases = test.window.state().drill->releases();
  REQUIRE(releases.count >= kLeastReactions);
  test.driver.Frames(2);
  test.driver.Click("drill_keep");
  REQUIRE(test.log.Last<SaveAnnotator>() != nullptr);
  const AnnotatorProfile& kept = test.log.Last<SaveAnnotator>()->profile;
  CHECK(kept.name == "me");
  CHECK(kept.reaction_lag_s == doctest::Approx(presses.median_s).epsilon(0.02));
  CHECK(kept.reaction_lag_s > 0.25);
  CHECK(kept.release_lag_s == doctest::Approx(releases.median_s).epsilon(0.03));
  CHECK_FALSE(test.window.state().drill);
}

TEST_CASE("a drill without a press offers nothing but another one") {
  TestWindow test;
  BeginDrill(test);
  for (int i = 0; i < 120 && !test.window.state().drill->finished(); ++i) test.driver.Frames(60);
  REQUIRE(test.driver.Find("drill_keep") != nullptr);
  CHECK_FALSE(test.driver.Find("drill_keep")->enabled);
  test.driver.Click("drill_again");
  test.driver.Frames(2);
  CHECK(test.window.state().drill->trial() == 0);
}

TEST_CASE("a lag that is typed stays, whichever way the field is left") {
  for (const Key leave : {Key::kTab, Key::kEnter}) {
    TestWindow test;
    test.driver.Frames(3);
    test.driver.Click("reaction_lag");
    test.driver.Tap(Chord{.key = Key::kA, .ctrl = true});
    test.driver.Type("0.25");
    test.driver.Tap(leave);
    test.driver.Frames(3);
    REQUIRE(test.log.Last<SaveAnnotator>() != nullptr);
    CHECK(test.log.Last<SaveAnnotator>()->profile.reaction_lag_s == 0.25);
  }
}

TEST_CASE("the menu shows the lag by the marks where it differs from the stored one") {
  TestWindow test;
  for (StepIndex i = 0; i < 30; ++i) {
    test.world.AddMark(EpisodeId{5}, 10 * i, 10 * i + 5, agents::Verdict::kUnsafe);
  }
  agents::AgreementReport report;
  agents::ReactionLag lag{.annotator = "me", .onset = {}, .offset = {}};
  lag.onset = {.edges = 40, .lag_s = {.value = 0.44, .low = 0.40, .high = 0.48}};
  lag.offset = {.edges = 38, .lag_s = {.value = 0.21, .low = 0.18, .high = 0.24}};
  report.lags = {lag};
  test.world.agreement.report = std::make_shared<const agents::AgreementReport>(report);
  test.driver.Frames(2);
  test.driver.Click("annotators_menu");
  test.driver.Frames(3);
  CHECK(test.log.Count<MeasureAgreement>() > 0);
  test.driver.Click("annotator_lag_by_marks");
  REQUIRE(test.log.Last<SaveAnnotator>() != nullptr);
  CHECK(test.log.Last<SaveAnnotator>()->profile.reaction_lag_s == 0.44);
  CHECK(test.log.Last<SaveAnnotator>()->profile.release_lag_s == 0.21);
  AnnotatorProfile me = test.world.marks.annotators().present();
  me.reaction_lag_s = 0.45;  // within what the marks leave open
  me.release_lag_s = 0.2;
  test.world.marks.annotators().Put(me);
  test.driver.Frames(2);
  CHECK(test.driver.Find("annotator_lag_by_marks") == nullptr);
}

}  // namespace
}  // namespace lookout::ui
