// The one implementation of SafetyGym. Internal to sim/.
#pragma once

#include "sim/base/random_state.h"
#include "sim/engine/cost_rules.h"
#include "sim/engine/observer.h"
#include "sim/engine/physics.h"
#include "sim/engine/safety_gym.h"
#include "sim/engine/stepping.h"
#include "sim/engine/task_rules.h"
#include "sim/engine/what_if.h"
#include "sim/engine/world.h"
#include "sim/objects/layout_sampler.h"

namespace lookout::sim {

class SafetyGymImpl final : public SafetyGym {
 public:
  static Result<std::unique_ptr<SafetyGymImpl>> Make(const EnvironmentConfig& config,
                                                     Stepping stepping,
                                                     const CameraFactory& cameras);

  const EnvironmentSpec& spec() const override { return spec_; }
  const EnvironmentConfig& config() const override { return config_; }
  const EpisodeSetup& setup() const override { return setup_; }
  const SceneDescription& scene() const override { return scene_; }
  const Eigen::VectorXd& observation() const override { return observation_; }

  std::size_t memory_bytes() const override { return world_.memory_bytes(); }

  Status Reset(std::uint32_t seed) override;
  Status ResetNext() override;
  StepResult Step(const Eigen::Ref<const Eigen::VectorXd>& action) override;

  SimState Save() const override;
  void Save(SimState& out) const override;
  Status Restore(const SimState& state) override;
  // Takes over a recorded episode's layout. Rejects one that does not fit the configuration.
  Status Adopt(const EpisodeSetup& setup);
  Status Follow(const SafetyGym& other) override { return FollowHolding(other, {}); }
  Status FollowHolding(const SafetyGym& other, std::span<const std::uint8_t> held) override;
  Status FollowRobot(const SafetyGym& other) override;
  StepResult StepUnobserved(const Eigen::Ref<const Eigen::VectorXd>& action) override;

  ModelPtr CopyModel() const override;
  void SetPerturbation(const Perturbation& perturbation) override;
  void MoveBody(int body, const Eigen::Vector3d& position_in_world,
                const Eigen::Vector4d& quaternion_in_world) override;

  Eigen::Vector3d robot_position_in_world() const override;
  Eigen::Matrix3d world_from_robot_rotation() const override;
  Eigen::Vector3d robot_velocity_in_world() const override;
  void ObjectPositions(Eigen::Matrix3Xd& out) const override;

  // See what_if.h.
  void ObserveWithout(std::span<const std::uint8_t> unseen_objects, Eigen::VectorXd& out) const;
  void ObserveMoved(const SimState& from, const RobotMove& move);
  Costs ChargeWithout(std::span<const std::uint8_t> unseen_objects) const;

 private:
  SafetyGymImpl(const EnvironmentConfig& config, Stepping stepping, World world, Observer observer,
                TaskRules task);

  Status StartEpisode(std::uint32_t generator_seed, int extra_passes);
  Status DrawGoal();
  void WriteSetup(std::uint32_t generator_seed, const Layout& layout,
                  const std::vector<double>& angles_rad);
  void ClearProgress();

  // By body, of the objects of the scene.
  std::vector<std::uint8_t> UnseenBodies(std::span<const std::uint8_t> unseen_objects) const;

  bool IsSameEpisode(const SafetyGymImpl& other) const;
  void CopyState(const SafetyGymImpl& other);
  void HoldStill(const SafetyGymImpl& other, std::span<const std::uint8_t> held);

  // All of a step but the observation; `sensors`: whether the last pass fills what it is made of.
  StepResult Advance(const Eigen::Ref<const Eigen::VectorXd>& action, Physics::Sensors sensors);
  void ApplyAction(const Eigen::Ref<const Eigen::VectorXd>& action);
  void ProcessGoal(StepResult& result);
  bool PlaceNextGoal();
  void RefreshLayout();
  EpisodeProgress Progress() const {
    return {step_, button_timer_, goal_button_, goal_age_,
            config_.randomize_layout ? setup_.generator_seed : 0};
  }
  // Fills observation_ at an episode's start, and after a step: the present one, or the one of
  // sensor_delay steps ago, the first of all standing in for what was before it.
  void ObserveFirst();
  void ObserveNext();
  // After a change between two steps: what was not late already.
  void ObserveAgain();
  Eigen::Index SightsSize() const {
    return delayed_.cols() > 0 ? observation_.size() + delayed_.size() : 0;
  }
  // As the state says; in the present, where it does not.
  void ObserveAsOf(const SimState& state);

  EnvironmentConfig config_;
  LayoutSampler sampler_;
  World world_;
  Observer observer_;
  TaskRules task_;
  CostRules costs_;
  Physics physics_;
  EnvironmentSpec spec_;
  SceneDescription scene_;

  EpisodeSetup setup_;
  Layout start_layout_;  // what displacement counts from
  Layout layout_;        // as known when the goal was last placed; scratch between goals
  std::uint32_t next_generator_seed_ = 0;
  RandomState random_;
  TaskMemory memory_;
  int goal_button_ = -1;
  int button_timer_ = 0;
  int step_ = 0;
  int goal_age_ = 0;  // stays 0 where goals are always shown
  EpisodeStatus status_ = EpisodeStatus::kRunning;
  bool has_episode_ = false;
  bool holds_ = false;  // some objects; see FollowHolding()

  Perturbation perturbation_;
  Eigen::VectorXd observation_;
  Eigen::VectorXd newest_;   // before it is delayed; scratch
  Eigen::MatrixXd delayed_;  // [observation_dim x sensor_delay], the next to be seen first
};

}  // namespace lookout::sim
