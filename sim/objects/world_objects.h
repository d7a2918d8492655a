// How many objects of a kind a configuration asks for and what they are called. Any thread.
#pragma once

#include <string>

#include "sim/config/config.h"
#include "sim/environment/kinds.h"

namespace lookout::sim {

int ObjectCount(const EnvironmentConfig& config, SceneObjectKind kind);

// "robot", "goal", "box", "circle", or with the index "hazard3".
std::string ObjectName(SceneObjectKind kind, int index);

// The name of the body in the model: that of the object, but "gremlin0obj" of what is dragged.
std::string BodyName(SceneObjectKind kind, int index);

// Radius or half-size, metres; 0 for the robot, whose shape is its own matter.
double ObjectSize(const EnvironmentConfig& config, SceneObjectKind kind);

}  // namespace lookout::sim
