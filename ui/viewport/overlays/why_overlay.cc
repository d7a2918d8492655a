#include "ui/viewport/overlays/why_overlay.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "ui/viewport/overlays/floor_layers.h"
#include "ui/viewport/overlays/ghost.h"
#include "ui/viewport/overlays/lidar_overlay.h"

namespace lookout::ui {
namespace {

constexpr Rgba kForUnsafe = palette::kVermilion;
constexpr Rgba kForSafe = palette::kGoalLine;
constexpr Rgba kForMore = palette::kSkyBlue;  // of a number that is no danger
constexpr Rgba kForLess = palette::kOrange;
constexpr double kLeastShown = 0.03;  // of the greatest, below which nothing is drawn
constexpr float kTallest_m = 0.62F;
constexpr float kLowest_m = 0.04F;

Rgba ColorOf(double contribution, bool is_danger) {
  if (is_danger) return contribution > 0.0 ? kForUnsafe : kForSafe;
  return contribution > 0.0 ? kForMore : kForLess;
}

constexpr float kColumnRadius = 0.62F;  // of its object's

// How much of the walls and of the lid covers what is behind.
struct Cover {
  float walls, lid;
};
constexpr Cover kUsually{0.6F, 0.75F};
constexpr Cover kWhilePointedAt{0.85F, 0.95F};
constexpr Cover kBeforeTheRobot{0.16F, 0.22F};

// A column with a lid, so that its height is seen from above, too.
void PaintColumn(const Eigen::Vector3d& at, float radius, float height, Rgba color, Cover cover,
                 PaintList& out) {
  const Eigen::Vector3f foot = OnFloor(at, kRingHeight);
  const Eigen::Vector3f top = foot + height * Eigen::Vector3f::UnitZ();
  // Walls fade upwards: a second one keeps the upper half from vanishing.
  out.AddBeam(foot, radius, 1.6F * height, color.WithAlpha(cover.walls));
  out.discs.push_back({.center = top,
                       .radius_m = radius,
                       .fill = color.WithAlpha(cover.lid),
                       .ring = Mix(color, palette::kWhite, 0.45F),
                       .ring_width_m = 0.014F});
}

// The mouse is on it in the panel.
void PaintPointed(const Eigen::Vector3d& at, double radius_m, const ViewOptions& options,
                  PaintList& out) {
  const Rgba color = options.light ? palette::kInk : palette::kWhite;
  out.discs.push_back({.center = OnFloor(at, kRingHeight),
                       .radius_m = static_cast<float>(1.25 * radius_m + 0.03),
                       .fill = color.WithAlpha(0.16F),
                       .ring = color.WithAlpha(0.95F),
                       .ring_width_m = 0.024F});
  out.AddBeam(OnFloor(at, kRingHeight), static_cast<float>(1.25 * radius_m + 0.03), 0.9F,
              color.WithAlpha(0.30F));
}

void PaintObjects(const MomentExplained& why, const ViewOptions& options, const ViewWorld& world,
                  const Eigen::Vector3d& eye, PaintList& out) {
  const ContributionsShown shown = why.ShownOf(options.explained_number);
  const agents::ObjectContributions& found = shown.objects;
  const auto& objects = world.scene().scene.objects;
  const double largest = LargestContribution(found);
  const Eigen::Vector3d robot = world.BodyPosition(world.scene().scene.robot_body);
  for (const agents::ObjectContribution& one : found.objects) {
    const auto index = static_cast<std::size_t>(one.object);
    if (index >= objects.size()) continue;
    const Eigen::Vector3d at = world.BodyPosition(objects[index].body);
    const double radius_m = std::max(objects[index].radius_m, 0.08);
    const bool pointed = one.object == options.pointed_object;
    if (pointed) PaintPointed(at, radius_m, options, out);
    const double contribution = ContributionShown(one);
    if (!IsWorthDrawing(contribution, largest)) continue;
    const auto radius = static_cast<float>(kColumnRadius * radius_m);
    const float height = ColumnHeight(contribution, largest);
    const Cover unpointed =
        StandsBefore(robot, eye, at, radius, height) ? kBeforeTheRobot : kUsually;
    PaintColumn(at, radius, height, ColorOf(contribution, shown.is_danger),
                pointed ? kWhilePointedAt : unpointed, out);
  }
}

// Of one bin, outward from its ball: as long as what it accounts for is large.
void PaintRay(const Eigen::Vector3f& ball, const Eigen::Vector3f& outward, double share, Rgba color,
              PaintList& out) {
  constexpr float kLongest_m = 0.34F;
  constexpr float kShortest_m = 0.03F;
  const auto size = static_cast<float>(share);
  const float length = kShortest_m + kLongest_m * size;
  const Eigen::Vector3f tip = ball + length * outward;
  const float half_width_m = 0.010F + 0.014F * size;
  out.AddRibbon(
      {{ball, color.WithAlpha(0.95F), half_width_m}, {tip, color.WithAlpha(0.85F), half_width_m}});
  out.balls.push_back(
      {.center = tip, .radius_m = 1.5F * half_width_m, .color = color.WithAlpha(0.95F)});
}

// values: of every value of the observation, which the rays on the halos are as long as; color_of:
// of one of them.
template <typename ColorOfValue>
void PaintRays(const Eigen::VectorXd& values, const ViewWorld& world, PaintList& out,
               ColorOfValue color_of) {
  const sim::SceneDescription& description = world.scene().scene;
  const sim::EnvironmentConfig& config = world.scene().header->config;
  double largest = 0.0;
  for (const sim::LidarRing& ring : description.lidar_rings) {
    if (ring.observation_offset + ring.bins > values.size()) return;
    const auto bins = values.segment(ring.observation_offset, ring.bins);
    largest = std::max(largest, bins.cwiseAbs().maxCoeff());
  }
  if (largest <= 0.0) return;
  const Eigen::Vector3d robot = world.BodyPosition(description.robot_body);
  const Eigen::Matrix3d world_from_robot = world.WorldFromBody(description.robot_body);
  double height_m = config.render_lidar_offset_init;
  for (const sim::LidarRing& ring : StackedRings(description)) {
    for (int bin = 0; bin < ring.bins; ++bin) {
      const double value = values[ring.observation_offset + bin];
      if (std::abs(value) < kLeastShown * largest) continue;
      const double angle = 2.0 * std::numbers::pi * (bin + 0.5) / ring.bins;
      const Eigen::Vector3d outward(std::cos(angle), std::sin(angle), 0.0);
      const Eigen::Vector3d ball =
          robot + world_from_robot *
                      (config.render_lidar_radius * outward + height_m * Eigen::Vector3d::UnitZ());
      PaintRay(ball.cast<float>(), (world_from_robot * outward).cast<float>(),
               std::abs(value) / largest, color_of(ring.observation_offset + bin), out);
    }
    height_m += config.render_lidar_offset_delta;
  }
}

void PaintInputs(const ContributionsShown& shown, const ViewWorld& world, PaintList& out) {
  const Eigen::VectorXd& values = shown.inputs.values;
  PaintRays(values, world, out,
            [&](Eigen::Index i) { return ColorOf(values[i], shown.is_danger); });
}

// As long as what the change brings about; which way it goes has a colour each.
void PaintChanges(const agents::SensorAttack& attack, const ViewWorld& world, PaintList& out) {
  PaintRays(attack.effects, world, out,
            [&](Eigen::Index i) { return ColorOf(attack.change[i], /*is_danger=*/false); });
}

Rgba VerdictAfter(const MomentExplained& why) {
  return why.explanation.is_unsafe ? kForSafe : kForUnsafe;
}

// From where the robot stands to where the smallest move puts it, and where it would look.
void PaintMove(const MomentExplained& why, const ViewWorld& world, PaintList& out) {
  const agents::Counterfactual& move = why.explanation.any_move;
  if (!move.found) return;
  const Rgba color = VerdictAfter(why);
  const double radius_m = world.scene().scene.robot_radius_m;
  const Eigen::Vector3d here = world.BodyPosition(world.scene().scene.robot_body);
  const Eigen::Vector3d there(move.pose.x_m, move.pose.y_m, 0.0);
  const Eigen::Vector3f foot = OnFloor(there, kRingHeight);
  out.discs.push_back({.center = foot,
                       .radius_m = static_cast<float>(1.5 * radius_m),
                       .fill = color.WithAlpha(0.12F),
                       .ring = color.WithAlpha(0.95F),
                       .ring_width_m = 0.014F,
                       .dashes = 18.0F});
  const Eigen::Vector3f looks(static_cast<float>(std::cos(move.pose.heading_rad)),
                              static_cast<float>(std::sin(move.pose.heading_rad)), 0.0F);
  const auto edge = static_cast<float>(1.5 * radius_m);
  out.AddArrowHead(foot + (edge + 0.09F) * looks, looks.head<2>(), 0.08F, color.WithAlpha(0.95F));
  const Eigen::Vector3f way = foot - OnFloor(here, kRingHeight);
  if (way.norm() < 0.02F) return;
  out.AddRibbon({{OnFloor(here, kRingHeight), color.WithAlpha(0.35F), 0.016F},
                 {foot, color.WithAlpha(0.95F), 0.016F}});
}

}  // namespace

double ContributionShown(const agents::ObjectContribution& one) {
  return one.shares ? one.shapley : one.removal;
}

double LargestContribution(const agents::ObjectContributions& all) {
  double largest = 0.0;
  for (const agents::ObjectContribution& one : all.objects) {
    largest = std::max(largest, std::abs(ContributionShown(one)));
  }
  return largest;
}

bool IsWorthDrawing(double contribution, double largest) {
  return largest > 0.0 && std::abs(contribution) >= kLeastShown * largest;
}

float ColumnHeight(double contribution, double largest) {
  const double share = largest > 0.0 ? std::abs(contribution) / largest : 0.0;
  return kLowest_m + kTallest_m * static_cast<float>(share);
}

bool StandsBefore(const Eigen::Vector3d& robot, const Eigen::Vector3d& eye,
                  const Eigen::Vector3d& column, double radius_m, double height_m) {
  constexpr double kRobotRadius_m = 0.15;
  const Eigen::Vector3d sight = robot - eye;
  const Eigen::Vector2d across = sight.head<2>();
  const double length2 = across.squaredNorm();
  if (length2 < 1e-6) return false;  // from above
  const Eigen::Vector2d to_column = (column - eye).head<2>();
  const double share = to_column.dot(across) / length2;  // of the way to the robot
  if (share <= 0.0 || share >= 1.0) return false;
  const double aside_m = (to_column - share * across).norm();
  const double sight_height_m = eye.z() + share * sight.z();
  return aside_m < radius_m + kRobotRadius_m && sight_height_m < height_m + kRobotRadius_m;
}

void PaintWhy(const ViewInput& input, const ViewOptions& options, const ViewWorld& world,
              const Eigen::Vector3d& eye, PaintList& out) {
  if (!options.overlays.why || input.why == nullptr) return;
  PaintObjects(*input.why, options, world, eye, out);
  if (input.sensors != nullptr) {
    PaintChanges(input.sensors->attack, world, out);
  } else {
    PaintInputs(input.why->ShownOf(options.explained_number), world, out);
  }
  PaintMove(*input.why, world, out);
}

void MovedRobots::AddTo(const ViewInput& input, const ViewOptions& options, const ViewWorld& world,
                        mjvScene& scene, PaintList& out) {
  if (!options.overlays.why) return;
  if (input.why != nullptr && input.why->moved != nullptr) {
    moved_.Show(input.scene, *input.why->moved);
    AddGhostBodies(moved_, world, scene, VerdictAfter(*input.why).WithAlpha(0.55F));
  }
  if (input.counterexample == nullptr) return;
  counterexample_.Show(input.scene, *input.counterexample);
  AddGhostBodies(counterexample_, world, scene, palette::kYellow.WithAlpha(0.65F));
  const Eigen::Vector3d at = counterexample_.BodyPosition(counterexample_.scene().scene.robot_body);
  out.discs.push_back({.center = OnFloor(at, kRingHeight),
                       .radius_m = static_cast<float>(2.0 * world.scene().scene.robot_radius_m),
                       .fill = palette::kYellow.WithAlpha(0.14F),
                       .ring = palette::kYellow.WithAlpha(0.95F),
                       .ring_width_m = 0.020F,
                       .dashes = 12.0F});
}

}  // namespace lookout::ui
