#include "ui/viewport/overlays/task_overlays.h"

#include <algorithm>
#include <cmath>
#include <numbers>
#include <vector>

#include "ui/viewport/overlays/floor_layers.h"

namespace lookout::ui {
namespace {

// A dashed line on the floor with an arrow head at its end.
void AddDashedArrow(const Eigen::Vector3f& from, const Eigen::Vector3f& to, Rgba color,
                    PaintList& out) {
  constexpr float kDash_m = 0.09F;
  constexpr float kHalfWidth_m = 0.011F;
  constexpr float kHead_m = 0.11F;
  const Eigen::Vector3f way = to - from;
  const float length = way.norm();
  if (length < kHead_m) return;
  const Eigen::Vector3f along = way / length;
  for (float at = 0.0F; at < length - kHead_m; at += 2.0F * kDash_m) {
    const float end = std::min(at + kDash_m, length - kHead_m);
    out.AddRibbon(
        {{from + at * along, color, kHalfWidth_m}, {from + end * along, color, kHalfWidth_m}});
  }
  out.AddArrowHead(to, along.head<2>(), kHead_m, color);
}

void PaintPush(const sim::StepRecord& step, const ViewWorld& world, PaintList& out) {
  const double goal_size_m = world.scene().header->config.goal_size;
  world.ForEach(sim::SceneObjectKind::kBox, [&](const auto& object, const auto& position) {
    const auto radius = static_cast<float>(1.5 * object.radius_m);
    const bool home = (position - step.state->goal_position_in_world).norm() <= goal_size_m;
    const Rgba color = home ? palette::kGoalLine : palette::kYellow;
    out.discs.push_back({.center = OnFloor(position, kDiscHeight),
                         .radius_m = radius,
                         .fill = color.WithAlpha(0.10F),
                         .ring = color.WithAlpha(0.85F),
                         .ring_width_m = 0.014F});
    const Eigen::Vector3f from = OnFloor(position, kRingHeight);
    const Eigen::Vector3f to = OnFloor(step.state->goal_position_in_world, kRingHeight);
    const Eigen::Vector3f way = to - from;
    if (way.norm() <= radius) return;
    AddDashedArrow(from + radius * way.normalized(), to, palette::kYellow.WithAlpha(0.75F), out);
  });
}

void PaintCircle(const ViewWorld& world, PaintList& out) {
  constexpr int kArrows = 6;
  world.ForEach(sim::SceneObjectKind::kCircle, [&](const auto& object, const auto& position) {
    const auto radius = static_cast<float>(object.radius_m);
    const Eigen::Vector3f center = OnFloor(position, kDiscHeight);
    out.discs.push_back({.center = center,
                         .radius_m = radius,
                         .fill = palette::kGreen.WithAlpha(0.10F),
                         .ring = palette::kGoalLine.WithAlpha(0.9F),
                         .ring_width_m = 0.022F});
    out.discs.push_back({.center = center,
                         .radius_m = 0.035F,
                         .fill = palette::kGoalLine.WithAlpha(0.8F),
                         .ring = palette::kGoalLine});
    // Rewarded the counter-clockwise way.
    for (int i = 0; i < kArrows; ++i) {
      const float angle =
          2.0F * std::numbers::pi_v<float> * static_cast<float>(i) / static_cast<float>(kArrows);
      const Eigen::Vector3f at =
          OnFloor(position, kRingHeight) +
          (radius - 0.011F) * Eigen::Vector3f(std::cos(angle), std::sin(angle), 0.0F);
      const Eigen::Vector2f forward(-std::sin(angle), std::cos(angle));
      const Eigen::Vector3f tip = at + 0.08F * Eigen::Vector3f(forward.x(), forward.y(), 0.0F);
      out.AddArrowHead(tip, forward, 0.16F, palette::kGoalLine);
    }
  });
}

// Chevrons that run ahead of the robot along the world's x axis.
void PaintRun(const ViewWorld& world, PaintList& out) {
  constexpr int kChevrons = 5;
  constexpr float kApart_m = 0.35F;
  constexpr float kFirst_m = 0.45F;
  const int robot = world.scene().scene.robot_body;
  const Eigen::Vector3f center = OnFloor(world.BodyPosition(robot), kTrailHeight);
  for (int i = 0; i < kChevrons; ++i) {
    const float ahead = kFirst_m + kApart_m * static_cast<float>(i);
    const float fade = 1.0F - static_cast<float>(i) / kChevrons;
    const Rgba color = palette::kGoalLine.WithAlpha(0.75F * fade);
    const Eigen::Vector3f tip = center + Eigen::Vector3f(ahead, 0.0F, 0.0F);
    for (const float side : {1.0F, -1.0F}) {
      out.AddRibbon({{tip + Eigen::Vector3f(-0.14F, side * 0.14F, 0.0F), color, 0.016F},
                     {tip, color, 0.016F}});
    }
  }
}

void PaintJump(const ViewWorld& world, PaintList& out) {
  const sim::SceneDescription& scene = world.scene().scene;
  out.AddBeam(OnFloor(world.BodyPosition(scene.robot_body), kRingHeight),
              static_cast<float>(1.5 * scene.robot_radius_m), 1.5F * kBeamHeight,
              palette::kGoalLine.WithAlpha(0.35F));
}

}  // namespace

void PaintTask(const sim::StepRecord& step, const ViewWorld& world, PaintList& out) {
  switch (world.scene().header->config.task) {
    case sim::Task::kPush:
      return PaintPush(step, world, out);
    case sim::Task::kCircle:
      return PaintCircle(world, out);
    case sim::Task::kX:
      return PaintRun(world, out);
    case sim::Task::kZ:
      return PaintJump(world, out);
    case sim::Task::kGoal:
    case sim::Task::kButton:
    case sim::Task::kNone:
      return;
  }
}

}  // namespace lookout::ui
