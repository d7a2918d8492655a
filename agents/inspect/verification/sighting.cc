#include "agents/inspect/verification/sighting.h"

#include <cmath>
#include <numbers>

namespace lookout::agents {
namespace {

// The directions of a rectangle's points from the origin, which is not in it: seen from there it is
// less than half a turn wide, and widest between two corners.
Interval Directions(const Interval& dx_m, const Interval& dy_m) {
  const double middle = std::atan2(dy_m.middle(), dx_m.middle());
  Interval turned;
  for (const double dx : {dx_m.low, dx_m.high}) {
    for (const double dy : {dy_m.low, dy_m.high}) {
      const double turn = std::remainder(std::atan2(dy, dx) - middle, kFullTurn);
      turned = Hull(turned, {turn, turn});
    }
  }
  return {middle + turned.low, middle + turned.high};
}

Interval AtMostFullTurn(const Interval& angle_rad) {
  return angle_rad.width() < kFullTurn ? angle_rad : Interval{0.0, kFullTurn};
}

}  // namespace

Sighting SeenFromPoses(const Interval& x_m, const Interval& y_m, const Interval& heading_rad,
                       const sim::Point2& thing_in_world) {
  const Interval dx = Interval{thing_in_world[0] - x_m.high, thing_in_world[0] - x_m.low};
  const Interval dy = Interval{thing_in_world[1] - y_m.high, thing_in_world[1] - y_m.low};
  const Interval dx2 = Square(dx);
  const Interval dy2 = Square(dy);
  const Interval distance_m{std::sqrt(dx2.low + dy2.low), std::sqrt(dx2.high + dy2.high)};
  const bool on_it = dx.Widened(kOutward).Contains(0.0) && dy.Widened(kOutward).Contains(0.0);
  if (on_it) return SeenAt(distance_m, {0.0, kFullTurn});
  const Interval direction = Directions(dx, dy);
  return SeenAt(distance_m, {direction.low - heading_rad.high, direction.high - heading_rad.low});
}

Sighting SeenAt(const Interval& distance_m, const Interval& bearing_rad) {
  const Interval wide = distance_m.Widened(kOutward);
  return {{std::max(0.0, wide.low), wide.high}, AtMostFullTurn(bearing_rad.Widened(kOutward))};
}

}  // namespace lookout::agents
