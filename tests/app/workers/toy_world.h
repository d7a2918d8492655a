// A world simple enough to know by heart: a bead on a line, pushed by the first action, shaken by
// the episode's random stream; the rule charges beyond x = 1. For tests of the workers.
#pragma once

#include <atomic>
#include <cmath>
#include <cstdint>
#include <limits>
#include <memory>
#include <set>
#include <span>
#include <stdexcept>

#include "app/workers/runtime/environment_factory.h"

namespace lookout::app {

// What goes wrong, and when; shared by every bead made from it.
struct ToyPlan {
  int episode_steps = 50;
  int observation_dim = 4;
  std::atomic<int> diverge_at_step{-1};
  std::atomic<int> throw_at_step{-1};
  std::atomic<bool> no_layout{false};
  std::set<std::uint32_t> refused_seeds;  // set before anything starts
  std::atomic<int> worlds_made{0};
};

class ToyGym : public sim::SafetyGym {
 public:
  ToyGym(std::shared_ptr<ToyPlan> plan, sim::EnvironmentConfig config)
      : plan_(std::move(plan)), config_(std::move(config)) {
    ++plan_->worlds_made;
    spec_.id = config_.id;
    spec_.observation_dim = plan_->observation_dim;
    spec_.action_dim = 2;
    spec_.max_episode_steps = plan_->episode_steps;
    observation_.resize(plan_->observation_dim);
  }

  const sim::EnvironmentSpec& spec() const override { return spec_; }
  const sim::EnvironmentConfig& config() const override { return config_; }
  const sim::EpisodeSetup& setup() const override { return setup_; }
  const sim::SceneDescription& scene() const override { return scene_; }
  const Eigen::VectorXd& observation() const override { return observation_; }
  sim::ModelPtr CopyModel() const override { return nullptr; }

  Status Reset(std::uint32_t seed) override {
    if (plan_->no_layout || plan_->refused_seeds.contains(seed))
      return BadInput("No layout fits: allow fewer objects.");
    setup_.generator_seed = seed + 1;
    return Rewind();
  }
  Status ResetNext() override { return Reset(setup_.generator_seed); }
  Status Enter(const sim::EpisodeSetup& setup, const sim::SimState& state) {
    setup_ = setup;
    return Restore(state);
  }

  sim::StepResult Step(const Eigen::Ref<const Eigen::VectorXd>& action) override {
    const int next = state_.step + 1;
    if (next == plan_->throw_at_step) throw std::runtime_error("the bead fell off");
    state_.qvel[0] += 0.1 * action[0] + 0.01 * (random_.RandomSample() - 0.5) + push_;
    state_.qpos[0] += 0.02 * state_.qvel[0];
    state_.time_s += spec_.step_duration_s;
    state_.step = next;
    if (next == plan_->diverge_at_step) {
      state_.qpos[0] = std::numeric_limits<double>::quiet_NaN();
      state_.status = sim::EpisodeStatus::kDiverged;
    } else if (next >= spec_.max_episode_steps) {
      state_.status = sim::EpisodeStatus::kTimedOut;
    }
    Observe();
    sim::StepResult result;
    result.reward = state_.qpos[0];
    result.costs.total = state_.qpos[0] > 1.0 ? 1.0 : 0.0;
    result.status = state_.status;
    return result;
  }

  Status Follow(const sim::SafetyGym& other) override { return Enter(other.setup(), other.Save()); }
  Status FollowHolding(const sim::SafetyGym& other, std::span<const std::uint8_t>) override {
    return Follow(other);
  }
  Status FollowRobot(const sim::SafetyGym& other) override { return Follow(other); }
  sim::StepResult StepUnobserved(const Eigen::Ref<const Eigen::VectorXd>& action) override {
    return Step(action);
  }

  sim::SimState Save() const override {
    sim::SimState out;
    Save(out);
    return out;
  }
  void Save(sim::SimState& out) const override {
    out = state_;
    out.random = random_.Save();
  }
  Status Restore(const sim::SimState& state) override {
    if (state.qpos.size() != 1) return BadInput("The state is not a bead's.");
    state_ = state;
    random_.Restore(state.random);
    Observe();
    return {};
  }

  void SetPerturbation(const sim::Perturbation& perturbation) override {
    push_ = perturbation.force_n.x();
  }
  void MoveBody(int, const Eigen::Vector3d& position, const Eigen::Vector4d&) override {
    state_.qpos[0] = position.x();
    Observe();
  }
  Eigen::Vector3d robot_position_in_world() const override { return {state_.qpos[0], 0.0, 0.0}; }
  Eigen::Matrix3d world_from_robot_rotation() const override { return Eigen::Matrix3d::Identity(); }
  Eigen::Vector3d robot_velocity_in_world() const override { return {state_.qvel[0], 0.0, 0.0}; }
  void ObjectPositions(Eigen::Matrix3Xd& out) const override { out.resize(3, 0); }

 private:
  Status Rewind() {
    random_.Seed(setup_.generator_seed);
    state_ = {};
    state_.qpos = state_.qvel = Eigen::VectorXd::Zero(1);
    state_.qpos[0] = random_.RandomSample();
    push_ = 0.0;
    Observe();
    return {};
  }
  void Observe() {
    observation_.setZero();
    observation_[0] = state_.qpos[0];
    observation_[1] = state_.qvel[0];
  }

  std::shared_ptr<ToyPlan> plan_;
  sim::EnvironmentConfig config_;
  sim::EnvironmentSpec spec_;
  sim::EpisodeSetup setup_;
  sim::SceneDescription scene_;
  sim::SimState state_;
  RandomState random_;
  Eigen::VectorXd observation_;
  double push_ = 0.0;
};

// EnvironmentFactory in which every known id is a bead; "nowhere" is refused, and so is
// "unbuildable" later.
inline EnvironmentFactory ToyEnvironmentFactory(const std::shared_ptr<ToyPlan>& plan) {
  EnvironmentFactory factory;
  factory.config = [](std::string_view id) -> Result<sim::EnvironmentConfig> {
    if (id == "nowhere") return BadInput("There is no environment nowhere.");
    sim::EnvironmentConfig config;
    config.id = std::string(id);
    config.robot_base = sim::RobotKind::kPoint;
    return config;
  };
  factory.create = [plan](const sim::EnvironmentConfig& config) -> Result<EnvironmentFactory::Gym> {
    if (config.id == "unbuildable") return BadInput("unbuildable: hazards_size must be positive.");
    return EnvironmentFactory::Gym(std::make_unique<ToyGym>(plan, config));
  };
  factory.from_episode = [plan](const sim::EnvironmentConfig& config,
                                const sim::EpisodeSetup& setup,
                                const sim::SimState& state) -> Result<EnvironmentFactory::Gym> {
    auto gym = std::make_unique<ToyGym>(plan, config);
    if (Status entered = gym->Enter(setup, state); !entered) return entered.error();
    return EnvironmentFactory::Gym(std::move(gym));
  };
  return factory;
}

}  // namespace lookout::app
