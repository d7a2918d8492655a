#include "ui/viewport/scene/see_through.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <span>

namespace lookout::ui {
namespace {

constexpr float kGlass = 0.22F;
constexpr double kRobotHalfWidth_m = 0.12;

bool IsSolid(const sim::SceneObject* object) {
  return object != nullptr && (object->kind == sim::SceneObjectKind::kWall ||
                               object->kind == sim::SceneObjectKind::kPillar);
}

}  // namespace

bool LiesBehind(const mjvGeom& geom, const Eigen::Vector3d& eye, const Eigen::Vector3d& point) {
  using RowMajor = Eigen::Matrix<float, 3, 3, Eigen::RowMajor>;
  const Eigen::Matrix3d world_from_geom = Eigen::Map<const RowMajor>(geom.mat).cast<double>();
  const Eigen::Vector3d centre = Eigen::Map<const Eigen::Vector3f>(geom.pos).cast<double>();
  const Eigen::Vector3d half = Eigen::Map<const Eigen::Vector3f>(geom.size).cast<double>();
  const Eigen::Vector3d from = world_from_geom.transpose() * (eye - centre);
  const Eigen::Vector3d way = world_from_geom.transpose() * (point - eye);
  double enters = 0.0;  // shares of the way
  double leaves = 1.0;
  for (int axis = 0; axis < 3; ++axis) {
    if (std::abs(way[axis]) < 1e-9) {
      if (std::abs(from[axis]) > half[axis]) return false;
      continue;
    }
    const double one = (-half[axis] - from[axis]) / way[axis];
    const double other = (half[axis] - from[axis]) / way[axis];
    enters = std::max(enters, std::min(one, other));
    leaves = std::min(leaves, std::max(one, other));
  }
  return enters < leaves && leaves < 1.0;
}

void SeeThroughToRobot(const ViewWorld& world, const Eigen::Vector3d& eye, mjvScene& scene) {
  const Eigen::Vector3d robot = world.BodyPosition(world.scene().scene.robot_body);
  const Eigen::Vector3d sight = robot - eye;
  const Eigen::Vector3d aside =
      kRobotHalfWidth_m * Eigen::Vector3d(-sight.y(), sight.x(), 0.0).stableNormalized();
  const std::array<Eigen::Vector3d, 3> seen{robot, robot + aside, robot - aside};
  for (mjvGeom& geom : std::span(scene.geoms, static_cast<std::size_t>(scene.ngeom))) {
    if (geom.objtype != mjOBJ_GEOM || geom.objid < 0) continue;
    if (!IsSolid(world.ObjectOfBody(world.model()->geom_bodyid[geom.objid]))) continue;
    const auto behind = [&](const Eigen::Vector3d& point) { return LiesBehind(geom, eye, point); };
    if (!std::ranges::any_of(seen, behind)) continue;
    geom.rgba[3] *= kGlass;
    geom.transparent = 1;
  }
}

}  // namespace lookout::ui
