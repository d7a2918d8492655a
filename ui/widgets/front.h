// What lies above what. Window thread only.
#pragma once

namespace lookout::ui {

// The region that is being drawn stands above all others, sheets included; to be called in every
// frame, as what comes later or is clicked would else go above it.
void BringRegionToFront();

}  // namespace lookout::ui
