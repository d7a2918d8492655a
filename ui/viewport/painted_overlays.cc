#include "ui/viewport/painted_overlays.h"

#include <Eigen/Geometry>
#include <algorithm>
#include <cmath>
#include <numbers>

#include "ui/viewport/field_paint.h"

namespace lookout::ui {
namespace {

// Heights above the floor, so that layers do not fight for the same depth.
constexpr float kShadowHeight = 0.003F;
constexpr float kTrailHeight = 0.004F;
constexpr float kKeepOutHeight = 0.005F;
constexpr float kDiscHeight = 0.006F;
constexpr float kRingHeight = 0.007F;
constexpr float kBeamHeight = 0.75F;

Eigen::Vector3f OnFloor(const Eigen::Vector3d& position, float height) {
  return {static_cast<float>(position.x()), static_cast<float>(position.y()), height};
}

// Calls visit(object, position) for every object of a kind.
template <typename Visit>
void ForEach(const ViewWorld& world, sim::SceneObjectKind kind, Visit&& visit) {
  for (const sim::SceneObject& object : world.scene().scene.objects) {
    if (object.kind == kind) visit(object, world.BodyPosition(object.body));
  }
}

bool Charges(const ViewWorld& world, sim::CostKind kind) {
  const std::vector<sim::CostKind>& kinds = world.scene().spec.cost_kinds;
  return std::find(kinds.begin(), kinds.end(), kind) != kinds.end();
}

// The kind with the largest cost of a step; none if the step was free.
std::optional<sim::CostKind> WorstCost(const sim::Costs& costs) {
  const auto worst = std::max_element(costs.by_kind.begin(), costs.by_kind.end());
  if (*worst <= 0.0) return std::nullopt;
  return static_cast<sim::CostKind>(worst - costs.by_kind.begin());
}

}  // namespace

void PaintShadows(const ViewWorld& world, PaintList& out) {
  // Away from the sun of sim/world_mjcf.cc, as far as the middle of the thing is high.
  const Eigen::Vector2d along_light(0.45, -0.35);
  for (const sim::SceneObject& object : world.scene().scene.objects) {
    const bool flat = object.kind == sim::SceneObjectKind::kGoal ||
                      object.kind == sim::SceneObjectKind::kHazard ||
                      object.kind == sim::SceneObjectKind::kCircle;
    if (flat) continue;
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
  ForEach(world, sim::SceneObjectKind::kHazard, [&](const auto& object, const auto& position) {
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
  using Kind = sim::SceneObjectKind;
  const double robot_radius_m = world.scene().scene.robot_radius_m;
  const auto paint = [&](Kind kind, bool wanted) {
    if (!wanted) return;
    ForEach(world, kind, [&](const auto& object, const auto& position) {
      const auto radius = static_cast<float>(object.radius_m + robot_radius_m);
      out.discs.push_back({.center = OnFloor(position, kKeepOutHeight),
                           .radius_m = radius,
                           .ring = KindColor(kind).WithAlpha(0.55F),
                           .ring_width_m = 0.008F,
                           .dashes = std::max(12.0F, std::round(radius * 70.0F))});
    });
  };
  paint(Kind::kHazard, true);
  paint(Kind::kGremlin, Charges(world, sim::CostKind::kGremlins));
  paint(Kind::kPillar, Charges(world, sim::CostKind::kPillars));
  paint(Kind::kButton, Charges(world, sim::CostKind::kButtons));
}

void PaintGoal(const ViewWorld& world, PaintList& out) {
  ForEach(world, sim::SceneObjectKind::kGoal, [&](const auto& object, const auto& position) {
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
  ForEach(world, sim::SceneObjectKind::kVase, [&](const auto& object, const auto& position) {
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

namespace {

constexpr float kTrailHop_m = 0.006F;  // points closer than this are merged
constexpr float kTrailGap_m = 0.35F;   // a longer hop was no driving: the line breaks
constexpr float kTrailWidth_m = 0.011F;

// Collects the points of the trail and hands each unbroken piece to the list.
class TrailBuilder {
 public:
  explicit TrailBuilder(PaintList& out) : out_(out) {}
  ~TrailBuilder() { Finish(); }
  TrailBuilder(const TrailBuilder&) = delete;
  TrailBuilder& operator=(const TrailBuilder&) = delete;

  // age: 0 for the newest, 1 for the oldest point.
  void Add(const Eigen::Vector2f& at, bool cost, float age) {
    const Eigen::Vector3f position(at.x(), at.y(), kTrailHeight);
    cost_since_point_ = cost_since_point_ || cost;
    if (!points_.empty()) {
      const float hop = (position - points_.back().position).norm();
      if (hop < kTrailHop_m && cost_since_point_ == last_cost_) return;
      if (hop > kTrailGap_m) Finish();
    }
    const float fade = 1.0F - age * age;
    const Rgba color = cost_since_point_ ? palette::kVermilion.WithAlpha(0.35F + 0.65F * fade)
                                         : palette::kWhite.WithAlpha(0.70F * fade);
    points_.push_back({position, color, cost_since_point_ ? 2.2F * kTrailWidth_m : kTrailWidth_m});
    last_cost_ = cost_since_point_;
    cost_since_point_ = false;
  }

 private:
  void Finish() {
    out_.AddRibbon(points_);
    points_.clear();
  }

  PaintList& out_;
  std::vector<PaintList::RibbonPoint> points_;
  bool cost_since_point_ = false;
  bool last_cost_ = false;
};

}  // namespace

void PaintTrail(const ViewInput& input, int steps, PaintList& out) {
  if (steps <= 0) return;
  TrailBuilder trail(out);
  const auto age_of = [&](StepIndex step) {
    return static_cast<float>(input.playhead - step) / static_cast<float>(steps);
  };
  if (input.track != nullptr) {
    const StepIndex last = std::min(input.playhead - 1, input.track->steps() - 1);
    for (StepIndex i = std::max(0, input.playhead - steps); i <= last; ++i) {
      const sim::StepRecord& step = input.track->step(i);
      trail.Add(step.robot_xy_m, step.costs.total > 0.0, age_of(i));
    }
  }
  trail.Add(input.step->robot_xy_m, input.step->costs.total > 0.0, 0.0F);
}

void PaintVelocity(const ViewWorld& world, PaintList& out) {
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
  out.AddRibbon({{center, palette::kWhite.WithAlpha(0.3F), kHalfWidth_m},
                 {tip - kHead_m * along, palette::kWhite.WithAlpha(0.95F), kHalfWidth_m}});
  out.AddArrowHead(tip, direction, kHead_m, palette::kWhite.WithAlpha(0.95F));
}

void PaintTurn(const ViewInput& input, const ViewWorld& world, PaintList& out) {
  const sim::StepRecord& step = *input.step;
  if (step.executed_action.size() != 2) return;
  if (world.scene().header->config.robot_base != sim::RobotKind::kPoint) return;
  const auto turn = static_cast<float>(std::clamp(step.executed_action[1], -1.0, 1.0));
  if (std::abs(turn) < 0.03F) return;

  constexpr float kRadius_m = 0.22F;
  constexpr float kFullTurn = 1.9F;  // radians of arc at an action of 1
  constexpr int kPieces = 20;
  const int robot = world.scene().scene.robot_body;
  const Eigen::Vector3f center = OnFloor(world.BodyPosition(robot), kRingHeight);
  const Eigen::Matrix3d rotation = world.WorldFromBody(robot);
  const auto heading = static_cast<float>(std::atan2(rotation(1, 0), rotation(0, 0)));
  const auto radial = [&](float angle) {
    return Eigen::Vector3f(std::cos(angle), std::sin(angle), 0.0F);
  };
  std::vector<PaintList::RibbonPoint> arc;
  for (int i = 0; i <= kPieces; ++i) {
    const float along = static_cast<float>(i) / kPieces;
    arc.push_back({center + kRadius_m * radial(heading + along * turn * kFullTurn),
                   palette::kYellow.WithAlpha(0.25F + 0.65F * along), 0.012F});
  }
  out.AddRibbon(arc);
  const float end = heading + turn * kFullTurn;
  const float sign = turn > 0.0F ? 1.0F : -1.0F;
  const Eigen::Vector2f forward(-sign * std::sin(end), sign * std::cos(end));
  const Eigen::Vector3f tip =
      center + kRadius_m * radial(end) + 0.06F * Eigen::Vector3f(forward.x(), forward.y(), 0.0F);
  out.AddArrowHead(tip, forward, 0.07F, palette::kYellow.WithAlpha(0.9F));
}

void PaintContact(const ViewInput& input, const ViewWorld& world, PaintList& out) {
  const std::optional<sim::CostKind> kind = WorstCost(input.step->costs);
  if (!kind) return;
  const sim::SceneDescription& scene = world.scene().scene;
  const Eigen::Vector3d robot = world.BodyPosition(scene.robot_body);
  const auto radius = static_cast<float>(scene.robot_radius_m);
  const Rgba color = LookOfCost(*kind).color;
  out.discs.push_back({.center = OnFloor(robot, kRingHeight),
                       .radius_m = radius * 1.7F,
                       .fill = color.WithAlpha(0.35F),
                       .ring = palette::kWhite,
                       .ring_width_m = 0.018F});
}

void PaintLidar(const ViewInput& input, const ViewWorld& world, PaintList& out) {
  const sim::SceneDescription& description = world.scene().scene;
  const sim::EnvironmentConfig& config = world.scene().header->config;
  const Eigen::Vector3d robot = world.BodyPosition(description.robot_body);
  const Eigen::Matrix3d world_from_robot = world.WorldFromBody(description.robot_body);
  double height_m = config.render_lidar_offset_init;
  for (const sim::LidarRing& ring : description.lidar_rings) {
    if (ring.observation_offset + ring.bins > input.step->observation.size()) continue;
    for (int bin = 0; bin < ring.bins; ++bin) {
      const double angle = 2.0 * std::numbers::pi * (bin + 0.5) / ring.bins;
      const Eigen::Vector3d in_robot(config.render_lidar_radius * std::cos(angle),
                                     config.render_lidar_radius * std::sin(angle), height_m);
      const float reading = input.step->observation[ring.observation_offset + bin];
      const float alpha = std::clamp(reading + 0.1F, 0.0F, 1.0F);
      const Eigen::Vector3d center = robot + world_from_robot * in_robot;
      out.balls.push_back({.center = center.cast<float>(),
                           .radius_m = static_cast<float>(config.render_lidar_size),
                           .color = KindColor(ring.kind).WithAlpha(alpha)});
    }
    height_m += config.render_lidar_offset_delta;
  }
}

void PaintOverlays(const ViewInput& input, const ViewOptions& options, const ViewWorld& world,
                   int selected_body, PaintList& out) {
  const OverlayFlags& show = options.overlays;
  if (show.trail) PaintTrail(input, options.trail_steps, out);
  if (show.keep_out) PaintKeepOut(world, out);
  if (show.hazards) PaintHazards(world, show.field && HasField(input), out);
  if (show.vases) PaintVases(world, out);
  if (show.goal) PaintGoal(world, out);
  if (show.velocity) PaintVelocity(world, out);
  if (show.action) PaintTurn(input, world, out);
  if (show.lidar) PaintLidar(input, world, out);
  if (show.contact) PaintContact(input, world, out);
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
