#include "ui/viewport/overlays/ghost.h"

#include <algorithm>

#include "sim/objects/object_kinds.h"
#include "ui/viewport/overlays/floor_layers.h"
#include "ui/viewport/overlays/trail.h"

namespace lookout::ui {
namespace {

constexpr double kSamePlace_m = 0.01;  // what is closer than this is in one place
// Where both trails lie, the shown one is on top.
const TrailLook kGhostTrailLook{.free = palette::kGhost,
                                .cost = Mix(palette::kVermilion, palette::kGhost, 0.35F),
                                .opacity = 0.95F,
                                .half_width_m = 0.009F,
                                .height_m = kTrailHeight - 0.0005F};

bool Haunts(const ViewWorld& ghost, const ViewWorld& shown, const mjvGeom& geom) {
  if (geom.objtype != mjOBJ_GEOM || geom.objid < 0) return false;
  const mjModel& model = *ghost.model();
  const int root = model.body_rootid[model.geom_bodyid[geom.objid]];
  if (root == model.body_rootid[ghost.scene().scene.robot_body]) return true;
  const sim::SceneObject* object = ghost.ObjectOfBody(root);
  return object != nullptr && sim::DescriptorOf(object->kind).is_free &&
         (ghost.BodyPosition(root) - shown.BodyPosition(root)).norm() > kSamePlace_m;
}

void MakeGhostly(mjvGeom& geom, Rgba body) {
  const float rgba[4] = {body.r, body.g, body.b, body.a};
  std::copy_n(rgba, 4, geom.rgba);
  geom.texid = -1;
  geom.category = mjCAT_DECOR;  // it casts no shadow
  geom.objtype = mjOBJ_UNKNOWN;
  geom.objid = -1;
  geom.emission = 0.5F;
  geom.specular = 0.1F;
  geom.reflectance = 0.0F;
  geom.transparent = 1;
}

// Where it stands, in its colour; red inside where the step cost.
void PaintFoot(const sim::StepRecord& step, const ViewWorld& ghost, PaintList& out) {
  const sim::SceneDescription& scene = ghost.scene().scene;
  const bool costs = step.costs.total > 0.0;
  out.discs.push_back({.center = OnFloor(ghost.BodyPosition(scene.robot_body), kRingHeight),
                       .radius_m = static_cast<float>(1.45 * scene.robot_radius_m),
                       .fill = palette::kVermilion.WithAlpha(costs ? 0.35F : 0.0F),
                       .ring = palette::kGhost.WithAlpha(0.9F),
                       .ring_width_m = costs ? 0.016F : 0.010F});
}

}  // namespace

bool HasGhost(const ViewInput& input, const ViewOptions& options) {
  return options.overlays.ghost && input.ghost != nullptr && input.ghost_step >= 0 &&
         input.ghost_step < input.ghost->steps() && input.ghost->scene().model != nullptr &&
         input.ghost->step(input.ghost_step).state != nullptr;
}

void AddGhostBodies(ViewWorld& ghost, const ViewWorld& shown, mjvScene& scene, Rgba body) {
  mjvOption everything;
  mjv_defaultOption(&everything);
  std::fill_n(everything.geomgroup, mjNGROUP, mjtByte{1});
  mjvPerturb nothing_held;
  mjv_defaultPerturb(&nothing_held);
  const int first = scene.ngeom;
  mjv_addGeoms(ghost.model(), ghost.data(), &everything, &nothing_held, mjCAT_DYNAMIC, &scene);
  int kept = first;
  for (int i = first; i < scene.ngeom; ++i) {
    if (!Haunts(ghost, shown, scene.geoms[i])) continue;
    scene.geoms[kept] = scene.geoms[i];
    MakeGhostly(scene.geoms[kept++], body);
  }
  scene.ngeom = kept;
}

void PaintGhostGoal(const sim::SimState& shown, const sim::SimState& ghost, const ViewWorld& world,
                    PaintList& out) {
  const auto ring = [&out](const Eigen::Vector3d& position, double radius_m) {
    out.discs.push_back({.center = OnFloor(position, kRingHeight),
                         .radius_m = static_cast<float>(radius_m),
                         .ring = palette::kGhost.WithAlpha(0.9F),
                         .ring_width_m = 0.012F});
  };
  world.ForEach(sim::SceneObjectKind::kGoal, [&](const auto& object, const auto&) {
    const Eigen::Vector3d apart = ghost.goal_position_in_world - shown.goal_position_in_world;
    if (apart.norm() > kSamePlace_m) ring(ghost.goal_position_in_world, object.radius_m);
  });
  if (ghost.goal_button == shown.goal_button) return;
  world.ForEach(sim::SceneObjectKind::kButton, [&](const auto& object, const auto& position) {
    if (object.index == ghost.goal_button) ring(position, 2.1 * object.radius_m);
  });
}

void Ghost::AddTo(const ViewInput& input, const ViewOptions& options, const ViewWorld& world,
                  mjvScene& scene, PaintList& out) {
  const sim::StepRecord& step = input.ghost->step(input.ghost_step);
  world_.Show(input.ghost->scene_ptr(), *step.state);
  AddGhostBodies(world_, world, scene);
  if (options.overlays.trail) {
    PaintTrail(input.ghost, step, input.ghost_step, options.trail_steps, kGhostTrailLook, out);
  }
  PaintFoot(step, world_, out);
  if (options.overlays.goal) PaintGhostGoal(*input.step->state, *step.state, world, out);
}

}  // namespace lookout::ui
