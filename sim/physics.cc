#include "sim/physics.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <span>

namespace lookout::sim {
namespace {

bool HasWarning(const mjData& data) {
  return std::ranges::any_of(data.warning,
                             [](const mjWarningStat& warning) { return warning.number > 0; });
}

bool HasQuaternions(const mjModel& model) {
  const std::span<const int> types(model.jnt_type, static_cast<std::size_t>(model.njnt));
  return std::ranges::any_of(types,
                             [](int type) { return type == mjJNT_FREE || type == mjJNT_BALL; });
}

std::vector<int> MocapBodies(const mjModel& model) {
  std::vector<int> bodies(static_cast<std::size_t>(model.nmocap));
  for (int body = 0; body < model.nbody; ++body) {
    if (const int mocap = model.body_mocapid[body]; mocap >= 0) bodies[mocap] = body;
  }
  return bodies;
}

bool AreSameBits(const mjtNum* a, const Eigen::VectorXd& b) {
  return std::memcmp(a, b.data(), static_cast<std::size_t>(b.size()) * sizeof(mjtNum)) == 0;
}

}  // namespace

Physics::Physics(const EnvironmentConfig& config, Stepping stepping, const World& world)
    : stepping_(stepping),
      mocap_bodies_(MocapBodies(world.model())),
      gremlin_travel_m_(config.gremlins_travel),
      gremlin_size_m_(config.gremlins.size_m),
      has_quaternions_(HasQuaternions(world.model())) {
  positions_before_pass_.setZero(world.model().nq);
  scratch_positions_.setZero(world.model().nq);
  warmstart_before_pass_.setZero(world.model().nv);
}

void Physics::Remember(const World& world) {
  mju_copy(positions_before_pass_.data(), world.data().qpos, world.model().nq);
  mju_copy(warmstart_before_pass_.data(), world.data().qacc_warmstart, world.model().nv);
}

void Physics::Pass(World& world, Sensors sensors) {
  Remember(world);
  has_sensors_ = stepping_ == Stepping::kExact || sensors == Sensors::kFill;
  mj_forwardSkip(&world.model(), &world.data(), mjSTAGE_NONE, has_sensors_ ? 0 : 1);
  is_current_ = true;
}

// Whether the last pass gave what it started from, so that another would do the same.
bool Physics::IsFixedPoint(const World& world) const {
  return is_current_ && AreSameBits(world.data().qpos, positions_before_pass_) &&
         AreSameBits(world.data().qacc_warmstart, warmstart_before_pass_);
}

// Whether another pass would leave the positions as they are: normalising a quaternion that has
// been normalised before can still change its last digit.
bool Physics::IsSettled(const World& world) {
  if (!is_current_) return false;
  if (!has_quaternions_) return true;
  const int nq = world.model().nq;
  mju_copy(scratch_positions_.data(), world.data().qpos, nq);
  mj_normalizeQuat(&world.model(), scratch_positions_.data());
  return AreSameBits(world.data().qpos, scratch_positions_);
}

void Physics::Repeat(World& world, Sensors sensors) {
  mjModel& model = world.model();
  mjData& data = world.data();
  if (stepping_ == Stepping::kExact || !IsSettled(world)) return Pass(world, sensors);
  if (!IsFixedPoint(world)) {
    Remember(world);
    mj_forwardSkip(&model, &data, mjSTAGE_VEL, 1);
    has_sensors_ = false;
  }
  if (has_sensors_ || sensors == Sensors::kSkip) return;
  mj_sensorPos(&model, &data);
  mj_sensorVel(&model, &data);
  mj_sensorAcc(&model, &data);
  has_sensors_ = true;
}

bool Physics::Simulate(World& world, int substeps, const Perturbation& hand) {
  mjModel& model = world.model();
  mjData& data = world.data();
  double* applied = data.xfrc_applied + 6 * hand.body;
  if (hand.body > 0) {
    mju_copy3(applied, hand.force_n.data());
    mju_copy3(applied + 3, hand.torque_nm.data());
  }
  if (stepping_ == Stepping::kFast) model.opt.disableflags |= mjDSBL_SENSOR;  // nobody reads them
  bool intact = true;
  for (int i = 0; i < substeps && intact; ++i) {
    Substep(world);
    intact = !HasWarning(data);
  }
  model.opt.disableflags &= ~mjDSBL_SENSOR;
  if (intact) {  // MuJoCo itself would only look at the start of the next substep
    mj_checkPos(&model, &data);
    mj_checkVel(&model, &data);
    intact = !HasWarning(data);
  }
  mju_zero(applied, 6);
  if (!intact) mju_zero(data.ctrl, model.nu);  // they may be what is not a number
  return intact;
}

// A step begins with the stages that depend on positions and velocities alone. The pass that ended
// the last step has done them.
void Physics::Substep(World& world) {
  const bool half_done = stepping_ == Stepping::kFast && IsSettled(world);
  is_current_ = false;
  MoveGremlins(world);
  if (!half_done) return mj_step(&world.model(), &world.data());
  if (!mocap_bodies_.empty()) RedoWelds(world);
  mj_step2(&world.model(), &world.data());
}

// A mocap touches nothing: where it is matters to its weld alone.
void Physics::RedoWelds(World& world) const {
  const mjModel& model = world.model();
  mjData& data = world.data();
  for (std::size_t i = 0; i < mocap_bodies_.size(); ++i) {
    mju_copy3(data.xpos + 3 * mocap_bodies_[i], data.mocap_pos + 3 * i);
  }
  mj_makeConstraint(&model, &data);
  mj_projectConstraint(&model, &data);
  mj_referenceConstraint(&model, &data);
}

void Physics::MoveGremlins(World& world) const {
  if (mocap_bodies_.empty()) return;
  mjData& data = world.data();
  const double phase_rad = data.time;
  const mjtNum target[3] = {gremlin_travel_m_ * std::sin(phase_rad),
                            gremlin_travel_m_ * std::cos(phase_rad), gremlin_size_m_};
  for (std::size_t i = 0; i < mocap_bodies_.size(); ++i) mju_copy3(data.mocap_pos + 3 * i, target);
}

}  // namespace lookout::sim
