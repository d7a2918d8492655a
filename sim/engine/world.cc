#include "sim/engine/world.h"

#include <Eigen/Geometry>
#include <cmath>
#include <cstring>
#include <mutex>

#include "sim/base/check.h"
#include "sim/config/embedded_assets.h"
#include "sim/engine/robot_scales.h"
#include "sim/objects/object_kinds.h"
#include "sim/objects/world_mjcf.h"
#include "sim/objects/world_objects.h"
#include "sim/robots/robots.h"

namespace lookout::sim {
namespace {

constexpr char kWorldFile[] = "world.xml";

struct VfsDeleter {
  void operator()(mjVFS* vfs) const {
    mj_deleteVFS(vfs);
    delete vfs;
  }
};
using VfsHandle = std::unique_ptr<mjVFS, VfsDeleter>;  // several MB: not for the stack

void AddFile(mjVFS& vfs, const char* name, std::string_view text) {
  const int failed = mj_makeEmptyFileVFS(&vfs, name, static_cast<int>(text.size()));
  LOOKOUT_CHECK(failed == 0, name);
  const int file = mj_findFileVFS(&vfs, name);
  std::memcpy(vfs.filedata[file], text.data(), text.size());
}

Result<ModelHandle> CompileMjcf(std::string_view robot, const std::string& world) {
  static std::mutex parser;  // MuJoCo's XML parser keeps the last document in a global
  const std::lock_guard lock(parser);
  VfsHandle vfs(std::make_unique_for_overwrite<mjVFS>().release());
  mj_defaultVFS(vfs.get());
  AddFile(*vfs, kRobotFile, robot);
  AddFile(*vfs, kWorldFile, world);
  char reason[1000] = "";
  ModelHandle model(mj_loadXML(kWorldFile, vfs.get(), reason, sizeof reason));
  if (model == nullptr) {
    return BadInput(std::string("MuJoCo cannot build this configuration: ") + reason);
  }
  return model;
}

// A turn about Z, normalised as MuJoCo's compiler does it: to the last digit, where stick and slip
// of the robot on the floor already tell worlds apart.
std::array<double, 4> QuaternionOf(double angle_rad) {
  const double w = std::cos(angle_rad / 2);
  const double z = std::sin(angle_rad / 2);
  const double norm = std::sqrt(w * w + z * z);
  return {w / norm, 0, 0, z / norm};
}

}  // namespace

Eigen::Matrix3d MatrixFromMujoco(const mjtNum* elements) {
  return Eigen::Map<const Eigen::Matrix<double, 3, 3, Eigen::RowMajor>>(elements);
}

std::vector<TurnedObject> TurnedObjects(const EnvironmentConfig& config) {
  std::vector<TurnedObject> turned;
  for (const SceneObjectKind kind : BodyOrder()) {
    if (!DescriptorOf(kind).is_turned) continue;
    for (int i = 0; i < ObjectCount(config, kind); ++i) turned.push_back({kind, i});
  }
  return turned;
}

Result<World> World::Compile(const EnvironmentConfig& config) {
  InstallMujocoHandlers();
  const std::string_view robot = EmbeddedRobotMjcf(RobotName(config.robot_base));
  LOOKOUT_CHECK(!robot.empty(), "a robot that is listed has its file in assets/robots");
  Result<ModelHandle> model = CompileMjcf(robot, WorldMjcf(config));
  if (!model) return model.error();
  if (config.timestep_s) (*model)->opt.timestep = *config.timestep_s;
  DataHandle data(mj_makeData(model->get()));
  LOOKOUT_CHECK(data != nullptr, "mj_makeData");
  World world(std::move(*model), std::move(data));
  world.LookUp(config);
  ScaleRobot(config, world.robot_body(), world.model());
  return world;
}

void World::LookUp(const EnvironmentConfig& config) {
  object_of_geom_.assign(model_->ngeom, -1);
  for (const SceneObjectKind kind : BodyOrder()) {
    for (int i = 0; i < ObjectCount(config, kind); ++i) {
      const int body = mj_name2id(model_.get(), mjOBJ_BODY, BodyName(kind, i).c_str());
      LOOKOUT_CHECK(body > 0, "the world lacks a body that it was built with");
      objects_.push_back({kind, i, body, ObjectSize(config, kind)});
      bodies_[static_cast<std::size_t>(kind)].push_back(body);
      for (int geom = 0; geom < model_->ngeom; ++geom) {
        const int root = model_->body_rootid[model_->geom_bodyid[geom]];
        if (root == body) object_of_geom_[geom] = static_cast<int>(objects_.size()) - 1;
      }
    }
  }
  const int geom = mj_name2id(model_.get(), mjOBJ_GEOM, "robot");
  objects_.front().radius_m = geom >= 0 ? model_->geom_rbound[geom] : 0.0;
}

void World::Place(const LayoutSampler& sampler, const Layout& layout,
                  const std::vector<double>& angles_rad) {
  std::size_t turned = 0;
  for (const SceneObject& object : objects_) {
    const ObjectKind& kind = DescriptorOf(object.kind);
    if (kind.placement == nullptr) continue;  // stays at the origin
    const Point2& place = layout[sampler.SlotOf(object.kind, object.index)];
    const double angle_rad = kind.is_turned ? angles_rad[turned++] : 0.0;
    PlaceBody(object.body, place, angle_rad);
    if (kind.is_dragged) PlaceMocap(object, place, angle_rad);
  }
  mj_setConst(model_.get(), data_.get());
  mj_resetData(model_.get(), data_.get());
}

void World::PlaceBody(int body, const Point2& place, double angle_rad) {
  mjtNum* position = model_->body_pos + 3 * body;
  mjtNum* quaternion = model_->body_quat + 4 * body;
  mju_copy(position, place.data(), 2);
  mju_copy4(quaternion, QuaternionOf(angle_rad).data());
  if (FreedomOf(body) != BodyFreedom::kFree) return;
  const int address = model_->jnt_qposadr[model_->body_jntadr[body]];
  for (mjtNum* reference : {model_->qpos0 + address, model_->qpos_spring + address}) {
    mju_copy3(reference, position);
    mju_copy4(reference + 3, quaternion);
  }
}

// A weld keeps the pose that its second body has in the frame of its first, which is the world's.
// The mocap itself is then raised by the object's size, so the body comes to hover near twice
// that.
void World::PlaceMocap(const SceneObject& object, const Point2& place, double angle_rad) {
  const std::string name = ObjectName(object.kind, object.index) + "mocap";
  const int mocap = mj_name2id(model_.get(), mjOBJ_GEOM, name.c_str());
  const int weld = mj_name2id(model_.get(), mjOBJ_EQUALITY, name.c_str());
  LOOKOUT_CHECK(mocap >= 0 && weld >= 0, "a dragged object lacks its mocap");
  const int body = model_->geom_bodyid[mocap];
  constexpr int kRelativePose = 3;  // after the anchor
  mjtNum* relative_pose = model_->eq_data + mjNEQDATA * weld + kRelativePose;
  for (mjtNum* target :
       {model_->geom_pos + 3 * mocap, model_->body_ipos + 3 * body, relative_pose}) {
    mju_copy(target, place.data(), 2);
  }
  for (mjtNum* target :
       {model_->geom_quat + 4 * mocap, model_->body_iquat + 4 * body, relative_pose + 3}) {
    mju_copy4(target, QuaternionOf(angle_rad).data());
  }
}

void World::MoveGoal(const Point2& place) {
  for (const int goal : bodies(SceneObjectKind::kGoal)) {
    mju_copy(model_->body_pos + 3 * goal, place.data(), 2);
  }
}

std::size_t World::memory_bytes() const {
  // Without data_->nstack: most of MuJoCo's stack is never touched, so the machine never gives it.
  return static_cast<std::size_t>(model_->nbuffer) + static_cast<std::size_t>(data_->nbuffer);
}

Eigen::Vector3d World::PositionOf(int body) const {
  return Eigen::Map<const Eigen::Vector3d>(data_->xpos + 3 * body);
}

Eigen::Matrix3d World::RotationOf(int body) const {
  return MatrixFromMujoco(data_->xmat + 9 * body);
}

Eigen::Vector3d World::VelocityOf(int body) const {
  mjtNum velocity[6];
  mj_objectVelocity(model_.get(), data_.get(), mjOBJ_XBODY, body, velocity, 0);
  return {velocity[3], velocity[4], velocity[5]};
}

BodyFreedom World::FreedomOf(int body) const {
  const int joints = model_->body_jntnum[body];
  if (joints == 0) return BodyFreedom::kFixed;
  const int* types = model_->jnt_type + model_->body_jntadr[body];
  if (types[0] == mjJNT_FREE) return BodyFreedom::kFree;
  const bool planar =
      joints == 3 && types[0] == mjJNT_SLIDE && types[1] == mjJNT_SLIDE && types[2] == mjJNT_HINGE;
  return planar ? BodyFreedom::kPlanar : BodyFreedom::kFixed;
}

void World::SetPose(int body, const Eigen::Vector3d& position, const Eigen::Vector4d& quaternion) {
  mjtNum* joints = data_->qpos + model_->jnt_qposadr[model_->body_jntadr[body]];
  const Eigen::Vector4d unit = quaternion.normalized();
  if (FreedomOf(body) == BodyFreedom::kFree) {
    mju_copy3(joints, position.data());
    mju_copy4(joints + 3, unit.data());
    return;
  }
  LOOKOUT_CHECK(FreedomOf(body) == BodyFreedom::kPlanar, "a fixed body cannot be moved");
  // The slides live in the frame in which the body started.
  mjtNum offset[3];
  mjtNum start_inverse[4];
  mju_sub3(offset, position.data(), model_->body_pos + 3 * body);
  mju_negQuat(start_inverse, model_->body_quat + 4 * body);
  mjtNum slides[3];
  mju_rotVecQuat(slides, offset, start_inverse);
  mju_copy(joints, slides, 2);
  mjtNum turn[4];
  mju_mulQuat(turn, start_inverse, unit.data());
  joints[2] = 2 * std::atan2(turn[3], turn[0]);
}

void World::MoveBase(int body, const Eigen::Vector2d& shift_m, double turn_rad,
                     const std::optional<double>& forward_m_s) {
  const BodyFreedom freedom = FreedomOf(body);
  LOOKOUT_CHECK(freedom != BodyFreedom::kFixed, "a fixed body cannot be moved");
  const int joint = model_->body_jntadr[body];
  mjtNum* const position = data_->qpos + model_->jnt_qposadr[joint];
  Eigen::Map<Eigen::Vector2d> velocity(data_->qvel + model_->jnt_dofadr[joint]);
  const Eigen::Rotation2Dd turn(turn_rad);
  velocity = turn * Eigen::Vector2d(velocity);
  if (freedom == BodyFreedom::kFree) {
    Eigen::Map<Eigen::Vector2d>(position) += shift_m;
    const mjtNum about_z[4] = {std::cos(turn_rad / 2), 0, 0, std::sin(turn_rad / 2)};
    mjtNum turned[4];
    mju_mulQuat(turned, about_z, position + 3);
    mju_copy4(position + 3, turned);
    mjtNum rotation[9];
    mju_quat2Mat(rotation, turned);
    const Eigen::Vector2d ahead(rotation[0], rotation[3]);
    if (forward_m_s) velocity = *forward_m_s * ahead.normalized();
    return;
  }
  // The slides live in the frame in which the body started, and so does the hinge's angle.
  const mjtNum* const start = model_->body_quat + 4 * body;
  const Eigen::Rotation2Dd start_from_world(-2 * std::atan2(start[3], start[0]));
  Eigen::Map<Eigen::Vector2d>(position) += start_from_world * shift_m;
  position[2] += turn_rad;
  if (forward_m_s)
    velocity = *forward_m_s * (Eigen::Rotation2Dd(position[2]) * Eigen::Vector2d::UnitX());
}

}  // namespace lookout::sim
