#include "ui/viewport/scene/view_world.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "sim/base/check.h"
#include "ui/viewport/painting/palette.h"
#include "ui/viewport/scene/arena.h"

namespace lookout::ui {
namespace {

void CopyTo(const Eigen::VectorXd& from, mjtNum* to, int size) {
  LOOKOUT_CHECK(from.size() == size, "the state is of another model");
  std::copy(from.begin(), from.end(), to);
}

// The floor of the physics has no end, but the model draws only the middle of it.
void DrawEndlessFloor(mjModel& model) {
  for (int geom = 0; geom < model.ngeom; ++geom) {
    if (model.geom_type[geom] == mjGEOM_PLANE) std::fill_n(model.geom_size + 3 * geom, 2, 0.0);
  }
}

}  // namespace

void ViewWorld::CopyModel(const EpisodeScenePtr& scene) {
  data_.reset();
  model_.reset(mj_copyModel(nullptr, scene->model.get()));
  LOOKOUT_CHECK(model_ != nullptr, "no memory for a copy of the model");
  if (LeavesTheFloor(scene->header->config)) DrawEndlessFloor(*model_);
  data_.reset(mj_makeData(model_.get()));
  LOOKOUT_CHECK(data_ != nullptr, "no memory for the view's data");
  model_rgba_.assign(model_->geom_rgba, model_->geom_rgba + 4 * model_->ngeom);
  ++model_version_;
}

void ViewWorld::Show(const EpisodeScenePtr& scene, const sim::SimState& state) {
  if (scene_ == nullptr || scene_->model != scene->model) CopyModel(scene);
  scene_ = scene;

  CopyTo(state.qpos, data_->qpos, model_->nq);
  CopyTo(state.qvel, data_->qvel, model_->nv);
  CopyTo(state.mocap_pos, data_->mocap_pos, 3 * model_->nmocap);
  data_->time = state.time_s;
  const int goal = scene->scene.goal_body;
  if (goal > 0) {
    std::copy_n(state.goal_position_in_world.data(), 3, model_->body_pos + 3 * goal);
  }

  mj_kinematics(model_.get(), data_.get());
  mj_comPos(model_.get(), data_.get());
  mj_camlight(model_.get(), data_.get());
  mj_comVel(model_.get(), data_.get());
}

Eigen::Vector3d ViewWorld::BodyPosition(int body) const {
  return Eigen::Map<const Eigen::Vector3d>(data_->xpos + 3 * body);
}

Eigen::Matrix3d ViewWorld::WorldFromBody(int body) const {
  return Eigen::Map<const Eigen::Matrix<double, 3, 3, Eigen::RowMajor>>(data_->xmat + 9 * body);
}

Eigen::Vector3d ViewWorld::BodyVelocity(int body) const {
  Eigen::Matrix<double, 6, 1> rotation_and_translation;
  mj_objectVelocity(model_.get(), data_.get(), mjOBJ_BODY, body, rotation_and_translation.data(),
                    0);
  return rotation_and_translation.tail<3>();
}

const sim::SceneObject* ViewWorld::ObjectOfBody(int body) const {
  if (body <= 0) return nullptr;
  for (const sim::SceneObject& object : scene_->scene.objects) {
    if (object.body == body || object.body == model_->body_rootid[body]) return &object;
  }
  return nullptr;
}

std::optional<Eigen::Vector2d> ViewWorld::ResetPosition(const sim::SceneObject& object) const {
  const std::string name = fmt::format("{}{}", sim::SceneObjectKindName(object.kind), object.index);
  for (const sim::Placement& placement : scene_->header->setup.layout) {
    if (placement.name == name) return Eigen::Vector2d(placement.x_m, placement.y_m);
  }
  return std::nullopt;
}

void ViewWorld::SetKindVisible(sim::SceneObjectKind kind, bool visible) {
  for (const sim::SceneObject& object : scene_->scene.objects) {
    if (object.kind != kind) continue;
    const int first = model_->body_geomadr[object.body];
    for (int geom = first; geom < first + model_->body_geomnum[object.body]; ++geom) {
      model_->geom_rgba[4 * geom + 3] = visible ? model_rgba_[4 * geom + 3] : 0.0F;
    }
  }
}

void ViewWorld::SetRobotGrey(bool grey) {
  const int robot = model_->body_rootid[scene_->scene.robot_body];
  for (int geom = 0; geom < model_->ngeom; ++geom) {
    if (model_->body_rootid[model_->geom_bodyid[geom]] != robot) continue;
    const float* original = model_rgba_.data() + 4 * geom;
    const Rgba color = grey ? palette::kGrey : Rgba{original[0], original[1], original[2]};
    float* shown = model_->geom_rgba + 4 * geom;
    shown[0] = color.r;
    shown[1] = color.g;
    shown[2] = color.b;
  }
}

}  // namespace lookout::ui
