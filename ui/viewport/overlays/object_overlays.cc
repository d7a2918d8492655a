#include "ui/viewport/overlays/object_overlays.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

#include "sim/objects/object_kinds.h"
#include "ui/viewport/overlays/floor_layers.h"

namespace lookout::ui {
namespace {

using std::numbers::pi_v;

bool Charges(const ViewWorld& world, sim::CostKind kind) {
  const std::vector<sim::CostKind>& kinds = world.scene().spec.cost_kinds;
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

// A closed outline of a square on the floor, turned with its body.
void AddSquare(const Eigen::Vector3d& center, const Eigen::Matrix3d& world_from_body, double half_m,
               Rgba color, float half_width_m, PaintList& out) {
  std::vector<PaintList::RibbonPoint> outline;
  constexpr std::array<std::array<double, 2>, 4> kCorners{{{1, 1}, {-1, 1}, {-1, -1}, {1, -1}}};
  for (std::size_t i = 0; i < kCorners.size(); ++i) {
    const auto corner = [&](std::size_t k) {
      const auto& [x, y] = kCorners[k % kCorners.size()];
      return OnFloor(center + world_from_body * Eigen::Vector3d(half_m * x, half_m * y, 0.0),
                     kRingHeight);
    };
    out.AddRibbon({{corner(i), color, half_width_m}, {corner(i + 1), color, half_width_m}});
  }
}

// Part of a circle on the floor, counter-clockwise from `from_rad`.
void AddArc(const Eigen::Vector3f& center, float radius_m, float from_rad, float sweep_rad,
            Rgba color, float half_width_m, PaintList& out) {
  const int pieces = std::max(2, static_cast<int>(std::ceil(std::abs(sweep_rad) * 10.0F)));
  std::vector<PaintList::RibbonPoint> arc;
  for (int i = 0; i <= pieces; ++i) {
    const float angle = from_rad + sweep_rad * static_cast<float>(i) / static_cast<float>(pieces);
    arc.push_back({center + radius_m * Eigen::Vector3f(std::cos(angle), std::sin(angle), 0.0F),
                   color, half_width_m});
  }
  out.AddRibbon(arc);
}

}  // namespace

void PaintShadows(const ViewWorld& world, PaintList& out) {
  // Away from the sun of sim/world_mjcf.cc, as far as the middle of the thing is high.
  const Eigen::Vector2d along_light(0.45, -0.35);
  for (const sim::SceneObject& object : world.scene().scene.objects) {
    if (!sim::DescriptorOf(object.kind).is_solid) continue;  // flat on the floor
    const Eigen::Vector3d position = world.BodyPosition(object.body);
    const double height_m = std::clamp(position.z(), 0.0, 0.5);
    Eigen::Vector3d center = position;
    center.head<2>() += 0.6 * height_m * along_light;
    const double radius_m =
        object.radius_m > 0.0 ? object.radius_m : world.scene().scene.robot_radius_m;
    out.discs.push_back({.center = OnFloor(center, kShadowHeight),
                         .radius_m = static_cast<float>(1.9 * radius_m),
                         .fill = {0.0F, 0.0F, 0.0F, 0.65F},
                         .ring = {0.0F, 0.0F, 0.0F, 0.0F},
                         .softness = 0.75F});
  }
}

void PaintHazards(const ViewWorld& world, bool field_beneath, PaintList& out) {
  const Eigen::Vector3d robot = world.BodyPosition(world.scene().scene.robot_body);
  world.ForEach(sim::SceneObjectKind::kHazard, [&](const auto& object, const auto& position) {
    const bool inside = (robot - position).template head<2>().norm() <= object.radius_m;
    const Rgba color = inside ? palette::kVermilion : palette::kBlue;
    out.discs.push_back({.center = OnFloor(position, kDiscHeight),
                         .radius_m = static_cast<float>(object.radius_m),
                         .fill = color.WithAlpha(inside          ? 0.55F
                                                 : field_beneath ? 0.0F
                                                                 : 0.42F),
                         .ring = inside ? palette::kOrange : palette::kHazardLine,
                         .ring_width_m = inside ? 0.022F : 0.014F,
                         .hatch_alpha = field_beneath ? 0.10F : 0.28F});
  });
}

void PaintKeepOut(const ViewWorld& world, PaintList& out) {
  const double robot_radius_m = world.scene().scene.robot_radius_m;
  const auto costs_something = [&](const sim::CostRule& rule) { return Charges(world, rule.kind); };
  for (const sim::SceneObjectKind kind : sim::AllObjectKinds()) {
    const sim::ObjectKind& known = sim::DescriptorOf(kind);
    if (!known.has_keep_out_ring || std::ranges::none_of(known.costs, costs_something)) continue;
    world.ForEach(kind, [&](const auto& object, const auto& position) {
      const auto radius = static_cast<float>(object.radius_m + robot_radius_m);
      out.discs.push_back({.center = OnFloor(position, kKeepOutHeight),
                           .radius_m = radius,
                           .ring = KindColor(kind).WithAlpha(0.55F),
                           .ring_width_m = 0.008F,
                           .dashes = std::max(12.0F, std::round(radius * 70.0F))});
    });
  }
}

void PaintGoal(const ViewWorld& world, PaintList& out) {
  world.ForEach(sim::SceneObjectKind::kGoal, [&](const auto& object, const auto& position) {
    const auto radius = static_cast<float>(object.radius_m);
    const Eigen::Vector3f center = OnFloor(position, kDiscHeight);
    out.discs.push_back({.center = center,
                         .radius_m = radius,
                         .fill = palette::kGreen.WithAlpha(0.45F),
                         .ring = palette::kGoalLine,
                         .ring_width_m = 0.022F});
    out.discs.push_back({.center = OnFloor(position, kRingHeight),
                         .radius_m = 0.45F * radius,
                         .ring = palette::kGoalLine.WithAlpha(0.8F),
                         .ring_width_m = 0.014F});
    out.AddBeam(center, radius, kBeamHeight, palette::kGoalLine.WithAlpha(0.30F));
    out.AddBeam(center, 0.07F * radius, 1.6F * kBeamHeight, palette::kGoalLine.WithAlpha(0.65F));
  });
}

void PaintVases(const ViewWorld& world, PaintList& out) {
  constexpr double kMoved = 0.01;  // metres, visible at all
  world.ForEach(sim::SceneObjectKind::kVase, [&](const auto& object, const auto& position) {
    const auto radius = static_cast<float>(1.6 * object.radius_m);
    out.discs.push_back({.center = OnFloor(position, kDiscHeight),
                         .radius_m = radius,
                         .fill = palette::kSkyBlue.WithAlpha(0.10F),
                         .ring = palette::kSkyBlue.WithAlpha(0.75F),
                         .ring_width_m = 0.010F});
    const std::optional<Eigen::Vector2d> reset = world.ResetPosition(object);
    if (!reset || (*reset - position.template head<2>()).norm() < kMoved) return;
    const Eigen::Vector3f from = OnFloor({reset->x(), reset->y(), 0.0}, kTrailHeight);
    out.discs.push_back({.center = from,
                         .radius_m = radius,
                         .ring = palette::kSkyBlue.WithAlpha(0.6F),
                         .ring_width_m = 0.008F,
                         .dashes = 14.0F});
    out.AddRibbon({{from, palette::kSkyBlue.WithAlpha(0.2F), 0.006F},
                   {OnFloor(position, kTrailHeight), palette::kSkyBlue.WithAlpha(0.8F), 0.006F}});
  });
}

void PaintSolids(const ViewWorld& world, PaintList& out) {
  world.ForEach(sim::SceneObjectKind::kPillar, [&](const auto& object, const auto& position) {
    out.discs.push_back({.center = OnFloor(position, kDiscHeight),
                         .radius_m = static_cast<float>(object.radius_m) + 0.03F,
                         .ring = palette::kWhite.WithAlpha(0.75F),
                         .ring_width_m = 0.022F});
  });
  world.ForEach(sim::SceneObjectKind::kWall, [&](const auto& object, const auto& position) {
    AddSquare(position, world.WorldFromBody(object.body), object.radius_m + 0.02,
              palette::kWhite.WithAlpha(0.75F), 0.011F, out);
  });
}

void PaintGremlins(const ViewWorld& world, PaintList& out) {
  constexpr float kAhead_rad = 0.9F;
  const auto travel_m = static_cast<float>(world.scene().header->config.gremlins_travel);
  const Rgba color = KindColor(sim::SceneObjectKind::kGremlin);
  world.ForEach(sim::SceneObjectKind::kGremlin, [&](const auto& object, const auto& position) {
    out.discs.push_back({.center = OnFloor(position, kDiscHeight),
                         .radius_m = static_cast<float>(1.6 * object.radius_m),
                         .fill = color.WithAlpha(0.12F),
                         .ring = color.WithAlpha(0.8F),
                         .ring_width_m = 0.010F});
    const std::optional<Eigen::Vector2d> middle = world.ResetPosition(object);
    if (!middle) return;
    const Eigen::Vector3f center = OnFloor({middle->x(), middle->y(), 0.0}, kTrailHeight);
    out.discs.push_back({.center = center,
                         .radius_m = travel_m,
                         .ring = color.WithAlpha(0.45F),
                         .ring_width_m = 0.008F,
                         .dashes = std::max(10.0F, std::round(travel_m * 60.0F))});
    // Where it goes next: the original drags them clockwise.
    const auto angle =
        static_cast<float>(std::atan2(position.y() - middle->y(), position.x() - middle->x()));
    AddArc(center, travel_m, angle, -kAhead_rad, color.WithAlpha(0.9F), 0.008F, out);
    const float end = angle - kAhead_rad;
    const Eigen::Vector3f tip =
        center + travel_m * Eigen::Vector3f(std::cos(end), std::sin(end), 0.0F);
    out.AddArrowHead(tip, {std::sin(end), -std::cos(end)}, 0.06F, color.WithAlpha(0.9F));
  });
}

void PaintButtons(const sim::StepRecord& step, const ViewWorld& world, PaintList& out) {
  const sim::SimState& state = *step.state;
  const int delay = std::max(1, world.scene().header->config.buttons_resampling_delay);
  const bool asleep = state.button_timer > 0;
  world.ForEach(sim::SceneObjectKind::kButton, [&](const auto& object, const auto& position) {
    const auto radius = static_cast<float>(1.7 * object.radius_m);
    const Eigen::Vector3f center = OnFloor(position, kDiscHeight);
    const bool goal = object.index == state.goal_button;
    const Rgba color = goal ? palette::kGoalLine : palette::kOrange;
    out.discs.push_back({.center = center,
                         .radius_m = radius,
                         .fill = color.WithAlpha(goal ? 0.40F : 0.10F),
                         .ring = color.WithAlpha(asleep ? 0.35F : 0.9F),
                         .ring_width_m = goal ? 0.022F : 0.010F,
                         .dashes = asleep ? 12.0F : 0.0F});
    // The time that is left until buttons count, as a clock hand's way.
    if (asleep) {
      const float left = static_cast<float>(state.button_timer) / static_cast<float>(delay);
      AddArc(OnFloor(position, kRingHeight), radius + 0.03F, 0.5F * pi_v<float>,
             2.0F * pi_v<float> * std::min(left, 1.0F), palette::kWhite.WithAlpha(0.85F), 0.010F,
             out);
    }
    if (!goal) return;
    out.balls.push_back({.center = position.template cast<float>(),
                         .radius_m = static_cast<float>(1.35 * object.radius_m),
                         .color = palette::kGoalLine.WithAlpha(0.30F)});
    out.AddBeam(center, radius, kBeamHeight, palette::kGoalLine.WithAlpha(0.30F));
    out.AddBeam(center, 0.12F * radius, 1.6F * kBeamHeight, palette::kGoalLine.WithAlpha(0.65F));
  });
}

}  // namespace lookout::ui
