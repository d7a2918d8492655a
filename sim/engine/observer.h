// Turns the state of a world into the flat observation. Its layout, a list of entries sorted by
// key, is fixed when it is made. One thread; Observe does not allocate.
#pragma once

#include <Eigen/Core>
#include <memory>
#include <span>
#include <vector>

#include "sim/base/result.h"
#include "sim/config/config.h"
#include "sim/engine/lidar.h"
#include "sim/engine/world.h"
#include "sim/environment/camera_renderer.h"
#include "sim/environment/environment.h"

namespace lookout::sim {

// What the observation needs besides the world.
struct EpisodeProgress {
  int step = 0;
  int button_timer = 0;  // while it runs, buttons are not seen
  int goal_button = -1;
  int goal_age = 0;          // steps since the goal was placed
  std::uint32_t stream = 0;  // of the episode, for chance in what is seen
  // By body, 1: not there for lidars, compasses, the goal's distance and costs. Empty: all are.
  std::span<const std::uint8_t> unseen_bodies = {};

  bool Sees(int body) const {
    return unseen_bodies.empty() || unseen_bodies[static_cast<std::size_t>(body)] == 0;
  }
};

class Observer {
 public:
  // Rejects (kBadInput) options that this world cannot show, naming the option; among them
  // observe_vision without a factory of renderers.
  static Result<Observer> Create(const EnvironmentConfig& config, const World& world,
                                 const CameraFactory& cameras);

  const std::vector<ObservationEntry>& entries() const { return entries_; }
  int size() const { return size_; }
  std::vector<LidarRing> LidarRings() const;

  // out: [size()]. The world's forward pass must be current.
  void Observe(const World& world, const EpisodeProgress& progress, Eigen::VectorXd& out) const;

 private:
  enum class Source : std::uint8_t {
    kSensor,        // as MuJoCo gives it
    kHingeAngle,    // as sine and cosine
    kBallRotation,  // as a rotation matrix, row by row
    kLidar,
    kCompass,
    kGoalDistance,
    kRemaining,
    kFreeJoint,
    kCentreOfMass,
    kPositions,
    kVelocities,
    kControls,
    kVision,
  };
  struct Part {
    Source source = Source::kSensor;
    SceneObjectKind target = SceneObjectKind::kGoal;  // of a lidar or compass
    int address = 0;                                  // of a sensor
    int geom_group = 0;                               // of what a natural lidar looks for
    ObservationEntry entry;
  };

  // The robot's camera and the picture that it took last.
  struct Vision {
    int camera = 0;
    std::unique_ptr<CameraRenderer> renderer;
    std::vector<std::uint8_t> pixels;
  };

  explicit Observer(const EnvironmentConfig& config) : config_(config), lidar_(config) {}

  Status AddSensors(const mjModel& model);
  Status AddSensor(const mjModel& model, const std::string& name);
  void AddJointSensors(const mjModel& model);
  Status AddTargets(const World& world);
  Status AddRaw(const World& world);
  Status AddVision(const World& world, const CameraFactory& cameras);
  void Add(std::string key, Source source, int size, SceneObjectKind target, int address);
  void Arrange();

  void Fill(const Part& part, const World& world, const EpisodeProgress& progress,
            std::span<double> out) const;
  void FillLidar(const Part& part, const World& world, const EpisodeProgress& progress,
                 std::span<double> out) const;
  void FillNaturalLidar(const World& world, int geom_group, std::span<double> out) const;
  void FillCompassTo(SceneObjectKind target, const World& world, const EpisodeProgress& progress,
                     std::span<double> out) const;
  void FillCompass(const World& world, const Eigen::Vector3d& target, std::span<double> out) const;
  // Whether lidars see anything in this step.
  bool LidarsSee(const EpisodeProgress& progress) const;
  // Whether they see what lies in that direction of the robot, ahead being 0.
  bool IsInView(double bearing_rad) const;
  // Whether the goal is there to be seen; the origin, where that is the goal, is for as long.
  bool SeesGoal(const World& world, const EpisodeProgress& progress) const;
  void FillVision(const World& world, std::span<double> out) const;

  EnvironmentConfig config_;
  PseudoLidar lidar_;
  std::vector<Part> parts_;
  std::vector<ObservationEntry> entries_;
  std::unique_ptr<Vision> vision_;  // only where it is observed
  int size_ = 0;
};

// What the task is about: the goal, the goal button, or the origin.
Eigen::Vector3d GoalPosition(const World& world, Task task, int goal_button);

// The body that this is the position of; -1: the origin.
int GoalBody(const World& world, Task task, int goal_button);

// Horizontal distance from the robot to a point, metres.
double DistanceFromRobot(const World& world, const Eigen::Vector3d& point);

}  // namespace lookout::sim
