// Where the pseudo-lidars of an observation are. Value types; any thread.
#pragma once

#include <vector>

#include "sim/environment/observation_signature.h"

namespace lookout::agents {

// A part of the observation that looks all around, a pseudo-lidar: bin i looks at the angle
// (i + 0.5) * 2 pi / bins from straight ahead, counter-clockwise, and grows as a thing gets closer.
struct LidarInput {
  int offset = 0;
  int bins = 0;  // 0: there is no such lidar, as of a kind of thing that the world lacks; it sees
                 // nothing, before the place `offset`
  bool operator==(const LidarInput&) const = default;
};

// The pseudo-lidars of an observation.
std::vector<LidarInput> LidarInputs(const sim::ObservationSignature& signature);

}  // namespace lookout::agents
