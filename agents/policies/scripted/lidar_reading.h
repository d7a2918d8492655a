// Reads directions back out of Safety Gym's pseudo-lidar: bin k of n looks from angle 2 pi k / n
// to 2 pi (k + 1) / n, counter-clockwise from the robot's forward axis. An object puts its
// closeness s (1 touching, 0 out of range) into its own bin and, shared out by where in the bin it
// is, parts of s into the two neighbours, which is what makes its exact angle readable. Any thread.
#pragma once

#include <Eigen/Core>
#include <vector>

namespace lookout::agents {

struct LidarReturn {
  double angle_rad = 0.0;  // in (-pi, pi], 0 ahead, positive to the left
  double closeness = 0.0;  // in (0, 1]
};

// The nearest object of the ring, or closeness 0 if none is in range. bins: [n], n >= 3.
LidarReturn NearestReturn(const Eigen::Ref<const Eigen::VectorXd>& bins);

// One return for each local maximum of the ring, into `returns`, whose memory is reused. Objects
// close together in angle hide each other, as they do in the lidar.
void ReadReturns(const Eigen::Ref<const Eigen::VectorXd>& bins, std::vector<LidarReturn>& returns);

}  // namespace lookout::agents
