// The compiled world and its state: MuJoCo's model and data with every id looked up once.
// One owner, one thread. Only sim/*.cc and tests include this header.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstddef>
#include <optional>
#include <vector>

#include "sim/base/result.h"
#include "sim/environment/state.h"
#include "sim/objects/layout_sampler.h"
#include "sim/solver/mujoco_handles.h"

namespace lookout::sim {

// A rotation about Z for each object that is turned, in the order of drawing; see BodyOrder().
struct TurnedObject {
  SceneObjectKind kind = SceneObjectKind::kRobot;
  int index = 0;
};
std::vector<TurnedObject> TurnedObjects(const EnvironmentConfig& config);

// How a body can be moved by hand.
enum class BodyFreedom : std::uint8_t { kFixed, kFree, kPlanar };

class World {
 public:
  // Rejects (kBadInput) what MuJoCo cannot build.
  static Result<World> Compile(const EnvironmentConfig& config);

  const mjModel& model() const { return *model_; }
  mjModel& model() { return *model_; }
  const mjData& data() const { return *data_; }
  mjData& data() { return *data_; }

  // Of the model and its data.
  std::size_t memory_bytes() const;

  // What there is, in the order of the bodies; objects()[0] is the robot.
  const std::vector<SceneObject>& objects() const { return objects_; }
  // The bodies of one kind, by index; of what is dragged, the one that can be touched.
  const std::vector<int>& bodies(SceneObjectKind kind) const {
    return bodies_[static_cast<std::size_t>(kind)];
  }
  int robot_body() const { return objects_.front().body; }
  // Index into objects() of what a geom belongs to, or -1 for the floor.
  int object_of_geom(int geom) const { return object_of_geom_[geom]; }

  // Puts everything where a new episode wants it and makes a fresh state. Instead of compiling a
  // model per episode, as Safety Gym does, this writes what depends on the places: body frames, the
  // free joints' reference poses, the gremlins' welds; then has MuJoCo redo what it derives.
  // layout: a place per slot. angles_rad: one per TurnedObjects().
  void Place(const LayoutSampler& sampler, const Layout& layout,
             const std::vector<double>& angles_rad);
  // Moves the goal, if there is one; takes effect with the next forward pass.
  void MoveGoal(const Point2& place);

  Eigen::Vector3d PositionOf(int body) const;
  Eigen::Matrix3d RotationOf(int body) const;
  // Of the body frame's origin, m/s, world frame.
  Eigen::Vector3d VelocityOf(int body) const;

  BodyFreedom FreedomOf(int body) const;
  // Sets the joints of a body that is not fixed; no forward pass. A planar body takes x, y and yaw.
  void SetPose(int body, const Eigen::Vector3d& position, const Eigen::Vector4d& quaternion);
  // Shifts the joints of a body that is not fixed on the floor, metres in the world frame, turns
  // them about its vertical axis, and its horizontal motion along. forward_m_s: in place of that
  // motion, along where it then looks. No forward pass.
  void MoveBase(int body, const Eigen::Vector2d& shift_m, double turn_rad,
                const std::optional<double>& forward_m_s);

 private:
  World(ModelHandle model, DataHandle data) : model_(std::move(model)), data_(std::move(data)) {}

  void LookUp(const EnvironmentConfig& config);
  void PlaceBody(int body, const Point2& place, double angle_rad);
  void PlaceMocap(const SceneObject& object, const Point2& place, double angle_rad);

  ModelHandle model_;
  DataHandle data_;
  std::vector<SceneObject> objects_;
  std::array<std::vector<int>, kSceneObjectKindCount> bodies_;
  std::vector<int> object_of_geom_;
};

// The row-major 3 x 3 matrix at `elements`, as MuJoCo stores it.
Eigen::Matrix3d MatrixFromMujoco(const mjtNum* elements);

}  // namespace lookout::sim
