// The box that a question is about, and what is observed in it: of a point what the simulator would
// observe, of a part of the box everything that might be. Immutable; any thread.
//
// The robot is taken to stand upright. Lidars and goal_dist follow from where things are, the
// magnetometer from the heading; the robot's other sensors are variables where the question says a
// range, else what they are after the reset.
#pragma once

#include <Eigen/Core>
#include <string>
#include <vector>

#include "agents/inspect/verification/model_bounds.h"
#include "agents/inspect/verification/question.h"
#include "sim/engine/safety_gym.h"

namespace lookout::agents {

struct Variable {
  std::string name;  // "x_m", "heading_rad", "velocimeter[0]", "hazard distance_m"
};

class Scene {
 public:
  // gym: after a Reset. bounds: of a model that fits it. Variables that the model sees nothing of
  // are left out. Rejects (kBadInput), naming the key: lidars of the natural type, a model that
  // looks at what no pose tells (compasses, positions, pictures), things and sensors that are not
  // there, and questions with more variables than Box::kMostVariables.
  static Result<Scene> Create(const Question& question, const ModelBounds& bounds,
                              const sim::SafetyGym& gym);

  const std::vector<Variable>& variables() const { return variables_; }
  // The question is about what of these boxes Contains lets in; one for each thing to be near to.
  const std::vector<Box>& roots() const { return roots_; }
  // Whether a point of that root belongs to the question.
  bool Contains(const Point& point, std::size_t root) const;
  // False only if no point of the box, a part of that root, does.
  bool MayContain(const Box& box, std::size_t root) const;

  // observation: [observation_dim].
  void ObserveAt(const Point& point, Eigen::Ref<Eigen::VectorXf> observation) const;
  ObservationBox Observe(const Box& box) const;

  // Whether the first three variables are the robot's x_m, y_m and heading_rad in a layout.
  bool has_pose() const { return in_layout_; }
  // What a reader needs to know that is in no variable: "accelerometer 0, 0, 9.81".
  const std::vector<std::string>& fixed_sensors() const { return fixed_; }

 private:
  struct Ring {
    int offset = 0;
    int bins = 0;
    std::vector<sim::Point2> in_world;  // of the layout
    std::vector<int> around;            // indices of things_, of the others
  };
  struct Around {
    int distance = 0;  // variables
    int bearing = 0;
  };
  struct Sensed {
    int place = 0;  // in the observation
    int variable = 0;
  };

  explicit Scene(const sim::EnvironmentConfig& config) : lidar_bounds_(config), lidar_(config) {}
  friend class SceneMaker;

  Sighting SeenIn(const Box& box, const sim::Point2& thing) const;
  std::vector<Sighting> Sightings(const Box& box, const Ring& ring) const;
  void FillRing(const Point& point, const Ring& ring, std::vector<double>& observed) const;
  double HeadingOf(const Point& point) const;

  std::vector<Variable> variables_;
  std::vector<Box> roots_;
  bool in_layout_ = true;
  int heading_ = -1;  // variable, after x and y in a layout; -1: nothing depends on it
  std::vector<sim::Point2> near_to_;  // with within_m, of each root; with beyond_m, all to avoid
  double within_m_ = -1.0;            // negative: not asked
  double beyond_m_ = -1.0;
  int velocity_ = -1;  // variable of the forward velocity, the sideways one after it
  double speed_m_per_s_ = 0.0;

  Eigen::VectorXd after_reset_;  // [observation_dim]
  std::vector<std::string> fixed_;
  std::vector<Ring> rings_;
  std::vector<Around> things_;
  std::vector<Sensed> sensed_;
  int magnetometer_ = -1;  // place; -1: not looked at
  double north_m_ = 0.0;   // length of its horizontal part, and its angle at heading 0
  double north_rad_ = 0.0;
  int goal_distance_ = -1;  // place of goal_dist
  sim::Point2 goal_{};
  LidarBounds lidar_bounds_;
  sim::PseudoLidar lidar_;
};

}  // namespace lookout::agents
