// Safety Gym's Engine on MuJoCo. One thread per environment; models are shared read-only.
#pragma once

#include <cstdint>
#include <memory>
#include <span>

#include "sim/config/config.h"
#include "sim/environment/camera_renderer.h"
#include "sim/environment/environment.h"
#include "sim/environment/state.h"

struct mjModel_;  // MuJoCo's compiled model, opaque here

namespace lookout::sim {

using ModelPtr = std::shared_ptr<const mjModel_>;
// Bytes that a model takes, textures included; 0 of none.
std::size_t BytesOf(const ModelPtr& model);

// A person's hand on a body: a force and torque in the world frame, applied for the next steps.
struct Perturbation {
  int body = 0;  // 0: none
  Eigen::Vector3d force_n = Eigen::Vector3d::Zero();
  Eigen::Vector3d torque_nm = Eigen::Vector3d::Zero();
  bool operator==(const Perturbation&) const = default;
};

class SafetyGym : public Environment {
 public:
  // Compiles the world. Rejects (kBadInput) configurations that it cannot build, naming the key.
  // cameras: what draws for observe_vision; without it, that option is refused.
  static Result<std::unique_ptr<SafetyGym>> Create(const EnvironmentConfig& config,
                                                   const CameraFactory& cameras = {});

  // The world of a recorded episode in its state: layout from `setup`, then Restore(state).
  static Result<std::unique_ptr<SafetyGym>> FromEpisode(const EnvironmentConfig& config,
                                                        const EpisodeSetup& setup,
                                                        const SimState& state,
                                                        const CameraFactory& cameras = {});

  virtual const EnvironmentConfig& config() const = 0;
  virtual const EpisodeSetup& setup() const = 0;
  virtual const SceneDescription& scene() const = 0;

  // Of the state after the last Reset or Step. The future after Restore equals the original's.
  virtual SimState Save() const = 0;
  virtual void Save(SimState& out) const = 0;  // reuses out's memory
  // Rejects (kBadInput) a state whose sizes do not fit or that holds a NaN.
  virtual Status Restore(const SimState& state) = 0;

  // Becomes a twin of `other`: the same episode in the same state, with the same future bit for
  // bit, random stream included, at the cost of about one forward pass. observation() is the
  // other's. A person's hand on the other's world is not taken over, and this one's is taken away.
  // Rejects (kBadInput) a world of another configuration. Allocates only when the other's episode
  // is another than that of the last call.
  virtual Status Follow(const SafetyGym& other) = 0;
  // The same with loose objects that hold still where they are and touch nothing until the next
  // call, which makes steps several times faster where there are many: those for which `held`, one
  // value for each of scene().objects, is not 0 and that do not move. What touches none of them
  // moves alike to many digits, though not to the last. Seeing to that is the caller's.
  virtual Status FollowHolding(const SafetyGym& other, std::span<const std::uint8_t> held) = 0;
  // Takes over the other's robot alone: its pose, motion and controls, and the time. For a world
  // with the same robot and less around it, which is many times faster; as long as the robot
  // touches nothing, both move alike to many digits, though not to the last. Rejects (kBadInput)
  // another robot, and a world that has no episode yet. Does not allocate.
  virtual Status FollowRobot(const SafetyGym& other) = 0;
  // As Step(), for whoever looks ahead: observation() stays as it was. The next Step() makes one.
  virtual StepResult StepUnobserved(const Eigen::Ref<const Eigen::VectorXd>& action) = 0;

  // A copy of the compiled model with this episode's layout, for a viewer's own mjData.
  virtual ModelPtr CopyModel() const = 0;

  // Applied at every substep until replaced; not part of SimState.
  virtual void SetPerturbation(const Perturbation& perturbation) = 0;
  // Moves the pose of the robot or a free object while paused, then recomputes the observation.
  virtual void MoveBody(int body, const Eigen::Vector3d& position_in_world,
                        const Eigen::Vector4d& quaternion_in_world) = 0;

  // Position [3] and rotation [3 x 3] of the robot in the world frame, metres.
  virtual Eigen::Vector3d robot_position_in_world() const = 0;
  virtual Eigen::Matrix3d world_from_robot_rotation() const = 0;
  virtual Eigen::Vector3d robot_velocity_in_world() const = 0;  // m/s
  // World position of every scene().objects entry, same order; [3 x objects].
  virtual void ObjectPositions(Eigen::Matrix3Xd& out) const = 0;
};

}  // namespace lookout::sim
