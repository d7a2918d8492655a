#include <algorithm>
#include <cmath>
#include <memory>
#include <numbers>
#include <span>
#include <string>
#include <utility>
#include <vector>

#include "agents/policies/scripted/clear_course.h"
#include "agents/policies/scripted/perception.h"
#include "agents/policies/scripted/robot_drive.h"
#include "agents/policies/scripted/scripted_policies.h"
#include "agents/policies/scripted/task_planner.h"
#include "sim/objects/object_kinds.h"

namespace lookout::agents {
namespace {

using std::numbers::pi;
using Kind = sim::SceneObjectKind;

using sim::RobotHandling;

constexpr double kCarefulForce = 0.55;
constexpr double kLookAhead_m = 1.3;
constexpr double kCentreRoom_m = 0.22;      // between a boundary and the robot's centre
constexpr double kTouchRoom_m = 0.14;       // between the outsides of robot and thing
constexpr double kBumpRoom_m = 0.03;        // likewise, where a bump costs nothing that matters
constexpr double kSamePlace_m = 0.3;        // the goal's button is no obstacle
constexpr DriveCommand kSearch{0.4, 0.25};  // a wide circle while the goal is out of sight

class GoToGoalMemory : public PolicyMemory {
 public:
  DriveMemory drive;
  std::vector<LidarReturn> returns;
  std::vector<Sighting> seen;
  std::vector<Obstacle> obstacles;
  TaskPlannerMemory planner;
  Eigen::Vector2d mean_velocity = Eigen::Vector2d::Zero();
  double slow_s = 0.0;
  double back_off_left_s = 0.0;
  double back_off_turn = 0.0;
};

// A kind of thing to keep clear of, and how far its centre.
struct Avoided {
  Kind kind;
  double clearance_m;
};

// As the kinds' descriptors say. The order decides the last bits of what a course costs, so that of
// the bodies and of the places, which never change, is kept to.
std::vector<Avoided> AvoidedIn(const sim::EnvironmentConfig& config, const RobotHandling& handling,
                               bool careful) {
  const double touch_m = handling.body_m + kTouchRoom_m;
  const double less_m = careful ? 0.0 : kTouchRoom_m - kBumpRoom_m;
  std::vector<Avoided> avoided;
  const auto add = [&](std::span<const Kind> kinds, sim::KeepsClear when) {
    for (const Kind kind : kinds) {
      const sim::ClearanceRule& rule = sim::DescriptorOf(kind).clearance;
      if (rule.when != when || (rule.applies != nullptr && !rule.applies(config))) continue;
      const double room_m = rule.from_centre ? kCentreRoom_m : touch_m;
      avoided.push_back(
          {kind, rule.reach_m(config) + room_m - (rule.may_be_bumped ? less_m : 0.0)});
    }
  };
  add(sim::BodyOrder(), sim::KeepsClear::kAlways);
  if (careful) add(sim::PlacementOrder(), sim::KeepsClear::kWhenCareful);
  return avoided;
}

class GoToGoalPolicy : public DrivingPolicy {
 public:
  GoToGoalPolicy(RobotDrive drive, const Perception& perception, TaskPlanner planner,
                 std::vector<Avoided> avoided, double step_s, double box_clearance_m, bool careful)
      : drive_(drive),
        handling_(drive.robot().handling),
        perception_(perception),
        planner_(planner),
        avoided_(std::move(avoided)),
        step_s_(step_s),
        box_clearance_m_(box_clearance_m),
        careful_(careful) {}

  std::string name() const override { return careful_ ? "Go to goal, careful" : "Go to goal"; }
  std::unique_ptr<PolicyMemory> NewMemory() const override;
  DriveCommand Decide(const Eigen::VectorXd& observation, PolicyMemory& memory,
                      RandomState& random) const override;
  void Do(const DriveCommand& command, PolicyMemory& memory,
          Eigen::VectorXd& action) const override;

 private:
  bool BacksOff(const Eigen::Vector2d& velocity, RandomState& random, GoToGoalMemory& own) const;
  void LookAround(const Eigen::VectorXd& observation, const TaskPlanner::Leg& leg,
                  GoToGoalMemory& own) const;
  DriveCommand Steer(double course_rad, const Eigen::Vector2d& velocity) const;

  RobotDrive drive_;
  RobotHandling handling_;
  Perception perception_;
  TaskPlanner planner_;
  std::vector<Avoided> avoided_;
  double step_s_;
  double box_clearance_m_;
  bool careful_;
};

std::unique_ptr<PolicyMemory> GoToGoalPolicy::NewMemory() const {
  constexpr std::size_t kMostSeen = 256;
  auto memory = std::make_unique<GoToGoalMemory>();
  memory->returns.reserve(kMostSeen);
  memory->seen.reserve(kMostSeen);
  memory->obstacles.reserve(kMostSeen);
  return memory;
}

// True while the robot backs away from whatever has held it for some time.
bool GoToGoalPolicy::BacksOff(const Eigen::Vector2d& velocity, RandomState& random,
                              GoToGoalMemory& own) const {
  const double share = std::min(1.0, step_s_ / handling_.mean_over_s);
  own.mean_velocity += share * (velocity - own.mean_velocity);
  own.slow_s = own.mean_velocity.norm() < handling_.stuck_mps ? own.slow_s + step_s_ : 0.0;
  if (own.slow_s >= handling_.stuck_after_s) {
    own.slow_s = 0.0;
    own.back_off_left_s = handling_.back_off_s;
    own.back_off_turn = random.Uniform(0.0, 1.0) < 0.5 ? -1.0 : 1.0;
  }
  if (own.back_off_left_s <= 0.0) return false;
  own.back_off_left_s -= step_s_;
  return true;
}

void GoToGoalPolicy::LookAround(const Eigen::VectorXd& observation, const TaskPlanner::Leg& leg,
                                GoToGoalMemory& own) const {
  own.obstacles.clear();
  for (const Avoided& avoided : avoided_) {
    perception_.All(observation, avoided.kind, own.returns, own.seen);
    for (const Sighting& seen : own.seen) {
      const bool is_goal = avoided.kind == Kind::kButton &&
                           (seen.point_m() - leg.to.point_m()).norm() < kSamePlace_m;
      if (!is_goal) own.obstacles.push_back({seen, avoided.clearance_m});
    }
  }
  if (!leg.round_the_box) return;
  if (const auto box = perception_.Nearest(observation, Kind::kBox)) {
    own.obstacles.push_back({*box, box_clearance_m_});
  }
}

DriveCommand GoToGoalPolicy::Steer(double course_rad, const Eigen::Vector2d& velocity) const {
  // A robot that slides aims to the other side of the course than it drifts.
  const double aim = std::remainder(course_rad - handling_.sideways_gain * velocity.y(), 2.0 * pi);
  const double ease = (handling_.no_speed_rad - std::abs(aim)) /
                      (handling_.no_speed_rad - handling_.full_speed_rad);
  double forward = (careful_ ? kCarefulForce : 1.0) * std::clamp(ease, 0.0, 1.0);
  if (velocity.x() > handling_.top_speed_mps * (careful_ ? kCarefulForce : 1.0)) forward = 0.0;
  return {forward, std::clamp(handling_.turn_gain * aim, -1.0, 1.0)};
}

DriveCommand GoToGoalPolicy::Decide(const Eigen::VectorXd& observation, PolicyMemory& memory,
                                    RandomState& random) const {
  auto& own = dynamic_cast<GoToGoalMemory&>(memory);
  const Eigen::Vector2d velocity =
      perception_.Velocity(observation).value_or(Eigen::Vector2d(handling_.stuck_mps, 0.0));
  if (BacksOff(velocity, random, own)) return {-1.0, own.back_off_turn};
  const std::optional<TaskPlanner::Leg> leg = planner_.Next(perception_, observation, own.planner);
  if (!leg) return kSearch;
  LookAround(observation, *leg, own);
  const double look_ahead_m = std::min(kLookAhead_m, leg->to.distance_m);
  return Steer(ClearCourse(leg->to.angle_rad, look_ahead_m, own.obstacles), velocity);
}

void GoToGoalPolicy::Do(const DriveCommand& command, PolicyMemory& memory,
                        Eigen::VectorXd& action) const {
  drive_.Act(command, dynamic_cast<GoToGoalMemory&>(memory).drive, action);
}

}  // namespace

Result<DrivingPolicyPtr> MakeGoToGoalDriver(const sim::EnvironmentConfig& config,
                                            const sim::EnvironmentSpec& spec, bool careful) {
  const Result<RobotDrive> drive = RobotDrive::For(config.robot_base, spec);
  if (!drive) return drive.error();
  const RobotHandling& handling = drive->robot().handling;
  Perception perception(config, spec, drive->forward_angle_rad());
  const Result<TaskPlanner> planner = TaskPlanner::For(config, perception, handling.body_m);
  if (!planner) return planner.error();
  const double box_clearance_m = 1.2 * config.box_size + handling.body_m + kTouchRoom_m;
  return DrivingPolicyPtr(std::make_shared<GoToGoalPolicy>(
      *drive, perception, *planner, AvoidedIn(config, handling, careful), spec.step_duration_s,
      box_clearance_m, careful));
}

Result<PolicyPtr> MakeGoToGoalPolicy(const sim::EnvironmentConfig& config,
                                     const sim::EnvironmentSpec& spec, bool careful) {
  Result<DrivingPolicyPtr> driver = MakeGoToGoalDriver(config, spec, careful);
  if (!driver) return driver.error();
  return PolicyPtr(std::move(driver).value());
}

}  // namespace lookout::agents
