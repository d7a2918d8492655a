#include "ui/viewport/overlays/attention_overlay.h"

#include <doctest/doctest.h>

#include "tests/ui/viewport/view_support.h"
#include "ui/viewport/scene/overlay_relevance.h"

namespace lookout::ui {
namespace {

TEST_CASE("what the agent goes by lies on its trail, the more the larger") {
  LiveEpisode episode;
  for (int i = 0; i < 40; ++i) episode.Step(1.0, 0.0);
  AttentionMoment moment{.step = 40, .attention = {}, .attended = {10, 20, 30, 40}};
  moment.attention.weights.resize(2, 4);
  moment.attention.weights << 0.4F, 0.01F, 0.09F, 0.5F, 0.6F, 0.01F, 0.11F, 0.28F;
  ViewInput input = episode.Input();
  PaintList list;
  PaintAttention(input, list);
  CHECK(list.discs.empty());  // nobody attends to anything
  input.attention = &moment;
  PaintAttention(input, list);
  REQUIRE(list.discs.size() == 3);  // the second is next to nothing
  const sim::StepRecord& first = episode.track().step(10);
  CHECK((list.discs[0].center.head<2>() - first.robot_xy_m).norm() < 1e-6F);
  CHECK(list.discs[0].radius_m > list.discs[1].radius_m);
  // Areas are as the weights.
  const float areas = list.discs[1].radius_m / list.discs[0].radius_m;
  CHECK(areas * areas == doctest::Approx(0.2F));
  CHECK(list.discs[0].fill.a > list.discs[1].fill.a);
  CHECK_FALSE(IsRelevant("attention", *episode.scene()));
  CHECK(IsRelevant("attention", *episode.scene(), /*comparing=*/false, /*attends=*/true));
}

}  // namespace
}  // namespace lookout::ui
