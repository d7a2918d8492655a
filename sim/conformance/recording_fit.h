// Whether the numbers of a recording fit the robot and the world that its header names. Any thread.
#pragma once

#include <string>

#include "sim/conformance/recorded_case.h"
#include "sim/environment/environment.h"

namespace lookout::sim {

// "actions have 2 components, the robot takes 12", or "" if actions and observations fit. Its
// reader has made sure that all of a recording's steps are of one size.
std::string MisfitOf(const RecordedCase& recorded, const EnvironmentSpec& spec);

// The same of positions and velocities, of which `state` has as many as the world.
std::string MisfitOf(const RecordedReset& reset, const SimState& state);

// A header names its robot up to three times: by a word, by its environment and by its options.
// "the robot is "doggo", but the configuration has xmls/point.xml", or "" if they agree.
std::string RobotContradiction(const RecordedCase& header);

}  // namespace lookout::sim
