#include "ui/viewport/overlays/ghost.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "tests/ui/viewport/scene_view_fixture.h"
#include "ui/theme/kinds.h"
#include "ui/viewport/painting/render_handles.h"
#include "ui/viewport/scene/overlay_relevance.h"

namespace lookout::ui {
namespace {

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

// How many geoms AddGhostBodies adds in a picture of the world as it is, if the ghost's has been
// changed in this way.
int GhostGeoms(const std::string& environment, ViewWorld& world,
               const std::function<void(sim::SimState&)>& change = {}) {
  const LiveEpisode episode(environment);
  ViewWorld shown;
  shown.Show(episode.scene(), *episode.now().state);
  sim::SimState state = *episode.now().state;
  if (change) change(state);
  world.Show(episode.scene(), state);
  VisualScene scene(world.model(), 500);
  AddGhostBodies(world, shown, *scene.get());
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

TEST_CASE("what a ghost has pushed elsewhere is drawn there, too") {
  using sim::SceneObjectKind;
  const std::pair<const char*, SceneObjectKind> pushed[] = {
      {"Safexp-PointPush1-v0", SceneObjectKind::kBox},
      {"Safexp-PointGoal1-v0", SceneObjectKind::kVase},
      {"Safexp-PointButton2-v0", SceneObjectKind::kGremlin}};
  for (const auto& [environment, kind] : pushed) {
    CAPTURE(environment);
    ViewWorld world;
    const int robot = GhostGeoms(environment, world);
    int body = 0;
    world.ForEach(kind, [&](const sim::SceneObject& object, const auto&) { body = object.body; });
    REQUIRE(body > 0);
    const int x = world.model()->jnt_qposadr[world.model()->body_jntadr[body]];
    const auto push = [x](double metres) {
      return [x, metres](sim::SimState& state) { state.qpos[x] += metres; };
    };
    CHECK(GhostGeoms(environment, world, push(0.001)) == robot);
    CHECK(GhostGeoms(environment, world, push(0.3)) == robot + GeomsOfRoot(*world.model(), body));
  }
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

// The rings that PaintGhostGoal paints if the ghost's state differs in this way.
std::vector<PaintDisc> GoalRings(const std::string& environment,
                                 const std::function<void(sim::SimState&)>& change) {
  const LiveEpisode episode(environment);
  ViewWorld world;
  world.Show(episode.scene(), *episode.now().state);
  sim::SimState ghost = *episode.now().state;
  PaintList list;
  PaintGhostGoal(*episode.now().state, ghost, world, list);
  CHECK(list.discs.empty());
  change(ghost);
  PaintGhostGoal(*episode.now().state, ghost, world, list);
  return list.discs;
}

TEST_CASE("its goal, or goal button, gets a ring only where it is another one") {
  double x = 0.0;
  const auto goal = GoalRings("Safexp-PointGoal1-v0", [&x](sim::SimState& ghost) {
    x = ghost.goal_position_in_world.x() += 0.7;
  });
  REQUIRE(goal.size() == 1);
  CHECK(goal[0].center.x() == doctest::Approx(x));
  CHECK(goal[0].fill.a == 0.0F);
  const auto button = GoalRings("Safexp-PointButton1-v0", [](sim::SimState& ghost) {
    ghost.goal_button = (ghost.goal_button + 1) % 4;
  });
  CHECK(button.size() == 1);
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
