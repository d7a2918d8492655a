// Saving, restoring and handling the state of SafetyGymImpl from outside of a step.
#include <fmt/format.h>

#include <cmath>

#include "sim/base/check.h"
#include "sim/engine/safety_gym_impl.h"
#include "sim/objects/world_objects.h"

namespace lookout::sim {
namespace {

using ConstVector = Eigen::Map<const Eigen::VectorXd>;

Error SizeMismatch(const char* what, Eigen::Index found, Eigen::Index needed) {
  return BadInput(
      fmt::format("The state has {} values of {}, but this environment has {}; it comes from "
                  "another configuration.",
                  found, what, needed));
}

Status CheckVector(const char* what, const Eigen::VectorXd& values, Eigen::Index needed) {
  if (values.size() != needed) return SizeMismatch(what, values.size(), needed);
  if (!values.allFinite()) {
    return BadInput(std::string("The state holds a value of ") + what + " that is not a number.");
  }
  return {};
}

// sights: as SimState has them.
Status CheckState(const SimState& state, const mjModel& model, const EnvironmentConfig& config,
                  Eigen::Index sights) {
  const std::pair<const char*, std::pair<const Eigen::VectorXd*, int>> vectors[] = {
      {"qpos", {&state.qpos, model.nq}},
      {"qvel", {&state.qvel, model.nv}},
      {"qacc_warmstart", {&state.qacc_warmstart, model.nv}},
      {"ctrl", {&state.ctrl, model.nu}},
      {"mocap_pos", {&state.mocap_pos, 3 * model.nmocap}}};
  for (const auto& [what, expected] : vectors) {
    if (Status status = CheckVector(what, *expected.first, expected.second); !status) return status;
  }
  const bool finite = std::isfinite(state.time_s) && state.goal_position_in_world.allFinite() &&
                      std::isfinite(state.last_goal_distance_m) &&
                      std::isfinite(state.last_box_distance_m) &&
                      std::isfinite(state.last_box_goal_distance_m);
  if (!finite) return BadInput("The state holds a goal, distance or time that is not a number.");
  const bool has_button = config.task == Task::kButton;
  const int buttons = has_button ? config.buttons.num : 0;
  if (state.goal_button >= buttons || state.goal_button < (has_button ? 0 : -1)) {
    return BadInput(fmt::format("The state names the goal button {}, but there are {}.",
                                state.goal_button, buttons));
  }
  if (state.step < 0 || state.button_timer < 0 || state.goal_age < 0) {
    return BadInput("The state's step, button timer and goal age must not be negative.");
  }
  if (state.sights.size() == 0) return {};  // of somebody who did not keep them
  return CheckVector("what is seen later", state.sights, sights);
}

}  // namespace

SimState SafetyGymImpl::Save() const {
  SimState state;
  Save(state);
  return state;
}

void SafetyGymImpl::Save(SimState& out) const {
  const mjModel& model = world_.model();
  const mjData& data = world_.data();
  out.time_s = data.time;
  out.qpos = physics_.positions_before_pass();
  out.qvel = ConstVector(data.qvel, model.nv);
  out.qacc_warmstart = physics_.warmstart_before_pass();
  out.ctrl = ConstVector(data.ctrl, model.nu);
  out.mocap_pos = ConstVector(data.mocap_pos, 3 * model.nmocap);
  out.goal_position_in_world.setZero();
  if (scene_.goal_body >= 0) {
    mju_copy3(out.goal_position_in_world.data(), model.body_pos + 3 * scene_.goal_body);
  }
  out.last_goal_distance_m = memory_.goal_distance_m;
  out.last_box_distance_m = memory_.box_distance_m;
  out.last_box_goal_distance_m = memory_.box_goal_distance_m;
  out.goal_button = goal_button_;
  out.button_timer = button_timer_;
  out.step = step_;
  out.status = status_;
  out.random = random_.Save();
  out.goal_age = goal_age_;
  out.sights.resize(SightsSize());
  if (delayed_.cols() == 0) return;
  out.sights.head(observation_.size()) = observation_;
  out.sights.tail(delayed_.size()) = delayed_.reshaped();
}

Status SafetyGymImpl::Restore(const SimState& state) {
  const mjModel& model = world_.model();
  if (start_layout_.empty()) {
    return BadInput("There is no episode to restore a state of; reset first.");
  }
  if (Status status = CheckState(state, model, config_, SightsSize()); !status) return status;
  mjData& data = world_.data();
  mj_resetData(&model, &data);
  data.time = state.time_s;
  mju_copy(data.qpos, state.qpos.data(), model.nq);
  mju_copy(data.qvel, state.qvel.data(), model.nv);
  mju_copy(data.qacc_warmstart, state.qacc_warmstart.data(), model.nv);
  mju_copy(data.ctrl, state.ctrl.data(), model.nu);
  mju_copy(data.mocap_pos, state.mocap_pos.data(), 3 * model.nmocap);
  if (scene_.goal_body >= 0) {
    mju_copy3(world_.model().body_pos + 3 * scene_.goal_body, state.goal_position_in_world.data());
  }
  memory_ = {state.last_goal_distance_m, state.last_box_distance_m, state.last_box_goal_distance_m};
  goal_button_ = state.goal_button;
  button_timer_ = state.button_timer;
  step_ = state.step;
  status_ = state.status;
  random_.Restore(state.random);
  goal_age_ = state.goal_age;
  physics_.Pass(world_);
  ObserveAsOf(state);
  has_episode_ = true;
  return {};
}

void SafetyGymImpl::ObserveFirst() {
  observer_.Observe(world_, Progress(), observation_);
  delayed_.colwise() = observation_;
}

void SafetyGymImpl::ObserveNext() {
  const Eigen::Index delay = delayed_.cols();
  if (delay == 0) return observer_.Observe(world_, Progress(), observation_);
  observer_.Observe(world_, Progress(), newest_);
  observation_ = delayed_.col(0);
  for (Eigen::Index i = 0; i + 1 < delay; ++i) delayed_.col(i) = delayed_.col(i + 1);
  delayed_.col(delay - 1) = newest_;
}

void SafetyGymImpl::ObserveAgain() {
  if (delayed_.cols() == 0) return observer_.Observe(world_, Progress(), observation_);
  observer_.Observe(world_, Progress(), newest_);
  delayed_.rightCols(1) = newest_;
}

void SafetyGymImpl::ObserveAsOf(const SimState& state) {
  if (state.sights.size() == 0) return ObserveFirst();
  observation_ = state.sights.head(observation_.size());
  delayed_.reshaped() = state.sights.tail(delayed_.size());
}

Status SafetyGymImpl::Adopt(const EpisodeSetup& setup) {
  Layout layout;
  const auto& slots = sampler_.slots();
  if (setup.layout.size() != slots.size()) {
    return BadInput(fmt::format("The episode places {} objects, but its configuration has {}.",
                                setup.layout.size(), slots.size()));
  }
  for (std::size_t i = 0; i < slots.size(); ++i) {
    const auto& [name, x_m, y_m] = setup.layout[i];
    if (name != slots[i].name || !std::isfinite(x_m) || !std::isfinite(y_m)) {
      return BadInput("The episode's layout does not fit its configuration at " + slots[i].name +
                      ".");
    }
    layout.push_back({x_m, y_m});
  }
  std::vector<double> angles_rad;
  std::size_t drawn = 0;
  for (const TurnedObject& turned : TurnedObjects(config_)) {
    if (turned.kind == SceneObjectKind::kRobot && config_.robot_rot) {
      angles_rad.push_back(*config_.robot_rot);
      continue;
    }
    const std::string name = ObjectName(turned.kind, turned.index);
    if (drawn >= setup.rotations.size() || setup.rotations[drawn].name != name ||
        !std::isfinite(setup.rotations[drawn].angle_rad)) {
      return BadInput("The episode's rotations do not fit its configuration at " + name + ".");
    }
    angles_rad.push_back(setup.rotations[drawn++].angle_rad);
  }
  start_layout_ = layout_ = layout;
  WriteSetup(setup.generator_seed, layout, angles_rad);
  next_generator_seed_ = setup.generator_seed + 1;
  world_.Place(sampler_, layout, angles_rad);
  return {};
}

std::size_t BytesOf(const ModelPtr& model) {
  return model ? sizeof(mjModel) + static_cast<std::size_t>(model->nbuffer) : 0;
}

ModelPtr SafetyGymImpl::CopyModel() const {
  mjModel* copy = mj_copyModel(nullptr, &world_.model());
  LOOKOUT_CHECK(copy != nullptr, "mj_copyModel");
  return ModelPtr(copy, ModelDeleter{});
}

void SafetyGymImpl::SetPerturbation(const Perturbation& perturbation) {
  LOOKOUT_CHECK(perturbation.body >= 0 && perturbation.body < world_.model().nbody,
                "no such body to perturb");
  perturbation_ = perturbation;
}

void SafetyGymImpl::MoveBody(int body, const Eigen::Vector3d& position_in_world,
                             const Eigen::Vector4d& quaternion_in_world) {
  LOOKOUT_CHECK(body > 0 && body < world_.model().nbody, "no such body to move");
  LOOKOUT_CHECK(position_in_world.allFinite() && quaternion_in_world.allFinite(),
                "a body is moved to a place that is a number");
  if (world_.FreedomOf(body) == BodyFreedom::kFixed) return;
  world_.SetPose(body, position_in_world, quaternion_in_world);
  physics_.Pass(world_);
  memory_ = task_.Remember(world_, goal_button_);  // a move by hand earns no reward
  ObserveAgain();
}

Eigen::Vector3d SafetyGymImpl::robot_position_in_world() const {
  return world_.PositionOf(world_.robot_body());
}

Eigen::Matrix3d SafetyGymImpl::world_from_robot_rotation() const {
  return world_.RotationOf(world_.robot_body());
}

Eigen::Vector3d SafetyGymImpl::robot_velocity_in_world() const {
  return world_.VelocityOf(world_.robot_body());
}

void SafetyGymImpl::ObjectPositions(Eigen::Matrix3Xd& out) const {
  out.resize(3, static_cast<Eigen::Index>(scene_.objects.size()));
  for (std::size_t i = 0; i < scene_.objects.size(); ++i) {
    out.col(static_cast<Eigen::Index>(i)) = world_.PositionOf(scene_.objects[i].body);
  }
}

}  // namespace lookout::sim
