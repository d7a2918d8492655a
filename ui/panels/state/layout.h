// Where the regions of the window lie: toolbar, side panels, meters, view, timeline, status bar.
// Pure arithmetic, no ImGui. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "ui/widgets/scopes.h"

namespace lookout::ui {

// What a person arranged; lengths in pixels at 100 %, so that they survive another scale.
struct LayoutSettings {
  float left_px = 240.0F;
  float right_px = 336.0F;
  float timeline_px = 0.0F;  // 0: as high as its tracks need
  bool left_shown = true;
  bool right_shown = true;
  bool operator==(const LayoutSettings&) const = default;
};

// A small JSON object. FromString gives the defaults for whatever is missing, garbage or out of
// range.
std::string ToString(const LayoutSettings& settings);
LayoutSettings LayoutFromString(std::string_view text);

struct LayoutInput {
  float width_px = 1280.0F;
  float height_px = 720.0F;
  float scale = 1.0F;
  float timeline_needs_px = 0.0F;  // at which nothing is squeezed
  float comparison_px = 0.0F;      // height that a comparison needs, 0 if there is none
};

struct LayoutRects {
  Rect toolbar, left, right, meters, comparison, view, timeline, status;
  Rect left_split, right_split, timeline_split;  // handles; empty where nothing can be dragged
  bool narrow = false;                           // only one side panel fits at a time
};
LayoutRects ComputeLayout(const LayoutSettings& settings, const LayoutInput& input);

// Shows or hides a side panel; in a narrow window the other one gives way.
void ToggleLeft(LayoutSettings& settings, bool narrow);
void ToggleRight(LayoutSettings& settings, bool narrow);

// Moves a border by so many screen pixels, within sensible bounds.
void DragLeft(LayoutSettings& settings, float delta_px, float scale);
void DragRight(LayoutSettings& settings, float delta_px, float scale);
void DragTimeline(LayoutSettings& settings, float delta_px, float present_px, float scale);

}  // namespace lookout::ui
