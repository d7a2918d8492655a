#include "ui/viewport/ghost.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/ui/viewport/view_support.h"
#include "ui/theme/kinds.h"
#include "ui/viewport/overlay_relevance.h"
#include "ui/viewport/render_handles.h"

namespace lookout::ui {
namespace {

constexpr SizePx kSize{480, 320};

ViewOptions Plain() {
  ViewOptions options;
  VisitOverlays(options.overlays, [](const char*, const char*, bool& flag) { flag = false; });
  return options;
}

// Two episodes of one seed that part at the first step.
struct TwoEpisodes {
  LiveEpisode shown;
  LiveEpisode ghost;
  StepIndex steps = 0;

  void Part(int count) {
    for (int i = 0; i < count; ++i) {
      shown.Step(1.0, 0.4);
      ghost.Step(-1.0, -0.4);
    }
    steps += count;
  }
  ViewInput Input() const {
    ViewInput input = shown.Input();
    input.ghost = &const_cast<LiveEpisode&>(ghost).track();
    input.ghost_step = steps;
    return input;
  }
};

// How many geoms AddGhostBodies adds for an environment.
int GhostGeoms(const std::string& environment, ViewWorld& world) {
  const LiveEpisode episode(environment);
  world.Show(episode.scene(), episode.now().state);
  VisualScene scene(world.model(), 500);
  AddGhostBodies(world, *scene.get());
  for (int i = 0; i < scene->ngeom; ++i) {
    CHECK(scene->geoms[i].rgba[3] < 0.9F);
    CHECK(scene->geoms[i].rgba[2] > scene->geoms[i].rgba[1]);  // violet, whatever it was
  }
  return scene->ngeom;
}

int GeomsOfRoot(const mjModel& model, int body) {
  int count = 0;
  for (int geom = 0; geom < model.ngeom; ++geom) {
    count += model.body_rootid[model.geom_bodyid[geom]] == body ? 1 : 0;
  }
  return count;
}

}  // namespace

TEST_CASE("a ghost is the whole robot and nothing else, for every robot") {
  for (const char* environment :
       {"Safexp-PointGoal2-v0", "Safexp-CarButton1-v0", "Safexp-DoggoGoal1-v0"}) {
    CAPTURE(environment);
    ViewWorld world;
    const int drawn = GhostGeoms(environment, world);
    CHECK(drawn == GeomsOfRoot(*world.model(), world.scene().scene.robot_body));
    CHECK(drawn > 1);
  }
}

TEST_CASE("a ghost that pushes a box has its box") {
  ViewWorld world;
  const int drawn = GhostGeoms("Safexp-PointPush1-v0", world);
  CHECK(drawn > GeomsOfRoot(*world.model(), world.scene().scene.robot_body));
}

TEST_CASE("the ghost stands where its own episode put it") {
  const auto gl = OffscreenOrSkip();
  if (gl == nullptr) return;
  TwoEpisodes two;
  two.Part(60);
  SceneView view(RenderQuality::kFast);
  ViewOptions options = Plain();
  view.Render(two.Input(), options, kSize);
  const RgbImage without = view.ReadImage();
  options.overlays.ghost = true;
  CHECK(view.Render(two.Input(), options, kSize));
  const RgbImage with = view.ReadImage();
  CHECK(FractionDifferent(without, with, 8) > 0.0005);

  const auto pixel = [&](const RgbImage& image, const LiveEpisode& episode) {
    const Eigen::Vector3f at =
        const_cast<LiveEpisode&>(episode).gym().robot_position_in_world().cast<float>();
    const auto place = view.matrices().Project(at);
    REQUIRE(place.has_value());
    return image.at(static_cast<int>(place->x() * kSize.width),
                    static_cast<int>(place->y() * kSize.height));
  };
  const std::uint8_t* violet = pixel(with, two.ghost);
  CHECK(violet[2] > violet[1] + 15);
  CHECK(violet[2] > pixel(without, two.ghost)[2] + 40);
  const std::uint8_t* own = pixel(with, two.shown);
  CHECK(std::abs(own[0] - pixel(without, two.shown)[0]) < 8);
}

TEST_CASE("a picture is drawn anew when only the ghost has moved") {
  const auto gl = OffscreenOrSkip();
  if (gl == nullptr) return;
  TwoEpisodes two;
  two.Part(30);
  SceneView view(RenderQuality::kFast);
  ViewInput input = two.Input();
  view.Render(input, {}, kSize);
  CHECK_FALSE(view.Render(input, {}, kSize));
  input.ghost_step = 10;
  CHECK(view.Render(input, {}, kSize));
  input.ghost_step = 31;  // not recorded: no ghost, and no harm
  CHECK(view.Render(input, {}, kSize));
}

TEST_CASE("its goal gets a ring only where it is another one") {
  LiveEpisode episode;
  ViewWorld world;
  world.Show(episode.scene(), episode.now().state);
  const sim::SimState& shown = episode.now().state;
  sim::SimState ghost = shown;
  PaintList list;
  PaintGhostGoal(shown, ghost, world, list);
  CHECK(list.discs.empty());
  ghost.goal_position_in_world.x() += 0.7;
  PaintGhostGoal(shown, ghost, world, list);
  REQUIRE(list.discs.size() == 1);
  CHECK(list.discs[0].center.x() == doctest::Approx(ghost.goal_position_in_world.x()));
  CHECK(list.discs[0].fill.a == 0.0F);
}

TEST_CASE("its goal button gets a ring where it is another one") {
  LiveEpisode episode("Safexp-PointButton1-v0");
  ViewWorld world;
  world.Show(episode.scene(), episode.now().state);
  const sim::SimState& shown = episode.now().state;
  sim::SimState ghost = shown;
  PaintList list;
  PaintGhostGoal(shown, ghost, world, list);
  CHECK(list.discs.empty());
  ghost.goal_button = (shown.goal_button + 1) % 4;
  PaintGhostGoal(shown, ghost, world, list);
  CHECK(list.discs.size() == 1);
}

TEST_CASE("the switch has something to switch only in a comparison") {
  const LiveEpisode episode;
  CHECK_FALSE(IsRelevant("ghost", *episode.scene()));
  CHECK(IsRelevant("ghost", *episode.scene(), /*comparing=*/true));
}

TEST_CASE("the ghost has one colour, in the picture and in the panels") {
  const auto channel = [](ImU32 color, int shift) {
    return static_cast<float>((color >> shift) & 0xFFU) / 255.0F;
  };
  CHECK(palette::kGhost.r == doctest::Approx(channel(kGhostColour, 0)).epsilon(0.01));
  CHECK(palette::kGhost.g == doctest::Approx(channel(kGhostColour, 8)).epsilon(0.01));
  CHECK(palette::kGhost.b == doctest::Approx(channel(kGhostColour, 16)).epsilon(0.01));
}

}  // namespace lookout::ui
