// Noise to learn with: other sights of the same danger. Any thread.
#pragma once

#include "agents/feedback/fitting/lessons.h"
#include "sim/environment/observation_signature.h"

namespace lookout::agents {

// Of every step by chance: its mirror image; the sight of a robot that stands there and heads
// elsewhere (all lidars turned by the same number of whole bins, and with them velocity,
// acceleration, magnetic field, rates of turn and compasses); and lidars that do not show what is
// in the farther half of their reach. What was observed before is changed in the same way. Other
// entries stay as they are, and so does all but the far things where executed actions are looked
// at, which would have to turn, too.
//
// None of these is a corruption of agents/feedback/robustness: those put sensors at odds with the
// world or with each other, these show another world. For the same reason steps are not moved in
// time. The nearest relatives are the turn beside Corruption::kBearing, which turns the lidars
// alone, and the far things beside kDropOut, which takes near and far ones alike.
StepNoise OtherSights(const sim::ObservationSignature& signature);

}  // namespace lookout::agents
