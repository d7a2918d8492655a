#include "ui/viewport/pair_view.h"

#include <doctest/doctest.h>

#include <memory>
#include <optional>

#include "tests/ui/viewport/stage_support.h"

namespace lookout::ui {
namespace {

// Two clips of one episode side by side; nothing where the machine has no GL.
struct PairViewTest {
  PairViewTest() : gl(OffscreenOrSkip()) {
    if (gl == nullptr) return;
    for (int i = 0; i < 80; ++i) episode.Step(0.5, 0.3);
    stage.emplace(*gl, episode);
    stage->Frame();
    stage->sender.sent.clear();
    const EpisodeId id = stage->player.episode;
    stage->pair = PairOnScreen{.first = {id, 5, 35}, .second = {id, 5, 35}, .loaded = true};
  }
  explicit operator bool() const { return gl != nullptr; }

  RgbImage Screen() {
    stage->Frame();
    return gl->ReadScreen();
  }
  // The share of pixels in which the left half differs from the right one.
  static double HalvesDiffer(const RgbImage& screen) {
    int different = 0;
    for (int y = 0; y < screen.size.height; y += 3) {
      for (int x = 4; x < 300; x += 3) different += screen.at(x, y)[0] != screen.at(x + 321, y)[0];
    }
    return different / (screen.size.height / 3.0 * 296.0 / 3.0);
  }

  std::unique_ptr<app::GlContext> gl;
  LiveEpisode episode;
  std::optional<Stage> stage;
};

}  // namespace

TEST_CASE(
    "two clips of the same steps look the same, others do not, and both move with the moment") {
  PairViewTest test;
  if (!test) return;
  const RgbImage same = test.Screen();
  CHECK(PairViewTest::HalvesDiffer(same) < 0.02);
  test.stage->pair->second.first = 45;
  test.stage->pair->second.last = 75;
  const RgbImage other = test.Screen();
  CHECK(PairViewTest::HalvesDiffer(other) > PairViewTest::HalvesDiffer(same) + 0.001);
  test.stage->pair->moment = 30;
  CHECK(FractionDifferent(other, test.Screen()) > 0.002);
}

TEST_CASE("the mouse over one clip moves the camera of both") {
  PairViewTest test;
  if (!test) return;
  const RgbImage before = test.Screen();
  test.stage->MoveMouse(100, 200);
  test.stage->Frame();
  test.stage->Press(0, true);
  test.stage->Frame();
  test.stage->MoveMouse(160, 230);
  test.stage->Frame();
  test.stage->Press(0, false);
  test.stage->Frame();
  const RgbImage after = test.Screen();
  CHECK(FractionDifferent(before, after) > 0.1);
  CHECK(PairViewTest::HalvesDiffer(after) < 0.02);
  CHECK(test.stage->sender.sent.empty());
}

TEST_CASE("clips that are not there yet leave their halves empty") {
  PairViewTest test;
  if (!test) return;
  const RgbImage there = test.Screen();
  test.stage->pair->loaded = false;
  CHECK(FractionDifferent(there, test.Screen()) > 0.3);
}

}  // namespace lookout::ui
