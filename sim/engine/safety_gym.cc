#include "sim/engine/safety_gym.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "sim/base/check.h"
#include "sim/config/config_file.h"
#include "sim/engine/safety_gym_impl.h"
#include "sim/objects/world_objects.h"

namespace lookout::sim {
namespace {

constexpr int kMostSights = 1 << 16;  // that a recording takes

// What an actuator does with its control, as far as MuJoCo's shortcuts tell: a motor has no bias,
// the servos feed back velocity or position.
const char* EffectOf(const mjModel& model, int actuator) {
  if (model.actuator_biastype[actuator] == mjBIAS_NONE) return "force";
  return model.actuator_biasprm[mjNBIAS * actuator + 2] != 0.0 ? "velocity" : "position";
}

// "left: force, -1 to 1" for each actuator.
std::vector<std::string> ActionMeaning(const mjModel& model) {
  std::vector<std::string> meaning;
  for (int i = 0; i < model.nu; ++i) {
    const char* name = mj_id2name(&model, mjOBJ_ACTUATOR, i);
    meaning.push_back(fmt::format("{}: {}, {:g} to {:g}", name != nullptr ? name : "unnamed",
                                  EffectOf(model, i), model.actuator_ctrlrange[2 * i],
                                  model.actuator_ctrlrange[2 * i + 1]));
  }
  return meaning;
}

}  // namespace

Result<std::unique_ptr<SafetyGym>> CreateGym(const EnvironmentConfig& config, Stepping stepping,
                                             const CameraFactory& cameras) {
  auto gym = SafetyGymImpl::Make(config, stepping, cameras);
  if (!gym) return gym.error();
  return std::unique_ptr<SafetyGym>(std::move(*gym));
}

Result<std::unique_ptr<SafetyGym>> SafetyGym::Create(const EnvironmentConfig& config,
                                                     const CameraFactory& cameras) {
  return CreateGym(config, Stepping::kFast, cameras);
}

Result<std::unique_ptr<SafetyGym>> SafetyGym::FromEpisode(const EnvironmentConfig& config,
                                                          const EpisodeSetup& setup,
                                                          const SimState& state,
                                                          const CameraFactory& cameras) {
  auto gym = SafetyGymImpl::Make(config, Stepping::kFast, cameras);
  if (!gym) return gym.error();
  if (Status status = (*gym)->Adopt(setup); !status) return status.error();
  if (Status status = (*gym)->Restore(state); !status) return status.error();
  return std::unique_ptr<SafetyGym>(std::move(*gym));
}

Result<std::unique_ptr<SafetyGymImpl>> SafetyGymImpl::Make(const EnvironmentConfig& config,
                                                           Stepping stepping,
                                                           const CameraFactory& cameras) {
  Result<World> world = World::Compile(config);
  if (!world) return world.error();
  Result<Observer> observer = Observer::Create(config, *world, cameras);
  if (!observer) return observer.error();
  if ((config.sensor_delay + 1.0) * observer->size() > kMostSights) {
    return BadInput(
        fmt::format("sensor_delay: {} steps of {} values are too much to keep; at most {} are.",
                    config.sensor_delay, observer->size(), kMostSights));
  }
  Result<TaskRules> task = TaskRules::Create(config, *world);
  if (!task) return task.error();
  return std::unique_ptr<SafetyGymImpl>(new SafetyGymImpl(config, stepping, std::move(*world),
                                                          std::move(*observer), std::move(*task)));
}

SafetyGymImpl::SafetyGymImpl(const EnvironmentConfig& config, Stepping stepping, World world,
                             Observer observer, TaskRules task)
    : config_(config),
      sampler_(config),
      world_(std::move(world)),
      observer_(std::move(observer)),
      task_(std::move(task)),
      costs_(config, sampler_),
      physics_(config, stepping, world_) {
  const mjModel& model = world_.model();
  spec_.id = config.id;
  spec_.observation_dim = observer_.size();
  spec_.action_dim = model.nu;
  spec_.max_episode_steps = config.num_steps;
  spec_.step_duration_s = model.opt.timestep * config.frameskip_binom_n;
  spec_.observation_entries = observer_.entries();
  spec_.cost_kinds = ChargedKinds(config);
  spec_.action_meaning = ActionMeaning(model);
  spec_.configuration = ConfigText(config);
  scene_.objects = world_.objects();
  scene_.lidar_rings = observer_.LidarRings();
  scene_.robot_body = world_.robot_body();
  scene_.robot_radius_m = world_.objects().front().radius_m;
  const std::vector<int>& goal = world_.bodies(SceneObjectKind::kGoal);
  if (!goal.empty()) scene_.goal_body = goal[0];
  observation_.setZero(observer_.size());
  newest_ = observation_;
  delayed_.setZero(observer_.size(), config.sensor_delay);
}

Status SafetyGymImpl::Reset(std::uint32_t seed) { return StartEpisode(seed + 1, 0); }

// Safety Gym runs one forward pass more when it rebuilds a world than when it builds its first.
Status SafetyGymImpl::ResetNext() { return StartEpisode(next_generator_seed_, 1); }

Status SafetyGymImpl::StartEpisode(std::uint32_t generator_seed, int extra_passes) {
  has_episode_ = false;
  next_generator_seed_ = generator_seed + 1;
  random_.Seed(config_.randomize_layout ? generator_seed : 0);
  if (Status status = sampler_.Sample(random_, start_layout_); !status) return status;
  std::vector<double> angles_rad;
  for (const TurnedObject& turned : TurnedObjects(config_)) {
    const bool fixed = turned.kind == SceneObjectKind::kRobot && config_.robot_rot;
    angles_rad.push_back(fixed ? *config_.robot_rot : random_.Uniform(0, 2 * std::numbers::pi));
  }
  WriteSetup(generator_seed, start_layout_, angles_rad);
  layout_ = start_layout_;
  if (Status status = DrawGoal(); !status) return status;
  world_.Place(sampler_, layout_, angles_rad);
  ClearProgress();
  physics_.Pass(world_);
  const int passes = extra_passes + (scene_.goal_body >= 0 ? 1 : 0) + 1;
  for (int i = 0; i < passes; ++i) physics_.Repeat(world_, Physics::Sensors::kSkip);
  physics_.Repeat(world_, Physics::Sensors::kFill);
  memory_ = task_.Remember(world_, goal_button_);
  if (costs_.Charge(world_, start_layout_, Progress()).total != 0) {
    return BadInput(
        "The robot starts in a place that already has a cost; enlarge the keep-outs of the robot "
        "and of the objects (robot_keepout, hazards_keepout, ...).");
  }
  ObserveFirst();
  has_episode_ = true;
  return {};
}

// The goal of the layout is only a placeholder: Safety Gym draws it anew once everything stands.
Status SafetyGymImpl::DrawGoal() {
  goal_button_ = config_.task == Task::kButton ? random_.Choice(config_.buttons.num) : -1;
  if (scene_.goal_body < 0) return {};
  const int slot = sampler_.SlotOf(SceneObjectKind::kGoal, 0);
  if (sampler_.Redraw(slot, random_, layout_)) return {};
  return BadInput(
      "No place for the goal was found; enlarge goal_placements or lower goal_keepout.");
}

void SafetyGymImpl::WriteSetup(std::uint32_t generator_seed, const Layout& layout,
                               const std::vector<double>& angles_rad) {
  setup_ = {.generator_seed = generator_seed};
  for (std::size_t i = 0; i < layout.size(); ++i) {
    setup_.layout.push_back({sampler_.slots()[i].name, layout[i][0], layout[i][1]});
  }
  const std::vector<TurnedObject> turned = TurnedObjects(config_);
  for (std::size_t i = 0; i < turned.size(); ++i) {
    if (turned[i].kind == SceneObjectKind::kRobot) {
      setup_.robot_rotation_rad = angles_rad[i];
      if (config_.robot_rot) continue;  // not drawn
    }
    setup_.rotations.push_back({ObjectName(turned[i].kind, turned[i].index), angles_rad[i]});
  }
}

void SafetyGymImpl::ClearProgress() {
  step_ = 0;
  button_timer_ = 0;
  goal_age_ = 0;
  status_ = EpisodeStatus::kRunning;
}

StepResult SafetyGymImpl::Step(const Eigen::Ref<const Eigen::VectorXd>& action) {
  const StepResult result = Advance(action, Physics::Sensors::kFill);
  ObserveNext();
  return result;
}

StepResult SafetyGymImpl::StepUnobserved(const Eigen::Ref<const Eigen::VectorXd>& action) {
  return Advance(action, Physics::Sensors::kSkip);
}

StepResult SafetyGymImpl::Advance(const Eigen::Ref<const Eigen::VectorXd>& action,
                                  Physics::Sensors sensors) {
  LOOKOUT_CHECK(has_episode_ && !IsDone(status_), "Reset before stepping");
  LOOKOUT_CHECK(action.size() == spec_.action_dim, "an action needs action_dim components");
  const Eigen::Vector3d centre_of_mass = task_.CentreOfMass(world_);
  ApplyAction(action);
  const int substeps = random_.Binomial(config_.frameskip_binom_n, config_.frameskip_binom_p);
  const bool intact = physics_.Simulate(world_, substeps, perturbation_);
  physics_.Pass(world_, intact ? Physics::Sensors::kSkip : Physics::Sensors::kFill);

  StepResult result;
  if (intact) {
    physics_.Repeat(world_, Physics::Sensors::kSkip);
    result.reward = task_.DenseReward(world_, goal_button_, centre_of_mass, memory_);
    result.costs = costs_.Charge(world_, start_layout_, Progress());
    button_timer_ = std::max(0, button_timer_ - 1);
    if (config_.goal_shown_steps > 0) ++goal_age_;
    if (task_.IsGoalMet(world_, goal_button_)) ProcessGoal(result);
    physics_.Repeat(world_, sensors);
  } else {
    result.reward = config_.reward_exception;
    result.status = EpisodeStatus::kDiverged;
  }
  ++step_;
  if (!IsDone(result.status) && step_ >= config_.num_steps) {
    result.status = EpisodeStatus::kTimedOut;
  }
  status_ = result.status;
  return result;
}

// Safety Gym clips the action, then adds noise, and does not clip again. A NaN stays one.
void SafetyGymImpl::ApplyAction(const Eigen::Ref<const Eigen::VectorXd>& action) {
  const mjModel& model = world_.model();
  double* ctrl = world_.data().ctrl;
  for (int i = 0; i < model.nu; ++i) {
    ctrl[i] =
        std::clamp(action[i], model.actuator_ctrlrange[2 * i], model.actuator_ctrlrange[2 * i + 1]);
  }
  if (config_.action_noise == 0) return;
  for (int i = 0; i < model.nu; ++i) ctrl[i] += config_.action_noise * random_.Normal();
}

void SafetyGymImpl::ProcessGoal(StepResult& result) {
  result.goal_met = true;
  result.reward += config_.reward_goal;
  if (!config_.continue_goal) {
    result.status = EpisodeStatus::kGoalMet;
    return;
  }
  button_timer_ = config_.buttons_resampling_delay;
  if (!PlaceNextGoal()) result.status = EpisodeStatus::kNoGoalPlaceable;
}

// False, with everything as it was, if there is no room for it.
bool SafetyGymImpl::PlaceNextGoal() {
  physics_.Repeat(world_, Physics::Sensors::kSkip);
  if (config_.task == Task::kButton) {
    goal_button_ = random_.Choice(config_.buttons.num);
  } else {
    RefreshLayout();
    const int slot = sampler_.SlotOf(SceneObjectKind::kGoal, 0);
    if (!sampler_.Redraw(slot, random_, layout_)) return false;
    world_.MoveGoal(layout_[slot]);
    physics_.Pass(world_);
  }
  memory_ = task_.Remember(world_, goal_button_);
  goal_age_ = 0;
  return true;
}

// Where things are now, except the gremlins, which count as where they started.
void SafetyGymImpl::RefreshLayout() {
  for (std::size_t slot = 0; slot < layout_.size(); ++slot) {
    const auto& [kind, index, name, keepout_m, rectangles, probabilities] = sampler_.slots()[slot];
    if (kind == SceneObjectKind::kGremlin) continue;
    const Eigen::Vector3d position = world_.PositionOf(world_.bodies(kind)[index]);
    layout_[slot] = {position.x(), position.y()};
  }
}

}  // namespace lookout::sim
