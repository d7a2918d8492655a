#include "ui/viewport/overlays/painted_overlays.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "ui/viewport/overlays/attention_overlay.h"
#include "ui/viewport/overlays/drive_reading.h"
#include "ui/viewport/overlays/field_paint.h"
#include "ui/viewport/overlays/floor_layers.h"
#include "ui/viewport/overlays/lidar_overlay.h"
#include "ui/viewport/overlays/object_overlays.h"
#include "ui/viewport/overlays/oversight_overlay.h"
#include "ui/viewport/overlays/task_overlays.h"
#include "ui/viewport/overlays/trail.h"

namespace lookout::ui {
namespace {

// The kind with the largest cost of a step; none if the step was free.
std::optional<sim::CostKind> WorstCost(const sim::Costs& costs) {
  const auto worst = std::max_element(costs.by_kind.begin(), costs.by_kind.end());
  if (*worst <= 0.0) return std::nullopt;
  return static_cast<sim::CostKind>(worst - costs.by_kind.begin());
}

// What stands out from the floor.
Rgba LineColor(const ViewOptions& options) {
  return options.light ? palette::kInk : palette::kWhite;
}

}  // namespace

void PaintTrail(const ViewInput& input, const ViewOptions& options, PaintList& out) {
  const TrailLook look{.free = LineColor(options), .cost = palette::kVermilion};
  PaintTrail(input.track, *input.step, input.playhead, options.trail_steps, look, out);
}

void PaintVelocity(const ViewWorld& world, const ViewOptions& options, PaintList& out) {
  constexpr float kHorizon_s = 0.3F;
  constexpr float kShortest_m = 0.02F;
  constexpr float kHead_m = 0.08F;
  constexpr float kHalfWidth_m = 0.014F;
  const sim::SceneDescription& scene = world.scene().scene;
  const Eigen::Vector2f velocity = world.BodyVelocity(scene.robot_body).head<2>().cast<float>();
  const float length = kHorizon_s * velocity.norm();
  if (length < kShortest_m) return;
  const Eigen::Vector2f direction = velocity.normalized();
  const Eigen::Vector3f along(direction.x(), direction.y(), 0.0F);
  const Eigen::Vector3f center = OnFloor(world.BodyPosition(scene.robot_body), kRingHeight);
  const auto radius = static_cast<float>(scene.robot_radius_m);
  const Eigen::Vector3f tip = center + (radius + length + kHead_m) * along;
  const Rgba color = LineColor(options);
  out.AddRibbon({{center, color.WithAlpha(0.3F), kHalfWidth_m},
                 {tip - kHead_m * along, color.WithAlpha(0.95F), kHalfWidth_m}});
  out.AddArrowHead(tip, direction, kHead_m, color.WithAlpha(0.95F));
}

namespace {

// The turn that an action asks for, as an arc that far from the robot's middle.
void PaintArc(const Eigen::VectorXd& action, const ViewWorld& world, float radius_m, Rgba color,
              PaintList& out) {
  const sim::RobotKind kind = world.scene().header->config.robot_base;
  const std::optional<DriveReading> drive = ReadDrive(kind, action);
  if (!drive) return;
  const auto turn = static_cast<float>(drive->turn);
  if (std::abs(turn) < 0.03F) return;

  constexpr float kFullTurn = 1.9F;  // radians of arc at an action of 1
  constexpr int kPieces = 20;
  const int robot = world.scene().scene.robot_body;
  const Eigen::Vector3f center = OnFloor(world.BodyPosition(robot), kRingHeight);
  const Eigen::Vector3d forward_in_world = world.WorldFromBody(robot) * ForwardInBody(kind);
  const auto heading = static_cast<float>(std::atan2(forward_in_world.y(), forward_in_world.x()));
  const auto radial = [&](float angle) {
    return Eigen::Vector3f(std::cos(angle), std::sin(angle), 0.0F);
  };
  std::vector<PaintList::RibbonPoint> arc;
  for (int i = 0; i <= kPieces; ++i) {
    const float along = static_cast<float>(i) / kPieces;
    arc.push_back({center + radius_m * radial(heading + along * turn * kFullTurn),
                   color.WithAlpha(color.a * (0.25F + 0.65F * along)), 0.012F});
  }
  out.AddRibbon(arc);
  const float end = heading + turn * kFullTurn;
  const float sign = turn > 0.0F ? 1.0F : -1.0F;
  const Eigen::Vector2f forward(-sign * std::sin(end), sign * std::cos(end));
  const Eigen::Vector3f tip =
      center + radius_m * radial(end) + 0.06F * Eigen::Vector3f(forward.x(), forward.y(), 0.0F);
  out.AddArrowHead(tip, forward, 0.07F, color.WithAlpha(0.9F * color.a));
}

}  // namespace

void PaintTurn(const ViewInput& input, const ViewOptions& options, const ViewWorld& world,
               PaintList& out) {
  const ActionsShown actions = ActionsOf(input);
  PaintArc(actions.done, world, 0.22F, palette::kYellow.WithAlpha(actions.pending ? 0.5F : 1.0F),
           out);
  if (actions.proposed) PaintArc(*actions.proposed, world, 0.27F, ProposedColor(options), out);
}

void PaintPlanned(const ViewWorld& world, const PlannedDrive& drive, PaintList& out) {
  constexpr int kPieces = 20;
  constexpr float kLength_m = 0.8F;  // at a forward of 1
  constexpr float kFullTurn = 1.9F;  // radians at a turn of 1
  constexpr float kAside_m = 0.3F;   // of the arc of a turn on the spot
  constexpr float kHead_m = 0.12F;
  constexpr float kNothing = 0.02F;
  const sim::SceneDescription& scene = world.scene().scene;
  const Rgba color = palette::kOrange.WithAlpha(0.95F);
  Eigen::Vector3f at = OnFloor(world.BodyPosition(scene.robot_body), kRingHeight);
  const auto forward = static_cast<float>(drive.forward);
  const auto turn = static_cast<float>(drive.turn);
  const bool moves = std::abs(forward) > kNothing;
  if (!moves && std::abs(turn) <= kNothing) {
    out.discs.push_back({.center = at,
                         .radius_m = static_cast<float>(scene.robot_radius_m) * 1.9F,
                         .ring = color,
                         .ring_width_m = 0.03F});
    return;
  }
  const Eigen::Vector3d ahead = world.WorldFromBody(scene.robot_body) *
                                ForwardInBody(world.scene().header->config.robot_base);
  auto heading = static_cast<float>(std::atan2(ahead.y(), ahead.x()));
  const float length = moves ? kLength_m * forward : kAside_m * std::abs(turn) * kFullTurn;
  if (!moves) at += kAside_m * Eigen::Vector3f(std::cos(heading), std::sin(heading), 0.0F);
  if (!moves) heading += std::copysign(0.5F * std::numbers::pi_v<float>, turn);
  std::vector<PaintList::RibbonPoint> way{{at, color.WithAlpha(0.4F), 0.03F}};
  for (int i = 0; i < kPieces; ++i) {
    heading += turn * kFullTurn / kPieces;
    at += length / kPieces * Eigen::Vector3f(std::cos(heading), std::sin(heading), 0.0F);
    way.push_back({at, color, 0.03F});
  }
  out.AddRibbon(way);
  const Eigen::Vector2f along =
      std::copysign(1.0F, length) * Eigen::Vector2f(std::cos(heading), std::sin(heading));
  out.AddArrowHead(at + kHead_m * Eigen::Vector3f(along.x(), along.y(), 0.0F), along, kHead_m,
                   color);
}

void PaintContact(const ViewInput& input, const ViewWorld& world, PaintList& out) {
  const std::optional<sim::CostKind> kind = WorstCost(input.step->costs);
  if (!kind) return;
  const sim::SceneDescription& scene = world.scene().scene;
  const Eigen::Vector3d robot = world.BodyPosition(scene.robot_body);
  const auto radius = static_cast<float>(scene.robot_radius_m);
  const Rgba color = FlashColor(*kind);
  out.discs.push_back({.center = OnFloor(robot, kRingHeight),
                       .radius_m = radius * 1.7F,
                       .fill = color.WithAlpha(0.35F),
                       .ring = palette::kWhite,
                       .ring_width_m = 0.018F});
}

void PaintOverlays(const ViewInput& input, const ViewOptions& options, const ViewWorld& world,
                   int selected_body, PaintList& out) {
  const OverlayFlags& show = options.overlays;
  if (show.trail) PaintTrail(input, options, out);
  if (show.attention) PaintAttention(input, out);
  if (show.keep_out) PaintKeepOut(world, out);
  if (show.hazards) PaintHazards(world, show.field && HasField(input), out);
  if (show.vases) PaintVases(world, out);
  if (show.solids) PaintSolids(world, out);
  if (show.gremlins) PaintGremlins(world, out);
  if (show.buttons) PaintButtons(*input.step, world, out);
  if (show.goal) PaintGoal(world, out);
  if (show.task) PaintTask(*input.step, world, out);
  if (show.velocity) PaintVelocity(world, options, out);
  if (show.action) PaintTurn(input, options, world, out);
  if (show.lidar) PaintLidar(input, world, out);
  if (show.contact) PaintContact(input, world, out);
  PaintOversight(input, world, out);
  if (options.planned) PaintPlanned(world, *options.planned, out);
  if (selected_body > 0) {
    const sim::SceneObject* object = world.ObjectOfBody(selected_body);
    const double radius_m = object == nullptr ? 0.15 : std::max(1.5 * object->radius_m, 0.16);
    out.discs.push_back({.center = OnFloor(world.BodyPosition(selected_body), kRingHeight),
                         .radius_m = static_cast<float>(radius_m),
                         .ring = palette::kWhite,
                         .ring_width_m = 0.012F,
                         .dashes = 18.0F});
  }
}

}  // namespace lookout::ui
