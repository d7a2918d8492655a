// SafetyGymImpl as the twin of another: what looks ahead without touching what it looks ahead of.
// Copying mjData whole would take 17 to 22 ms; this copies what decides the future and passes once.
#include <algorithm>

#include "sim/base/check.h"
#include "sim/engine/safety_gym_impl.h"

namespace lookout::sim {
namespace {

constexpr double kStill = 1e-3;  // slower than this, m/s and rad/s, an object does not move

bool AreSameAngles(const std::vector<Rotation>& a, const std::vector<Rotation>& b) {
  return std::ranges::equal(
      a, b, [](const Rotation& x, const Rotation& y) { return x.angle_rad == y.angle_rad; });
}

bool HaveSameSizes(const mjModel& a, const mjModel& b) {
  return a.nq == b.nq && a.nv == b.nv && a.nu == b.nu && a.nmocap == b.nmocap &&
         a.nbody == b.nbody && a.ngeom == b.ngeom;
}

// How many positions and velocities the robot has: they come first, as its body does.
struct RobotSizes {
  int positions = 0;
  int velocities = 0;
  bool operator==(const RobotSizes&) const = default;
};

RobotSizes SizesOfRobot(const World& world) {
  const mjModel& model = world.model();
  for (int joint = 0; joint < model.njnt; ++joint) {
    if (model.body_rootid[model.jnt_bodyid[joint]] == world.robot_body()) continue;
    return {model.jnt_qposadr[joint], model.jnt_dofadr[joint]};
  }
  return {model.nq, model.nv};
}

void ForgetWarnings(World& world) {
  const bool warned = std::ranges::any_of(
      world.data().warning, [](const mjWarningStat& warning) { return warning.number > 0; });
  if (warned) mj_resetData(&world.model(), &world.data());
}

}  // namespace

bool SafetyGymImpl::IsSameEpisode(const SafetyGymImpl& other) const {
  return has_episode_ && setup_.generator_seed == other.setup_.generator_seed &&
         setup_.robot_rotation_rad == other.setup_.robot_rotation_rad &&
         start_layout_ == other.start_layout_ &&
         AreSameAngles(setup_.rotations, other.setup_.rotations);
}

Status SafetyGymImpl::FollowHolding(const SafetyGym& other, std::span<const std::uint8_t> held) {
  const auto* original = dynamic_cast<const SafetyGymImpl*>(&other);
  LOOKOUT_CHECK(original != nullptr, "there is one kind of SafetyGym");
  LOOKOUT_CHECK(original->has_episode_, "Reset before following");
  if (!HaveSameSizes(world_.model(), original->world_.model())) {
    return BadInput("A world of another configuration cannot be followed; make both of the same.");
  }
  if (!IsSameEpisode(*original)) {
    has_episode_ = false;
    if (Status status = Adopt(original->setup_); !status) return status;
  }
  CopyState(*original);
  if (!held.empty() || holds_) HoldStill(*original, held);
  physics_.Pass(world_, Physics::Sensors::kSkip);
  return {};
}

// What is held is carried by a force and met by nothing.
void SafetyGymImpl::HoldStill(const SafetyGymImpl& other, std::span<const std::uint8_t> held) {
  LOOKOUT_CHECK(held.empty() || held.size() == scene_.objects.size(), "a value for each object");
  holds_ = !held.empty();
  mjModel& model = world_.model();
  mjData& data = world_.data();
  for (std::size_t i = 1; i < scene_.objects.size(); ++i) {  // the robot is the first
    const int body = scene_.objects[i].body;
    if (world_.FreedomOf(body) != BodyFreedom::kFree) continue;
    const int dof = model.body_dofadr[body];
    const bool holds = holds_ && held[i] != 0 && mju_norm(data.qvel + dof, 6) < kStill;
    data.qfrc_applied[dof + 2] = holds ? -model.opt.gravity[2] * model.body_mass[body] : 0.0;
    const int first = model.body_geomadr[body];
    for (int geom = first; geom < first + model.body_geomnum[body]; ++geom) {
      model.geom_contype[geom] = holds ? 0 : other.world_.model().geom_contype[geom];
      model.geom_conaffinity[geom] = holds ? 0 : other.world_.model().geom_conaffinity[geom];
    }
  }
}

void SafetyGymImpl::CopyState(const SafetyGymImpl& other) {
  const mjModel& model = world_.model();
  mjData& data = world_.data();
  const mjData& from = other.world_.data();
  ForgetWarnings(world_);  // of the last future that was tried
  data.time = from.time;
  mju_copy(data.qpos, other.physics_.positions_before_pass().data(), model.nq);
  mju_copy(data.qvel, from.qvel, model.nv);
  mju_copy(data.qacc_warmstart, other.physics_.warmstart_before_pass().data(), model.nv);
  mju_copy(data.ctrl, from.ctrl, model.nu);
  mju_copy(data.mocap_pos, from.mocap_pos, 3 * model.nmocap);
  if (const int goal = scene_.goal_body; goal >= 0) {
    mju_copy3(model.body_pos + 3 * goal, other.world_.model().body_pos + 3 * goal);
  }
  layout_ = other.layout_;
  next_generator_seed_ = other.next_generator_seed_;
  random_ = other.random_;
  memory_ = other.memory_;
  goal_button_ = other.goal_button_;
  button_timer_ = other.button_timer_;
  step_ = other.step_;
  status_ = other.status_;
  perturbation_ = {};
  goal_age_ = other.goal_age_;
  delayed_ = other.delayed_;
  observation_ = other.observation_;
  has_episode_ = true;
}

Status SafetyGymImpl::FollowRobot(const SafetyGym& other) {
  const auto* original = dynamic_cast<const SafetyGymImpl*>(&other);
  LOOKOUT_CHECK(original != nullptr, "there is one kind of SafetyGym");
  LOOKOUT_CHECK(original->has_episode_, "Reset before following");
  const RobotSizes sizes = SizesOfRobot(world_);
  if (config_.robot_base != original->config_.robot_base || !has_episode_ ||
      !(sizes == SizesOfRobot(original->world_))) {
    return BadInput("Only the same robot can be followed, in a world that has been reset.");
  }
  ForgetWarnings(world_);
  mjModel& model = world_.model();
  mjData& data = world_.data();
  const mjModel& its_model = original->world_.model();
  const mjData& from = original->world_.data();
  const int body = world_.robot_body();
  const int its_body = original->world_.robot_body();
  mju_copy3(model.body_pos + 3 * body, its_model.body_pos + 3 * its_body);
  mju_copy4(model.body_quat + 4 * body, its_model.body_quat + 4 * its_body);
  mju_copy(data.qpos, original->physics_.positions_before_pass().data(), sizes.positions);
  mju_copy(data.qvel, from.qvel, sizes.velocities);
  mju_copy(data.qacc_warmstart, original->physics_.warmstart_before_pass().data(),
           sizes.velocities);
  mju_copy(data.ctrl, from.ctrl, model.nu);
  data.time = from.time;
  step_ = 0;
  status_ = EpisodeStatus::kRunning;
  perturbation_ = {};
  physics_.Pass(world_, Physics::Sensors::kSkip);
  return {};
}

}  // namespace lookout::sim
