// Explanations in words that a person gets at once. Pure functions; any thread.
#pragma once

#include <string>

#include "agents/inspect/explanations/counterfactual.h"
#include "agents/inspect/explanations/object_contributions.h"

namespace lookout::ui {

// "hazard 3".
std::string NameOfObject(const agents::ObjectContribution& one);
// From the robot: "ahead", "ahead left", "left", "behind left", "behind", ...; radians as in
// ObjectContribution.
const char* DirectionInWords(double bearing_rad);
// "0.11 m back", "8 cm forward left and 12° to the right", "12° to the left on the spot".
// from: where the robot stands and looks before it.
std::string MoveInWords(const agents::Counterfactual& move, const agents::RobotPose& from);
// "0.11 m, 12°: safe": how far, and the verdict there.
std::string MoveInShort(const agents::Counterfactual& move);
// "0.11 m back would make it safe.", or up to where none was found.
std::string SmallestMoveInWords(const agents::Counterfactual& move, const agents::RobotPose& from);
// "+1.82", and a minus of the same width as the plus.
std::string Signed(double value);

}  // namespace lookout::ui
