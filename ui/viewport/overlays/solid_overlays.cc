#include "ui/viewport/overlays/solid_overlays.h"

#include <algorithm>
#include <optional>

#include "ui/viewport/overlays/drive_reading.h"
#include "ui/viewport/overlays/oversight_overlay.h"
#include "ui/viewport/painting/palette.h"

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

Eigen::Vector3d ArrowBase(const ViewWorld& world, double height_m) {
  const sim::SceneDescription& scene = world.scene().scene;
  return world.BodyPosition(scene.robot_body) + Eigen::Vector3d(0, 0, height_m);
}

}  // namespace

void AddActionArrows(const ViewInput& input, const ViewOptions& options, const ViewWorld& world,
                     mjvScene& scene) {
  const ActionsShown actions = ActionsOf(input);
  const sim::RobotKind robot = world.scene().header->config.robot_base;
  const std::optional<DriveReading> done = ReadDrive(robot, actions.done);
  if (!done) return;
  const sim::SceneDescription& description = world.scene().scene;
  const Eigen::Vector3d heading =
      world.WorldFromBody(description.robot_body) * ForwardInBody(robot);
  const Eigen::Vector3d base = ArrowBase(world, 1.35 * description.robot_radius_m);
  AddArrow(base, kActionLength_m * done->forward * heading,
           palette::kYellow.WithAlpha(actions.pending ? 0.5F : 1.0F), scene);
  if (!actions.proposed) return;
  const std::optional<DriveReading> proposed = ReadDrive(robot, *actions.proposed);
  if (!proposed) return;
  AddArrow(base + Eigen::Vector3d(0, 0, 0.05), kActionLength_m * proposed->forward * heading,
           ProposedColor(options), scene);
}

void AddSolidOverlays(const ViewInput& input, const ViewOptions& options, const ViewWorld& world,
                      mjvScene& scene) {
  if (options.overlays.action) AddActionArrows(input, options, world, scene);
}

}  // namespace lookout::ui
