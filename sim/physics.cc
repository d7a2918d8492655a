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

}  // namespace

Physics::Physics(const EnvironmentConfig& config, const World& world)
    : gremlin_travel_m_(config.gremlins_travel),
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

void Physics::Pass(World& world) {
  Remember(world);
  mj_forward(&world.model(), &world.data());
  is_current_ = true;
}

// Whether another pass would leave the positions as they are: normalising a quaternion that has
// been normalised before can still change its last digit.
bool Physics::IsSettled(const World& world) {
  if (!is_current_) return false;
  if (!has_quaternions_) return true;
  const int nq = world.model().nq;
  mju_copy(scratch_positions_.data(), world.data().qpos, nq);
  mj_normalizeQuat(&world.model(), scratch_positions_.data());
  return std::memcmp(scratch_positions_.data(), world.data().qpos, nq * sizeof(mjtNum)) == 0;
}

void Physics::Repeat(World& world, Sensors sensors) {
  const int skipped_stage = IsSettled(world) ? mjSTAGE_VEL : mjSTAGE_NONE;
  const int skip_sensors = sensors == Sensors::kSkip ? 1 : 0;
  Remember(world);
  mj_forwardSkip(&world.model(), &world.data(), skipped_stage, skip_sensors);
}

bool Physics::Simulate(World& world, int substeps, const Perturbation& hand) {
  mjModel& model = world.model();
  mjData& data = world.data();
  double* applied = data.xfrc_applied + 6 * hand.body;
  if (hand.body > 0) {
    mju_copy3(applied, hand.force_n.data());
    mju_copy3(applied + 3, hand.torque_nm.data());
  }
  model.opt.disableflags |= mjDSBL_SENSOR;  // nobody reads them between substeps
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
// the last step has done them, unless a mocap moves now.
void Physics::Substep(World& world) {
  const bool half_done = world.model().nmocap == 0 && IsSettled(world);
  is_current_ = false;
  if (half_done) {
    mj_step2(&world.model(), &world.data());
    return;
  }
  MoveGremlins(world);
  mj_step(&world.model(), &world.data());
}

void Physics::MoveGremlins(World& world) const {
  mjData& data = world.data();
  const double phase_rad = data.time;
  const mjtNum target[3] = {gremlin_travel_m_ * std::sin(phase_rad),
                            gremlin_travel_m_ * std::cos(phase_rad), gremlin_size_m_};
  for (int i = 0; i < world.model().nmocap; ++i) mju_copy3(data.mocap_pos + 3 * i, target);
}

}  // namespace lookout::sim
