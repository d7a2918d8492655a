// The strip above the view: what this moment costs and earns, true and predicted against the same
// limit. Window thread only.
#pragma once

#include "ui/snapshots.h"

namespace lookout::ui {

// What stands where the prediction would: why there is none. Empty until the fitter has been heard.
const char* WhyNoPrediction(const FitSnapshot& fit);

// From the cursor to the right, `width` pixels wide.
void DrawMeters(const Snapshots& snapshots, float width);

}  // namespace lookout::ui
