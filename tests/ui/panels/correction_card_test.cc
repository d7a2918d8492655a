// Choosing what should have been done at a moment, on its card.
#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "sim/robots/robots.h"
#include "tests/support/ui_window.h"

namespace lookout::ui {
namespace {

constexpr Key kKeyB = static_cast<Key>('B');

// A paused Point at step 30 of an episode that can be continued from anywhere.
UiWorld Paused(sim::RobotKind robot = sim::RobotKind::kPoint) {
  UiWorld world(40);
  const EpisodeTrack& before = *world.episodes.Find(EpisodeId{1});
  auto scene = std::make_shared<EpisodeScene>(before.scene());
  auto header = std::make_shared<sim::EpisodeHeader>(*scene->header);
  header->id = EpisodeId{2};
  header->config.robot_base = robot;
  scene->header = header;
  scene->spec.action_dim = sim::DescriptorOf(robot).action_dim;
  world.episodes.Begin(scene);
  auto chunk = std::make_shared<sim::RecordingChunk>();
  chunk->episode = header->id;
  for (StepIndex i = 0; i < 40; ++i) {
    chunk->steps.push_back(before.step(i));
    chunk->steps.back().state = std::make_shared<const sim::SimState>();
  }
  world.episodes.Append(chunk);
  world.player.episode = header->id;
  world.player.playing = false;
  world.playhead = {.episode = header->id, .step = 30, .live = false};
  return world;
}

struct CardTest : TestWindow {
  explicit CardTest(UiWorld the_world = Paused()) : TestWindow(std::move(the_world)) {}
  CorrectionDraft& draft() { return window.state().correction; }
};

TEST_CASE_FIXTURE(CardTest, "keys choose a drive, and Enter asks for both futures") {
  driver.Tap(kKeyB);
  REQUIRE(driver.Find("correction/forward") != nullptr);
  CHECK(draft().at.step == 30);
  for (int i = 0; i < 3; ++i) driver.Tap(Key::kDown);
  driver.Tap(Key::kW);
  driver.Tap(Key::kA);
  for (int i = 0; i < 7; ++i) driver.Tap(Key::kLeft);
  CHECK(draft().forward == -0.5F);
  CHECK(draft().turn == 1.0F);  // at most
  // The same keys do nothing else meanwhile.
  CHECK(log.Count<SeekBy>() == 0);
  CHECK(log.Count<SwitchAnnotator>() == 0);
  driver.Tap(Key::kEnter);
  REQUIRE(log.Count<CorrectHere>() == 1);
  CHECK(log.Last<CorrectHere>()->at.episode == EpisodeId{2});
  CHECK(log.Last<CorrectHere>()->at.step == 30);
  CHECK(log.Last<CorrectHere>()->drive.forward == -0.5);
  CHECK(log.Last<CorrectHere>()->drive.turn == 1.0);
  CHECK_FALSE(draft().shown);
  driver.Frames(2);
  CHECK(driver.Find("correction/forward") == nullptr);
}

TEST_CASE_FIXTURE(CardTest, "buttons do what the keys do, and the card stays inside the view") {
  driver.Click("correct_here");
  const RecordedItem* play = driver.Find("correction_play");
  REQUIRE(play != nullptr);
  CHECK(play->max.y <= view.max.y);
  CHECK(play->min.x >= view.min.x);
  CHECK(play->max.y <= play->clip_max.y);
  driver.Click("correction_play");
  CHECK(log.Count<CorrectHere>() == 1);
}

TEST_CASE_FIXTURE(CardTest, "Escape, the cross and another moment give it up") {
  driver.Tap(kKeyB);
  driver.Tap(Key::kEscape);
  CHECK_FALSE(draft().shown);
  driver.Tap(kKeyB);
  driver.Click("correction_cancel");
  CHECK_FALSE(draft().shown);
  driver.Tap(kKeyB);
  CHECK(draft().shown);
  world.playhead.step = 31;
  driver.Frames(2);
  CHECK_FALSE(draft().shown);
  CHECK(log.Count<CorrectHere>() == 0);
}

TEST_CASE("what cannot be corrected says why") {
  const auto refused = [](UiWorld world) {
    CardTest test(std::move(world));
    test.driver.Tap(kKeyB);
    CHECK_FALSE(test.draft().shown);
    return test.log.Last<Tell>() != nullptr ? test.log.Last<Tell>()->text : std::string();
  };
  UiWorld playing = Paused();
  playing.playhead.replaying = true;
  CHECK(refused(std::move(playing)).find("Pause") != std::string::npos);
  UiWorld driven = Paused();
  driven.player.agent = AgentKind::kHuman;
  CHECK(refused(std::move(driven)).find("wheel") != std::string::npos);
  UiWorld imported(40);  // without states
  imported.player.playing = false;
  imported.playhead = {.episode = EpisodeId{1}, .step = 30, .live = false};
  CHECK(refused(std::move(imported)).find("state") != std::string::npos);
  UiWorld read_only = Paused();
  read_only.project.read_only = true;
  CHECK(refused(std::move(read_only)).find("read-only") != std::string::npos);
}

}  // namespace
}  // namespace lookout::ui
