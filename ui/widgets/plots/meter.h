// A bar that fills towards a limit line and beyond. Window thread only.
#pragma once

#include "ui/widgets/scopes.h"

namespace lookout::ui {

struct MeterSpec {
  double value = 0.0;
  double limit = 25.0;  // where the line is; <= 0: none
  ImU32 colour = 0;
  float width = 0.0F;  // 0: all that is left
  float height = 0.0F;
  bool alarming = true;  // what is past the limit is in the limit's own colour
};
// The scale ends at 1.25 limits, or at the value if that is more. Past the limit the bar is
// hatched; a value that nobody can trust is no alarm.
void Meter(const MeterSpec& spec);

}  // namespace lookout::ui
