#include "ui/viewport/scene_view.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "tests/support/step_states.h"
#include "tests/ui/viewport/scene_view_fixture.h"
#include "ui/viewport/scene/overlay_relevance.h"

namespace lookout::ui {
namespace {

bool IsReddish(const std::uint8_t* pixel) {
  return pixel[0] > 100 && pixel[0] > pixel[1] + 40 && pixel[0] > pixel[2] + 40;
}

}  // namespace

TEST_CASE("the picture shows the scene: the robot has its colour where it stands") {
  ViewTest test;
  if (!test) return;
  const RgbImage picture = test.Picture(Plain());
  REQUIRE(picture.size == kSize);
  const Eigen::Vector3d robot = test.episode.gym().robot_position_in_world();
  const Eigen::Vector2f at = PixelOf(*test.view, robot + Eigen::Vector3d(0, -0.05, 0.05));
  CHECK(IsReddish(picture.at(static_cast<int>(at.x()), static_cast<int>(at.y()))));
  const Eigen::Vector2f away = PixelOf(*test.view, robot + Eigen::Vector3d(0, 0.6, -0.1));
  CHECK_FALSE(IsReddish(picture.at(static_cast<int>(away.x()), static_cast<int>(away.y()))));
}

TEST_CASE("the robot is grey where nobody steers, but not before the first action") {
  ViewTest test;
  if (!test) return;
  sim::StepRecord step = test.episode.now();
  step.source = sim::ActionSource::kNone;
  ViewInput input = test.episode.Input();
  input.step = &step;
  const auto is_reddish = [&] {
    test.view->Render(input, Plain(), kSize);
    const RgbImage picture = test.view->ReadImage();
    const Eigen::Vector3d robot = test.episode.gym().robot_position_in_world();
    const Eigen::Vector2f at = PixelOf(*test.view, robot + Eigen::Vector3d(0, -0.05, 0.05));
    return IsReddish(picture.at(static_cast<int>(at.x()), static_cast<int>(at.y())));
  };
  CHECK_FALSE(is_reddish());
  input.playhead = 0;
  CHECK(is_reddish());
}

TEST_CASE("the free camera frames the whole arena at any shape of the window") {
  ViewTest test;
  if (!test) return;
  const sim::Rectangle& arena = test.episode.gym().config().placements_extents;
  for (const SizePx size : {SizePx{640, 360}, SizePx{300, 500}, SizePx{900, 200}}) {
    test.Picture(Plain(), size);
    float largest = 0.0F;
    for (const double x : {arena[0], arena[2]}) {
      for (const double y : {arena[1], arena[3]}) {
        const auto place = test.view->matrices().Project(Eigen::Vector3d(x, y, 0.0).cast<float>());
        REQUIRE(place.has_value());
        CHECK(place->minCoeff() > 0.0F);
        CHECK(place->maxCoeff() < 1.0F);
        largest = std::max(largest, (place->array() - 0.5F).abs().maxCoeff());
      }
    }
    CHECK_MESSAGE(largest > 0.33F, "the arena is lost in the view: ", largest);
  }
}

TEST_CASE("the goal moves in the picture when the state says so") {
  ViewTest test;
  if (!test) return;
  ViewOptions options = Plain();
  options.overlays.goal = true;
  const RgbImage before = test.Picture(options);

  sim::StepRecord moved = test.episode.now();
  test::ChangeState(moved, [](sim::SimState& state) { state.goal_position_in_world.x() += 0.8; });
  ViewInput input = test.episode.Input();
  input.step = &moved;
  CHECK(test.view->Render(input, options, kSize));
  const RgbImage after = test.view->ReadImage();
  CHECK(FractionDifferent(before, after) > 0.005);

  const Eigen::Vector2f at = PixelOf(*test.view, moved.state->goal_position_in_world);
  const std::uint8_t* pixel = after.at(static_cast<int>(at.x()), static_cast<int>(at.y()));
  CHECK(pixel[1] > pixel[0] + 30);
}

// An explanation by the first hazard alone.
MomentExplained BecauseOfHazard(const EpisodeScene& scene) {
  const auto& objects = scene.scene.objects;
  const auto hazard =
      std::ranges::find(objects, sim::SceneObjectKind::kHazard, &sim::SceneObject::kind);
  MomentExplained why;
  why.explanation.contributions.objects.push_back(
      {.object = static_cast<int>(hazard - objects.begin()), .removal = 3.0});
  return why;
}

TEST_CASE("every overlay changes the picture, and only while it is on") {
  ViewTest test;
  if (!test) return;
  test.episode.Step(1.0, 1.0);
  FieldSnapshot field;
  field.episode = test.episode.scene()->header->id;
  field.model = CostModelId{1};
  field.min_x_m = field.min_y_m = -1.0F;
  field.max_x_m = field.max_y_m = 1.0F;
  field.columns = field.rows = 4;
  field.predicted.assign(16, 0.9F);
  field.spread.assign(16, 0.1F);
  field.rule_cost.assign(16, 0.0F);

  sim::StepRecord step = test.episode.now();
  step.costs.by_kind[static_cast<std::size_t>(sim::CostKind::kHazards)] = 1.0;
  ViewInput input = test.episode.Input();
  input.field = &field;
  input.step = &step;
  const MomentExplained why = BecauseOfHazard(*input.scene);
  input.why = &why;
  const auto picture = [&](const ViewOptions& options) {
    test.view->Render(input, options, kSize);
    return test.view->ReadImage();
  };
  const RgbImage plain = picture(Plain());

  // Axes and labels are drawn over the picture by the panel, not into it; others have nothing to
  // draw in this episode.
  ViewOptions options = Plain();
  VisitOverlays(options.overlays, [&](std::string_view key, const char*, bool& flag) {
    flag = true;
    const double changed = FractionDifferent(plain, picture(options), 8);
    const bool flat = key == "axes" || key == "labels" || !IsRelevant(key, *input.scene);
    CHECK_MESSAGE((changed > 0.0002) == !flat, std::string(key), " changes ", changed);
    flag = false;
  });
  CHECK(FractionDifferent(plain, picture(Plain())) == 0.0);
}

TEST_CASE("an attack on the sensors has rays on the halos, by how much each bin brings about") {
  ViewTest test;
  if (!test) return;
  ViewInput input = test.episode.Input();
  const MomentExplained why = BecauseOfHazard(*input.scene);
  input.why = &why;
  const auto picture = [&](const SensorsAttacked* sensors) {
    input.sensors = sensors;
    ViewOptions options = Plain();
    options.overlays.why = true;
    test.view->Render(input, options, kSize);
    return test.view->ReadImage();
  };
  const RgbImage without = picture(nullptr);
  SensorsAttacked sensors{.number = 1};
  sensors.attack.change = Eigen::VectorXf::Zero(input.scene->spec.observation_dim);
  sensors.attack.effects = Eigen::VectorXd::Zero(sensors.attack.change.size());
  const sim::LidarRing& ring = input.scene->scene.lidar_rings.front();
  sensors.attack.change[ring.observation_offset] = -0.05F;
  sensors.attack.effects[ring.observation_offset] = -2.0;
  const RgbImage lowered = picture(&sensors);
  CHECK(FractionDifferent(without, lowered, 8) > 0.0002);
  sensors.number = 2;
  sensors.attack.change[ring.observation_offset] = 0.05F;
  CHECK(FractionDifferent(lowered, picture(&sensors), 8) > 0.0001);
  CHECK(FractionDifferent(without, picture(nullptr)) == 0.0);
}

TEST_CASE("the overlays of other objects and tasks change the picture where these are") {
  const auto gl = OffscreenOrSkip();
  if (gl == nullptr) return;
  for (const auto& [key, id] : {std::pair{"buttons", "Safexp-PointButton1-v0"},
                                {"gremlins", "Safexp-PointButton1-v0"},
                                {"solids", "Safexp-PointPush2-v0"},
                                {"task", "Safexp-PointPush2-v0"},
                                {"task", "Safexp-CarCircle-v0"},
                                {"task", "Safexp-CarRun-v0"}}) {
    CAPTURE(id);
    LiveEpisode episode(id);
    SceneView view(RenderQuality::kFast);
    ViewOptions options = Plain();
    view.Render(episode.Input(), options, kSize);
    const RgbImage plain = view.ReadImage();
    VisitOverlays(options.overlays,
                  [&, wanted = std::string_view(key)](std::string_view overlay, const char*,
                                                      bool& flag) { flag = overlay == wanted; });
    view.Render(episode.Input(), options, kSize);
    CHECK_MESSAGE(FractionDifferent(plain, view.ReadImage(), 8) > 0.0005, key);
  }
}

TEST_CASE("the untouched camera keeps the circle, a far goal and a runner in the picture") {
  const auto gl = OffscreenOrSkip();
  if (gl == nullptr) return;
  for (const auto& [id, point] : {std::pair{"Safexp-PointCircle-v0", Eigen::Vector3d(1.5, -1.5, 0)},
                                  {"Testing-PointGrid4-v0", Eigen::Vector3d(0, 10, 0)}}) {
    CAPTURE(id);
    LiveEpisode episode(id);
    SceneView view(RenderQuality::kFast);
    view.Render(episode.Input(), Plain(), kSize);
    const auto place = view.matrices().Project(point.cast<float>());
    REQUIRE(place.has_value());
    CHECK(place->minCoeff() > 0.0F);
    CHECK(place->maxCoeff() < 1.0F);
  }
  LiveEpisode runner("Safexp-PointRun-v0");
  runner.MoveRobot(25.0, 1.0);
  SceneView view(RenderQuality::kFast);
  view.Render(runner.Input(), Plain(), kSize);
  const auto place = view.matrices().Project({25.0F, 1.0F, 0.1F});
  REQUIRE(place.has_value());
  CHECK((*place - Eigen::Vector2f(0.5F, 0.5F)).norm() < 0.15F);
}

TEST_CASE("the ring of a hazard lies at its radius, to the centimetre") {
  ViewTest test;
  if (!test) return;
  ViewOptions options = Plain();
  options.overlays.hazards = true;
  const SizePx size{1200, 800};
  const RgbImage picture = test.Picture(options, size);

  const auto& objects = test.episode.scene()->scene.objects;
  const auto hazard =
      std::ranges::find(objects, sim::SceneObjectKind::kHazard, &sim::SceneObject::kind);
  REQUIRE(hazard != objects.end());
  const Eigen::Vector3d center = test.view->world().BodyPosition(hazard->body);
  const auto blueness_at = [&](double radius_m, double angle) {
    const Eigen::Vector3d point(center.x() + radius_m * std::cos(angle),
                                center.y() + radius_m * std::sin(angle), 0.006);
    const auto place = test.view->matrices().Project(point.cast<float>());
    const auto x = static_cast<int>(static_cast<double>(place->x()) * size.width);
    const auto y = static_cast<int>(static_cast<double>(place->y()) * size.height);
    const std::uint8_t* pixel = picture.at(x, y);
    return pixel[2] - pixel[0];
  };
  for (double angle = 0.0; angle < 6.28; angle += 0.5) {
    CHECK(blueness_at(hazard->radius_m - 0.006, angle) > 80);
    CHECK(blueness_at(hazard->radius_m + 0.010, angle) < 50);
  }
}

TEST_CASE("nothing is drawn at no size, nor anew when nothing changed") {
  ViewTest test;
  if (!test) return;
  CHECK_FALSE(test.view->Render(test.episode.Input(), {}, {0, 0}));
  CHECK(test.view->texture() == 0);
  CHECK(test.view->Render(test.episode.Input(), {}, kSize));
  CHECK_FALSE(test.view->Render(test.episode.Input(), {}, kSize));
  test.episode.Step(1.0, 0.0);
  CHECK(test.view->Render(test.episode.Input(), {}, kSize));
}

TEST_CASE("another episode and other sizes leave no trace of the ones before") {
  ViewTest test;
  if (!test) return;
  const RgbImage first = test.Picture(Plain());
  LiveEpisode other("Safexp-PointGoal2-v0", 5);
  test.view->Render(other.Input(), Plain(), {200, 150});
  CHECK(test.view->ReadImage().size == SizePx{200, 150});
  test.view->Render(other.Input(), Plain(), {1400, 900});
  CHECK(FractionDifferent(first, test.Picture(Plain())) == 0.0);
}

}  // namespace lookout::ui
