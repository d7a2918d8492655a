// Where things stand as seen from a robot whose pose is only known to lie in a box, or that is said
// to be so far away and in such a direction. Pure functions; any thread.
#pragma once

#include "agents/inspect/verification/interval.h"
#include "sim/config/config.h"

namespace lookout::agents {

// A thing on the floor, seen from the robot. Whoever makes one has it wide enough for every
// rounding on the way to a simulator's lidar in float32; see kOutward.
struct Sighting {
  Interval distance_m;   // from 0 on
  Interval bearing_rad;  // counter-clockwise from straight ahead; at most a full turn wide
};

// By how much sightings are wider than the exact set, in metres and radians. Two readings in
// float32 are equal where the distances differ by less than 3 m * 2^-24, or where a share is within
// 2^-24 of one, so that the nearest bin may be the other one: this is five times more.
inline constexpr double kOutward = 1e-6;

// The robot's centre is in x_m by y_m, its heading in heading_rad, counter-clockwise from the x
// axis.
Sighting SeenFromPoses(const Interval& x_m, const Interval& y_m, const Interval& heading_rad,
                       const sim::Point2& thing_in_world);

// The thing is known by how far away it is and in which direction.
Sighting SeenAt(const Interval& distance_m, const Interval& bearing_rad);

}  // namespace lookout::agents
