// What the 3-D view says where it cannot draw an episode. Pure functions.
#pragma once

#include <string>

#include "ui/snapshots.h"

namespace lookout::ui {

// Why there is no picture: what is missing, and that everything else works without it.
std::string WhyNoPicture(const Snapshots& snapshots);

// Why the other episode of a comparison is not drawn; empty if it is, or there is none.
std::string WhyNoGhost(const Snapshots& snapshots);

}  // namespace lookout::ui
