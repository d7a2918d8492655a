#include "ui/viewport/overlays/lidar_overlay.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <numbers>

namespace lookout::ui {
namespace {

using Kind = sim::SceneObjectKind;

// From the lowest halo to the highest, as Safety Gym stacks them.
constexpr std::array kStack{Kind::kBox,    Kind::kGoal,    Kind::kButton,
                            Kind::kCircle, Kind::kWall,    Kind::kHazard,
                            Kind::kPillar, Kind::kGremlin, Kind::kVase};

}  // namespace

std::vector<sim::LidarRing> StackedRings(const sim::SceneDescription& scene) {
  std::vector<sim::LidarRing> rings = scene.lidar_rings;
  const auto level = [](const sim::LidarRing& ring) {
    return std::ranges::find(kStack, ring.kind) - kStack.begin();
  };
  std::ranges::stable_sort(rings, {}, level);
  return rings;
}

void PaintLidar(const ViewInput& input, const ViewWorld& world, PaintList& out) {
  const sim::SceneDescription& description = world.scene().scene;
  const sim::EnvironmentConfig& config = world.scene().header->config;
  const Eigen::Vector3d robot = world.BodyPosition(description.robot_body);
  const Eigen::Matrix3d world_from_robot = world.WorldFromBody(description.robot_body);
  double height_m = config.render_lidar_offset_init;
  for (const sim::LidarRing& ring : StackedRings(description)) {
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

}  // namespace lookout::ui
