#include <algorithm>
#include <cmath>
#include <numbers>
#include <string>
#include <vector>

#include "agents/policies/lidar_reading.h"
#include "agents/policies/policy.h"

namespace lookout::agents {
namespace {

using std::numbers::pi;

// The suite's goal environments read objects up to this far; closeness is 1 - distance / range.
constexpr double kLidarRange_m = 3.0;

constexpr double kTurnGain = 2.5;           // turn command per radian off course
constexpr double kFullSpeedCone_rad = 0.3;  // off course by less: drive at full force
constexpr double kNoSpeedCone_rad = 0.8;    // by more: turn on the spot
constexpr double kSidewaysGain = 0.6;       // radians of lead against each m/s of sideways drift
constexpr double kSearchTurn = 0.25;        // a wide circle when the goal is out of range
constexpr double kSearchForward = 0.4;

constexpr double kStuckSpeed_mps = 0.12;
constexpr int kStuckAfter_steps = 40;
constexpr int kBackOff_steps = 25;

// Careful: the centre stays this far from a hazard's centre (its radius is 0.3 at most).
constexpr double kClearance_m = 0.42;
constexpr double kLookAhead_m = 1.3;
constexpr double kTurnPrice = 0.3;     // per radian, beside 1 for each radian off the goal
constexpr double kBlockedPrice = 0.3;  // of a course that comes too near a hazard
constexpr double kNearnessPrice = 20;  // per metre too near
constexpr int kCandidates = 48;
constexpr double kCarefulForce = 0.55;

double Wrap(double angle_rad) { return std::remainder(angle_rad, 2.0 * pi); }

struct Ring {
  int offset = -1;
  int bins = 0;
};

class GoToGoalMemory : public PolicyMemory {
 public:
  std::vector<LidarReturn> hazards;
  int slow_steps = 0;
  int back_off_left = 0;
  double back_off_turn = 0.0;
};

class GoToGoalPolicy : public Policy {
 public:
  GoToGoalPolicy(Ring goal, Ring hazards, int velocity_offset)
      : goal_(goal), hazards_(hazards), velocity_offset_(velocity_offset) {}

  std::string name() const override {
    return hazards_.bins > 0 ? "Go to goal, careful" : "Go to goal";
  }
  std::unique_ptr<PolicyMemory> NewMemory() const override {
    auto memory = std::make_unique<GoToGoalMemory>();
    memory->hazards.reserve(hazards_.bins);
    return memory;
  }
  void Act(const Eigen::VectorXd& observation, PolicyMemory& memory, RandomState& random,
           Eigen::VectorXd& action) const override;

 private:
  // The course nearest to `wanted` that keeps clear of the hazards, in radians from ahead.
  static double ClearCourse(double wanted, double goal_distance_m,
                            const std::vector<LidarReturn>& hazards);

  Ring goal_;
  Ring hazards_;
  int velocity_offset_;  // of the velocimeter, or -1
};

double Distance(const LidarReturn& object) { return kLidarRange_m * (1.0 - object.closeness); }

// How near a straight course comes to a hazard's centre within the look-ahead.
double DistanceAlong(double course, const LidarReturn& hazard, double look_ahead_m) {
  const double distance = Distance(hazard);
  const double off = Wrap(hazard.angle_rad - course);
  const double along = std::clamp(distance * std::cos(off), 0.0, look_ahead_m);
  return std::hypot(distance * std::cos(off) - along, distance * std::sin(off));
}

double GoToGoalPolicy::ClearCourse(double wanted, double goal_distance_m,
                                   const std::vector<LidarReturn>& hazards) {
  const double look_ahead = std::min(kLookAhead_m, goal_distance_m);
  double best = wanted;
  double best_price = 1e9;
  for (int i = 0; i < kCandidates; ++i) {
    const double course = Wrap(wanted + 2.0 * pi * i / kCandidates);
    double price = std::abs(Wrap(course - wanted)) + kTurnPrice * std::abs(course);
    for (const LidarReturn& hazard : hazards) {
      // A hazard that is already too near asks only for not going nearer.
      const double wanted_clearance = std::min(kClearance_m, Distance(hazard));
      const double lack = wanted_clearance - DistanceAlong(course, hazard, look_ahead);
      if (lack > 0.0) price += kBlockedPrice + kNearnessPrice * lack;
    }
    if (price < best_price) {
      best_price = price;
      best = course;
    }
  }
  return best;
}

void GoToGoalPolicy::Act(const Eigen::VectorXd& observation, PolicyMemory& memory,
                         RandomState& random, Eigen::VectorXd& action) const {
  auto& own = dynamic_cast<GoToGoalMemory&>(memory);
  action.resize(2);
  const bool has_velocity = velocity_offset_ >= 0;
  const double forward_mps = has_velocity ? observation[velocity_offset_] : 1.0;
  const double left_mps = has_velocity ? observation[velocity_offset_ + 1] : 0.0;

  own.slow_steps = std::hypot(forward_mps, left_mps) < kStuckSpeed_mps ? own.slow_steps + 1 : 0;
  if (own.slow_steps >= kStuckAfter_steps) {
    own.slow_steps = 0;
    own.back_off_left = kBackOff_steps;
    own.back_off_turn = random.Uniform(0.0, 1.0) < 0.5 ? -1.0 : 1.0;
  }
  if (own.back_off_left > 0) {
    --own.back_off_left;
    action << -1.0, own.back_off_turn;
    return;
  }

  const LidarReturn goal = NearestReturn(observation.segment(goal_.offset, goal_.bins));
  if (goal.closeness <= 0.0) {
    action << kSearchForward, kSearchTurn;
    return;
  }
  double course = goal.angle_rad;
  double force = 1.0;
  if (hazards_.bins > 0) {
    ReadReturns(observation.segment(hazards_.offset, hazards_.bins), own.hazards);
    course = ClearCourse(course, Distance(goal), own.hazards);
    force = kCarefulForce;
  }
  // The robot slides: aim to the other side of the course than it drifts.
  const double aim = course - kSidewaysGain * left_mps;
  const double off = std::abs(Wrap(aim));
  const double ease = (kNoSpeedCone_rad - off) / (kNoSpeedCone_rad - kFullSpeedCone_rad);
  action << force * std::clamp(ease, 0.0, 1.0), std::clamp(kTurnGain * Wrap(aim), -1.0, 1.0);
}

Ring FindRing(const sim::EnvironmentSpec& spec, std::string_view key) {
  const sim::ObservationEntry* entry = spec.FindEntry(key);
  return entry == nullptr ? Ring{} : Ring{.offset = entry->offset, .bins = entry->size};
}

}  // namespace

Result<PolicyPtr> MakeGoToGoalPolicy(const sim::EnvironmentSpec& spec, bool careful) {
  const Ring goal = FindRing(spec, "goal_lidar");
  if (goal.bins < 3 || spec.action_dim != 2) {
    return BadInput("Go to goal steers the Point robot by its goal_lidar; " + spec.id +
                    " has no such robot or lidar. Choose another agent.");
  }
  const Ring hazards = careful ? FindRing(spec, "hazards_lidar") : Ring{};
  const sim::ObservationEntry* velocity = spec.FindEntry("velocimeter");
  return PolicyPtr(std::make_shared<GoToGoalPolicy>(
      goal, hazards, velocity != nullptr && velocity->size >= 2 ? velocity->offset : -1));
}

}  // namespace lookout::agents
