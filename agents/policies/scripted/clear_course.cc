#include "agents/policies/scripted/clear_course.h"

#include <algorithm>
#include <cmath>
#include <numbers>

#include "agents/policies/scripted/wrap_angle.h"

namespace lookout::agents {
namespace {

using std::numbers::pi;

constexpr double kTurnPrice = 0.3;     // per radian, beside 1 for each radian off the wanted course
constexpr double kBlockedPrice = 0.3;  // of a course that comes too near an obstacle
constexpr double kNearnessPrice = 20;  // per metre too near
constexpr int kCandidates = 48;

// How near a straight course comes to a point within the look-ahead.
double DistanceAlong(double course_rad, const Sighting& point, double look_ahead_m) {
  const double off = WrapAngle(point.angle_rad - course_rad);
  const double ahead = point.distance_m * std::cos(off);
  const double along = std::clamp(ahead, 0.0, look_ahead_m);
  return std::hypot(ahead - along, point.distance_m * std::sin(off));
}

}  // namespace

double ClearCourse(double wanted_rad, double look_ahead_m, const std::vector<Obstacle>& obstacles) {
  double best = wanted_rad;
  double best_price = 1e9;
  for (int i = 0; i < kCandidates; ++i) {
    const double course = WrapAngle(wanted_rad + 2.0 * pi * i / kCandidates);
    double price = std::abs(WrapAngle(course - wanted_rad)) + kTurnPrice * std::abs(course);
    for (const Obstacle& obstacle : obstacles) {
      const double wanted_clearance = std::min(obstacle.clearance_m, obstacle.at.distance_m);
      const double lack = wanted_clearance - DistanceAlong(course, obstacle.at, look_ahead_m);
      if (lack > 0.0) price += kBlockedPrice + kNearnessPrice * lack;
    }
    if (price < best_price) {
      best_price = price;
      best = course;
    }
  }
  return best;
}

}  // namespace lookout::agents
