#include "sim/engine/physics.h"

#include <algorithm>
#include <cmath>
#include <cstring>
#include <span>

#include "sim/base/check.h"

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
      solver_(world.model()),
      mocap_bodies_(MocapBodies(world.model())),
      gremlin_travel_m_(config.gremlins_travel),
      gremlin_size_m_(config.gremlins.size_m),
      has_quaternions_(HasQuaternions(world.model())) {
  LOOKOUT_CHECK(world.model().opt.integrator == mjINT_EULER, "the integrator of Substep()");
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
  is_current_ = true;
  if (stepping_ == Stepping::kExact) return mj_forward(&world.model(), &world.data());
  mj_fwdPosition(&world.model(), &world.data());
  mj_fwdVelocity(&world.model(), &world.data());
  SolveForces(world);
  has_sensors_ = false;
  if (sensors == Sensors::kFill) FillSensors(world);
}

// The stages of a pass that follow those of positions and velocities.
void Physics::SolveForces(World& world) {
  mj_fwdActuation(&world.model(), &world.data());
  mj_fwdAcceleration(&world.model(), &world.data());
  solver_.Solve(world.model(), world.data());
}

void Physics::FillSensors(World& world) {
  if (has_sensors_) return;
  mj_sensorPos(&world.model(), &world.data());
  mj_sensorVel(&world.model(), &world.data());
  mj_sensorAcc(&world.model(), &world.data());
  has_sensors_ = true;
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
  if (stepping_ == Stepping::kExact || !IsSettled(world)) return Pass(world, sensors);
  if (!IsFixedPoint(world)) {
    Remember(world);
    SolveForces(world);
    has_sensors_ = false;
  }
  if (sensors == Sensors::kFill) FillSensors(world);
}

bool Physics::Simulate(World& world, int substeps, const Perturbation& hand) {
  mjModel& model = world.model();
  mjData& data = world.data();
  double* applied = data.xfrc_applied + 6 * hand.body;
  if (hand.body > 0) {
    mju_copy3(applied, hand.force_n.data());
    mju_copy3(applied + 3, hand.torque_nm.data());
  }
  bool intact = true;
  for (int i = 0; i < substeps && intact; ++i) {
    Substep(world);
    intact = !HasWarning(data);
  }
  if (intact) {  // MuJoCo itself would only look at the start of the next substep
    mj_checkPos(&model, &data);
    mj_checkVel(&model, &data);
    intact = !HasWarning(data);
  }
  mju_zero(applied, 6);
  if (!intact) mju_zero(data.ctrl, model.nu);  // they may be what is not a number
  return intact;
}

// mj_step without the sensors, which nobody reads between substeps. It begins with the stages that
// depend on positions and velocities alone, which the pass that ended the last step has done.
void Physics::Substep(World& world) {
  const mjModel& model = world.model();
  mjData& data = world.data();
  const bool half_done = stepping_ == Stepping::kFast && IsSettled(world);
  is_current_ = false;
  MoveGremlins(world);
  if (stepping_ == Stepping::kExact) return mj_step(&model, &data);
  if (!half_done) {
    mj_checkPos(&model, &data);
    mj_checkVel(&model, &data);
    mj_fwdPosition(&model, &data);
    mj_fwdVelocity(&model, &data);
  } else if (!mocap_bodies_.empty()) {
    RedoWelds(world);
  }
  SolveForces(world);
  mj_checkAcc(&model, &data);
  mj_Euler(&model, &data);
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
