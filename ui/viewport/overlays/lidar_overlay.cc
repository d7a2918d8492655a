#include "ui/viewport/overlays/lidar_overlay.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "sim/objects/object_kinds.h"
namespace lookout::ui {
std::vector<sim::LidarRing> StackedRings(const sim::SceneDescription& scene) {
  std::vector<sim::LidarRing> rings = scene.lidar_rings;
  const auto level = [](const sim::LidarRing& ring) {
    return sim::DescriptorOf(ring.kind).lidar.level;
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
