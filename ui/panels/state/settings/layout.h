// Where the regions of the window lie: toolbar, side panels, meters, view, timeline, status bar.
// Pure arithmetic, no ImGui. Any thread.
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

#include "sim/base/fields.h"
#include "ui/widgets/scopes.h"

namespace lookout::ui {

// What a person arranged; lengths in pixels at 100 %, so that they survive another scale.
struct LayoutSettings {
  float left_px = 0.0F;      // 0: as the window's width suggests
  float right_px = 0.0F;     // likewise
  float timeline_px = 0.0F;  // 0: as high as its tracks need, as far as the view can spare it
  bool left_shown = true;
  bool right_shown = true;
  bool operator==(const LayoutSettings&) const = default;
};

// See sim/base/fields.h.
template <FieldsOf<LayoutSettings> Self, typename Visit>
void VisitFields(Self& layout, Visit&& visit) {
  using F = Field<LayoutSettings>;
  visit(F("left-px", "width of the left panel").Within(180, 640).In("px"), layout.left_px);
  visit(F("right-px", "width of the right panel").Within(270, 900).In("px"), layout.right_px);
  visit(F("timeline-px", "height of the timeline").Within(120, 900).In("px"), layout.timeline_px);
  visit(F("left-shown", "whether the left panel is shown"), layout.left_shown);
  visit(F("right-shown", "whether the right panel is shown"), layout.right_shown);
}

// A small JSON object. FromString gives the defaults for whatever is missing, garbage or out of
// range.
std::string ToString(const LayoutSettings& settings);
LayoutSettings LayoutFromString(std::string_view text);

// A window too small for a view beside a panel shows a panel only when it is asked for, and forgets
// that when it is large again.
enum class SmallWindowSide : std::uint8_t { kNone, kLeft, kRight };

// How much room a window has for panels beside the view.
enum class WindowRoom : std::uint8_t { kBoth, kOne, kOnRequest };

struct LayoutInput {
  float width_px = 1280.0F;
  float height_px = 720.0F;
  float scale = 1.0F;
  float timeline_needs_px = 0.0F;  // at which nothing is squeezed
  float comparison_px = 0.0F;      // height that a comparison needs, 0 if there is none
  bool presenting = false;         // view, meters and timeline alone
  bool judging = false;            // two clips: no left panel, whose lists tell costs
  SmallWindowSide small_side = SmallWindowSide::kNone;  // asked for in a small window
};

struct LayoutRects {
  Rect toolbar, left, right, meters, comparison, view, timeline, status;
  Rect left_split, right_split, timeline_split;  // handles; empty where nothing can be dragged
  WindowRoom room = WindowRoom::kBoth;
};
LayoutRects ComputeLayout(const LayoutSettings& settings, const LayoutInput& input);

// Shows or hides a side panel; where only one fits, the other one gives way.
void ToggleLeft(LayoutSettings& settings, SmallWindowSide& small_side, WindowRoom room);
void ToggleRight(LayoutSettings& settings, SmallWindowSide& small_side, WindowRoom room);

// Moves a border by so many screen pixels from where it is now, within sensible bounds.
void DragLeft(LayoutSettings& settings, float delta_px, float present_px, float scale);
void DragRight(LayoutSettings& settings, float delta_px, float present_px, float scale);
void DragTimeline(LayoutSettings& settings, float delta_px, float present_px, float scale);

}  // namespace lookout::ui
