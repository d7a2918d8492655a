// A thin handle between two regions that a person drags. Window thread only.
#pragma once

#include "ui/widgets/scopes.h"

namespace lookout::ui {

enum class SplitAxis { kHorizontal, kVertical };  // the direction in which the handle moves

// Draws the handle inside the current window and returns by how many pixels it was dragged in this
// frame along its axis. Double click reports `reset`.
struct SplitterMove {
  float delta_px = 0.0F;
  bool reset = false;
};
SplitterMove Splitter(const char* id, const Rect& handle, SplitAxis axis);

}  // namespace lookout::ui
