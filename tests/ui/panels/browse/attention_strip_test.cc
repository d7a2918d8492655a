#include "ui/panels/browse/attention_strip.h"

#include <doctest/doctest.h>

#include <memory>
#include <utility>

#include "tests/support/ui_window.h"

namespace lookout::ui {
namespace {

// One head each in two layers.
std::shared_ptr<const AttentionTrack> SomeAttention(EpisodeId episode) {
  AttentionTrack track{.episode = episode, .moments = {}};
  for (const StepIndex step : {0, 10}) {
    auto moment = std::make_shared<AttentionMoment>();
    moment->step = step;
    for (StepIndex at = 0; at <= step; at += 10) moment->attended.push_back(at);
    const auto columns = std::ssize(moment->attended);
    moment->attention = {2, Eigen::MatrixXf::Constant(2, columns, 1.0F / float(columns))};
    track.moments.push_back(std::move(moment));
  }
  return std::make_shared<const AttentionTrack>(std::move(track));
}

TEST_CASE("heads are shown of an agent that attends, of what led to the step on screen") {
  UiWorld world = UiWorld::Busy();
  const EpisodeId live = world.player.episode;
  TestWindow test(std::move(world), {1600, 1400});
  CHECK(test.driver.Find("attention") == nullptr);
  test.world.player.attention = SomeAttention(live);
  test.driver.Frames(2);
  CHECK(test.driver.Find("attention") != nullptr);

  test.world.playhead = {.episode = live, .step = 10, .live = false};
  CHECK(test.world.View().shown_attention()->step == 0);
  test.world.playhead.step = 11;
  CHECK(test.world.View().shown_attention()->step == 10);
  // Of another episode nothing is known.
  test.world.player.attention = SomeAttention(EpisodeId{live.value + 1000});
  CHECK(test.world.View().shown_attention() == nullptr);
  test.driver.Frames(2);
  CHECK(test.driver.Find("attention") == nullptr);
}

}  // namespace
}  // namespace lookout::ui
