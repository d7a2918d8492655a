// The parts of the view that need no GL.
#include <doctest/doctest.h>
#include <mujoco/mjvisualize.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <string>

#include "tests/ui/viewport/view_support.h"
#include "ui/viewport/overlays/contact_flash.h"
#include "ui/viewport/overlays/field_paint.h"
#include "ui/viewport/overlays/lidar_overlay.h"
#include "ui/viewport/overlays/object_overlays.h"
#include "ui/viewport/overlays/painted_overlays.h"
#include "ui/viewport/painting/color_maps.h"
#include "ui/viewport/painting/field_resampling.h"
#include "ui/viewport/scene/view_mouse.h"

namespace lookout::ui {
namespace {

float Luminance(Rgba color) { return 0.2126F * color.r + 0.7152F * color.g + 0.0722F * color.b; }

sim::StepRecord CostlyStep(sim::CostKind kind) {
  sim::StepRecord step;
  step.costs.by_kind[static_cast<std::size_t>(kind)] = 1.0;
  step.costs.total = 1.0;
  return step;
}

}  // namespace

TEST_CASE("the mouse means what it means in simulate") {
  MouseInput input;
  CHECK(MeaningOfDrag(input, true).target == MouseTarget::kNothing);
  input.left = true;
  CHECK(MeaningOfDrag(input, true).action == mjMOUSE_ROTATE_V);
  input.shift = true;
  CHECK(MeaningOfDrag(input, true).action == mjMOUSE_ROTATE_H);
  input = {};
  input.right = true;
  CHECK(MeaningOfDrag(input, false).action == mjMOUSE_MOVE_V);
  input.shift = true;
  CHECK(MeaningOfDrag(input, false).action == mjMOUSE_MOVE_H);
  input.ctrl = true;
  CHECK(MeaningOfDrag(input, false).target == MouseTarget::kCamera);
  CHECK(MeaningOfDrag(input, true).target == MouseTarget::kSelection);
  CHECK(MeaningOfDrag(input, true).perturb_bits == mjPERT_TRANSLATE);
  input.right = false;
  input.left = true;
  CHECK(MeaningOfDrag(input, true).perturb_bits == mjPERT_ROTATE);
  input = {};
  input.middle = true;
  CHECK(MeaningOfDrag(input, true).action == mjMOUSE_ZOOM);
}

TEST_CASE("a flash fades while time runs and stays while it stands still") {
  ContactFlash flash;
  const sim::StepRecord costly = CostlyStep(sim::CostKind::kHazards);
  const sim::StepRecord free;
  flash.Update(&costly, true, 0.016);
  CHECK(flash.intensity(sim::CostKind::kHazards) == 1.0F);
  flash.Update(&free, true, 0.1);
  const float later = flash.intensity(sim::CostKind::kHazards);
  CHECK(later < 0.7F);
  CHECK(later > 0.4F);
  flash.Update(&free, true, 1.0);
  CHECK(flash.dark());
  for (int i = 0; i < 100; ++i) flash.Update(&costly, false, 0.1);
  CHECK(flash.Strongest() == sim::CostKind::kHazards);
  flash.Update(&free, false, 0.0);
  CHECK(flash.dark());
  flash.Update(nullptr, false, 0.0);
  CHECK(flash.dark());
}

TEST_CASE("colour maps run from quiet to loud, and both errors can be told apart") {
  for (const FieldQuantity quantity : {FieldQuantity::kPredicted, FieldQuantity::kSpread}) {
    for (int i = 0; i < 16; ++i) {
      const auto t = static_cast<float>(i) / 16.0F;
      const Rgba here = FieldColor(quantity, t);
      const Rgba next = FieldColor(quantity, t + 1.0F / 16.0F);
      CHECK(Luminance(next) > Luminance(here));
      CHECK(next.a > here.a);
    }
  }
  const Rgba missed = FieldColor(FieldQuantity::kErrorAgainstRule, 0.0F);
  const Rgba right = FieldColor(FieldQuantity::kErrorAgainstRule, 0.5F);
  const Rgba false_alarm = FieldColor(FieldQuantity::kErrorAgainstRule, 1.0F);
  CHECK(missed.b > missed.r);
  CHECK(false_alarm.r > false_alarm.b);
  CHECK(right.a < 0.2F * missed.a);
  CHECK(FieldColor(FieldQuantity::kPredicted, -3.0F).a ==
        FieldColor(FieldQuantity::kPredicted, 0.0F).a);
}

TEST_CASE("resampling goes through the values and never beyond them") {
  const std::vector<float> values{0, 0, 0, 0, 1, 0, 0, 0, std::numeric_limits<float>::quiet_NaN()};
  std::vector<float> out;
  ResampleField(values, 3, 3, 5, out);
  REQUIRE(out.size() == 225);
  CHECK(out[7 * 15 + 7] == doctest::Approx(1.0F));  // the centre of the middle cell
  CHECK(out[2 * 15 + 2] == doctest::Approx(0.0F));
  CHECK(out[12 * 15 + 12] == doctest::Approx(0.0F));  // NaN counts as 0
  CHECK(out[7 * 15 + 9] > 0.1F);
  CHECK(out[7 * 15 + 9] < 1.0F);
  CHECK(*std::ranges::min_element(out) == 0.0F);
  CHECK(*std::ranges::max_element(out) == 1.0F);
}

TEST_CASE("the field is painted only under its own episode and only if it is whole") {
  LiveEpisode episode;
  FieldSnapshot field;
  field.episode = episode.scene()->header->id;
  field.model = CostModelId{1};
  field.columns = 2;
  field.rows = 1;
  field.predicted = {0.25F, 1.0F};
  field.spread = {0.0F, 0.0F};
  field.rule_cost = {1.0F, 0.0F};
  ViewInput input = episode.Input();
  CHECK_FALSE(HasField(input));
  input.field = &field;
  CHECK(HasField(input));

  FieldPaint paint;
  PaintList list;
  paint.AddTo(input, FieldQuantity::kErrorAgainstRule, list);
  REQUIRE(list.field.values != nullptr);
  CHECK(*list.field.values == std::vector<float>{-0.75F, 1.0F});
  const std::int64_t content = list.field.content_id;
  paint.AddTo(input, FieldQuantity::kErrorAgainstRule, list);
  CHECK(list.field.content_id == content);
  paint.AddTo(input, FieldQuantity::kPredicted, list);
  CHECK(list.field.content_id != content);

  field.rule_cost.pop_back();
  CHECK_FALSE(HasField(input));
  field.rule_cost.push_back(0.0F);
  field.episode = EpisodeId{99};
  CHECK_FALSE(HasField(input));
}

TEST_CASE("the trail is as long as asked, broken where a hand moved the robot, red where it cost") {
  LiveEpisode episode;
  for (int i = 0; i < 40; ++i) episode.Step(1.0, 0.0);
  PaintList list;
  PaintTrail(episode.Input(), {.trail_steps = 300}, list);
  const std::size_t whole = list.triangles.size();
  REQUIRE(whole > 0);
  const auto reddish = [](const PaintVertex& vertex) { return vertex.color.b < 0.2F; };
  CHECK(std::ranges::none_of(list.triangles, reddish));

  list.Clear();
  PaintTrail(episode.Input(), {.trail_steps = 10}, list);
  CHECK(list.triangles.size() < whole / 2);

  sim::StepRecord away = episode.now();
  away.robot_xy_m += Eigen::Vector2f(1.0F, 0.0F);
  away.costs.total = 1.0;
  ViewInput input = episode.Input();
  input.step = &away;
  list.Clear();
  PaintTrail(input, {.trail_steps = 300}, list);
  const float edge = away.robot_xy_m.x() - 0.5F;
  CHECK(std::ranges::none_of(
      list.triangles, [&](const PaintVertex& vertex) { return vertex.position.x() > edge; }));

  away.robot_xy_m -= Eigen::Vector2f(0.9F, 0.0F);
  list.Clear();
  PaintTrail(input, {.trail_steps = 300}, list);
  CHECK(std::ranges::any_of(list.triangles, reddish));
}

TEST_CASE("on a light floor the trail is dark") {
  LiveEpisode episode;
  for (int i = 0; i < 40; ++i) episode.Step(1.0, 0.0);
  for (const bool light : {false, true}) {
    PaintList list;
    PaintTrail(episode.Input(), {.light = light}, list);
    REQUIRE_FALSE(list.triangles.empty());
    CHECK(std::ranges::all_of(list.triangles, [light](const PaintVertex& vertex) {
      return light ? vertex.color.g < 0.2F : vertex.color.g > 0.9F;
    }));
  }
}

TEST_CASE("halos stand where Safety Gym draws them, one ring per lidar, opaque as the reading") {
  LiveEpisode episode;
  ViewWorld world;
  world.Show(episode.scene(), *episode.now().state);
  PaintList list;
  PaintLidar(episode.Input(), world, list);
  const sim::SceneDescription& scene = episode.scene()->scene;
  REQUIRE(scene.lidar_rings.size() == 3);
  REQUIRE(list.balls.size() == 48);
  const Eigen::Vector3d robot = episode.gym().robot_position_in_world();
  for (int ring = 0; ring < 3; ++ring) {
    for (int bin = 0; bin < 16; ++bin) {
      const PaintBall& ball = list.balls[16 * ring + bin];
      const Eigen::Vector3d offset = ball.center.cast<double>() - robot;
      CHECK(offset.head<2>().norm() == doctest::Approx(0.15).epsilon(1e-4));
      CHECK(offset.z() == doctest::Approx(0.5 + 0.06 * ring).epsilon(1e-4));
      const float reading =
          episode.now().observation[StackedRings(scene)[ring].observation_offset + bin];
      CHECK(ball.color.a == doctest::Approx(std::min(1.0F, reading + 0.1F)));
    }
  }
}

TEST_CASE("a vase that was pushed away leaves a mark where it stood") {
  LiveEpisode episode("Safexp-PointGoal1-v0");
  ViewWorld world;
  world.Show(episode.scene(), *episode.now().state);
  PaintList list;
  PaintVases(world, list);
  CHECK(list.discs.size() == 1);
  CHECK(list.triangles.empty());

  for (const sim::SceneObject& object : episode.scene()->scene.objects) {
    if (object.kind != sim::SceneObjectKind::kVase) continue;
    const Eigen::Vector3d there = world.BodyPosition(object.body) + Eigen::Vector3d(0.3, 0, 0);
    episode.gym().MoveBody(object.body, there, {1, 0, 0, 0});
  }
  world.Show(episode.scene(), episode.gym().Save());
  list.Clear();
  PaintVases(world, list);
  CHECK(list.discs.size() == 2);
  CHECK_FALSE(list.triangles.empty());
}

TEST_CASE("overlay keys and labels are distinct, and the list reaches every flag") {
  OverlayFlags flags;
  std::set<std::string> keys;
  std::set<std::string> labels;
  std::set<const bool*> reached;
  VisitOverlays(flags, [&](const char* key, const char* label, bool& flag) {
    keys.insert(key);
    labels.insert(label);
    reached.insert(&flag);
  });
  CHECK(keys.size() == sizeof(OverlayFlags) / sizeof(bool));
  CHECK(labels.size() == keys.size());
  CHECK(reached.size() == keys.size());
}

}  // namespace lookout::ui
