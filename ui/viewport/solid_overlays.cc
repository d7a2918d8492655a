#include "ui/viewport/solid_overlays.h"

#include <algorithm>

#include "ui/viewport/palette.h"

namespace lookout::ui {
namespace {

constexpr double kActionLength_m = 0.42;  // at full forward action
constexpr double kShortestArrow_m = 0.02;
constexpr double kArrowWidth_m = 0.017;

// The next free geom, or nullptr when the scene is full.
mjvGeom* NextGeom(mjvScene& scene) {
  return scene.ngeom < scene.maxgeom ? &scene.geoms[scene.ngeom++] : nullptr;
}

void Decorate(mjvGeom& geom, Rgba color, float emission) {
  const float rgba[4] = {color.r, color.g, color.b, color.a};
  std::copy_n(rgba, 4, geom.rgba);
  geom.category = mjCAT_DECOR;
  geom.objtype = mjOBJ_UNKNOWN;
  geom.objid = -1;
  geom.emission = emission;
  geom.specular = 0.2F;
  geom.shininess = 0.3F;
}

void AddArrow(const Eigen::Vector3d& from, const Eigen::Vector3d& along, Rgba color,
              mjvScene& scene) {
  if (along.norm() < kShortestArrow_m) return;
  mjvGeom* geom = NextGeom(scene);
  if (geom == nullptr) return;
  mjv_initGeom(geom, mjGEOM_NONE, nullptr, nullptr, nullptr, nullptr);
  const Eigen::Vector3d to = from + along;
  mjv_makeConnector(geom, mjGEOM_ARROW, kArrowWidth_m, from.x(), from.y(), from.z(), to.x(), to.y(),
                    to.z());
  Decorate(*geom, color, 0.45F);
}

// Forward in the world per action, by robot: what the two motors do together to the body.
double ForwardOf(sim::RobotKind robot, double first, double second) {
  if (robot == sim::RobotKind::kCar) return 0.5 * (first + second);
  return first;
}

Eigen::Vector3d ArrowBase(const ViewWorld& world, double height_m) {
  const sim::SceneDescription& scene = world.scene().scene;
  return world.BodyPosition(scene.robot_body) + Eigen::Vector3d(0, 0, height_m);
}

}  // namespace

void AddActionArrows(const ViewInput& input, const ViewWorld& world, mjvScene& scene) {
  const sim::StepRecord& step = *input.step;
  const sim::RobotKind kind = world.scene().header->config.robot_base;
  if (step.executed_action.size() != 2 || kind == sim::RobotKind::kDoggo) return;
  const sim::SceneDescription& description = world.scene().scene;
  const Eigen::Vector3d heading = world.WorldFromBody(description.robot_body).col(0);
  const Eigen::Vector3d base = ArrowBase(world, 1.35 * description.robot_radius_m);

  const double executed = ForwardOf(kind, step.executed_action[0], step.executed_action[1]);
  AddArrow(base, kActionLength_m * std::clamp(executed, -1.0, 1.0) * heading, palette::kYellow,
           scene);
  if (step.proposed_action.size() != 2) return;
  const Eigen::Vector2d proposed =
      step.proposed_action.head<2>().cast<double>().cwiseMax(-1.0).cwiseMin(1.0);
  if ((proposed - step.executed_action.head<2>()).cwiseAbs().maxCoeff() < 0.02) return;
  const double forward = ForwardOf(kind, proposed[0], proposed[1]);
  AddArrow(base + Eigen::Vector3d(0, 0, 0.05), kActionLength_m * forward * heading,
           palette::kPurple.WithAlpha(0.8F), scene);
}

void AddSolidOverlays(const ViewInput& input, const ViewOptions& options, const ViewWorld& world,
                      mjvScene& scene) {
  if (options.overlays.action) AddActionArrows(input, world, scene);
}

}  // namespace lookout::ui
