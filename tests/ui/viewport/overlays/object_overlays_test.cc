#include "ui/viewport/overlays/object_overlays.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/support/step_states.h"
#include "tests/ui/viewport/view_support.h"
#include "ui/viewport/overlays/lidar_overlay.h"
#include "ui/viewport/overlays/task_overlays.h"
#include "ui/viewport/scene/overlay_relevance.h"

namespace lookout::ui {
namespace {

using Kind = sim::SceneObjectKind;

// The world of an episode as it is now.
struct Shown {
  explicit Shown(const std::string& id) : episode(id) { Show(); }
  void Show() { world.Show(episode.scene(), *episode.now().state); }

  LiveEpisode episode;
  ViewWorld world;
  PaintList list;
};

bool DiscAt(const PaintList& list, const Eigen::Vector3d& center, double radius_m) {
  return std::ranges::any_of(list.discs, [&](const PaintDisc& disc) {
    return (disc.center.head<2>().cast<double>() - center.head<2>()).norm() < 1e-4 &&
           std::abs(disc.radius_m - radius_m) < 1e-4;
  });
}

TEST_CASE("the goal button stands out, and the timer shows on every button while it runs") {
  Shown shown("Safexp-PointButton1-v0");
  sim::StepRecord step = shown.episode.now();
  PaintButtons(step, shown.world, shown.list);
  CHECK(shown.list.discs.size() == 4);
  REQUIRE(shown.list.balls.size() == 1);
  shown.world.ForEach(Kind::kButton, [&](const auto& object, const auto& position) {
    const double away = (shown.list.balls[0].center.template cast<double>() - position).norm();
    CHECK((away < 1e-4) == (object.index == step.state->goal_button));
  });
  const std::size_t beams = shown.list.triangles.size();
  shown.list.Clear();
  test::ChangeState(step, [](sim::SimState& state) { state.button_timer = 10; });
  PaintButtons(step, shown.world, shown.list);
  const std::size_t whole = shown.list.triangles.size();
  CHECK(whole > beams);
  CHECK(std::ranges::all_of(shown.list.discs, [](const auto& disc) { return disc.dashes > 0; }));
  shown.list.Clear();
  test::ChangeState(step, [](sim::SimState& state) { state.button_timer = 2; });
  PaintButtons(step, shown.world, shown.list);
  CHECK(shown.list.triangles.size() < whole);
}

TEST_CASE("gremlins stay on the circle that is painted") {
  Shown shown("Safexp-PointButton1-v0");
  const double travel_m = shown.episode.scene()->header->config.gremlins_travel;
  for (int i = 0; i < 120; ++i) shown.episode.Step(0.0, 0.0);
  shown.Show();
  PaintGremlins(shown.world, shown.list);
  int gremlins = 0;
  shown.world.ForEach(Kind::kGremlin, [&](const auto& object, const auto& position) {
    ++gremlins;
    const auto middle = shown.world.ResetPosition(object);
    REQUIRE(middle.has_value());
    CHECK(DiscAt(shown.list, {middle->x(), middle->y(), 0.0}, travel_m));
    CHECK((position.template head<2>() - *middle).norm() == doctest::Approx(travel_m).epsilon(0.1));
  });
  CHECK(gremlins == 4);
}

TEST_CASE("the arrow of a gremlin's way points where it goes") {
  Shown shown("Safexp-PointButton1-v0");
  for (int i = 0; i < 100; ++i) shown.episode.Step(0.0, 0.0);
  shown.Show();
  std::vector<Eigen::Vector2d> before;
  std::vector<Eigen::Vector2d> tips;
  shown.world.ForEach(Kind::kGremlin, [&](const auto&, const auto& position) {
    before.push_back(position.template head<2>());
  });
  PaintGremlins(shown.world, shown.list);
  // An arrow head is the only triangle without a rim; its first corner is the tip.
  for (std::size_t i = 0; i + 2 < shown.list.triangles.size(); i += 3) {
    if (shown.list.triangles[i].edge != 0.0F) continue;
    tips.emplace_back(shown.list.triangles[i].position.head<2>().cast<double>());
  }
  REQUIRE(tips.size() == before.size());
  for (int i = 0; i < 10; ++i) shown.episode.Step(0.0, 0.0);
  shown.Show();
  std::size_t index = 0;
  shown.world.ForEach(Kind::kGremlin, [&](const auto&, const auto& position) {
    const Eigen::Vector2d went = position.template head<2>() - before[index];
    CHECK(went.dot(tips[index] - before[index]) > 0.0);
    ++index;
  });
}

TEST_CASE("pillars, the box and the circle are painted where they are") {
  Shown push("Safexp-PointPush2-v0");
  PaintSolids(push.world, push.list);
  CHECK(push.list.discs.size() == 4);
  PaintTask(push.episode.now(), push.world, push.list);
  push.world.ForEach(Kind::kBox, [&](const auto& object, const auto& position) {
    CHECK(DiscAt(push.list, position, 1.5 * object.radius_m));
  });
  CHECK_FALSE(push.list.triangles.empty());

  Shown circle("Safexp-PointCircle-v0");
  PaintTask(circle.episode.now(), circle.world, circle.list);
  CHECK(DiscAt(circle.list, {0, 0, 0}, 1.5));
}

TEST_CASE("the run's chevrons lie ahead of the robot along x") {
  Shown run("Safexp-PointRun-v0");
  PaintTask(run.episode.now(), run.world, run.list);
  REQUIRE_FALSE(run.list.triangles.empty());
  const double robot_x = run.episode.gym().robot_position_in_world().x();
  for (const PaintVertex& vertex : run.list.triangles) CHECK(vertex.position.x() > robot_x);
}

TEST_CASE("halos are stacked as Safety Gym stacks them") {
  const Shown shown("Safexp-PointButton2-v0");
  std::vector<Kind> kinds;
  for (const sim::LidarRing& ring : StackedRings(shown.episode.scene()->scene)) {
    kinds.push_back(ring.kind);
  }
  CHECK(kinds == std::vector<Kind>{Kind::kGoal, Kind::kButton, Kind::kHazard, Kind::kGremlin});
}

TEST_CASE("only overlays with something to draw are offered") {
  const Shown run("Safexp-PointRun-v0");
  const Shown button("Safexp-PointButton1-v0");
  const EpisodeScene& plain = *run.episode.scene();
  const EpisodeScene& rich = *button.episode.scene();
  for (const char* overlay : {"buttons", "gremlins", "hazards", "keep_out", "lidar"}) {
    CAPTURE(overlay);
    CHECK(IsRelevant(overlay, rich));
    CHECK_FALSE(IsRelevant(overlay, plain));
  }
  CHECK(IsRelevant("task", plain));
  CHECK_FALSE(IsRelevant("task", rich));
  CHECK_FALSE(IsRelevant("solids", rich));
  CHECK(IsRelevant("trail", plain));
}

}  // namespace
}  // namespace lookout::ui
