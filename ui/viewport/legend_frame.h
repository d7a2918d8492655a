// The frame of a legend over the 3-D view: it folds to its title, by itself where it would cover
// too much of the picture. Window thread only, inside an ImGui frame with a UiContext.
#pragma once

#include <imgui.h>

#include <optional>

namespace lookout::ui {

// A rectangle of the screen, in ImGui's units.
struct ViewRect {
  ImVec2 min;
  ImVec2 max;
  float width() const { return max.x - min.x; }
  float height() const { return max.y - min.y; }
};

// From the view's edges to what lies in its corners, at 100 %.
inline constexpr float kViewMargin = 12.0F;

// What a person chose by a click on the title; unset: by the room there is.
using LegendFold = std::optional<bool>;

struct LegendSpec {
  const char* id = "";
  const char* title = "";
  ImVec2 body;    // size of what it explains
  ImVec2 corner;  // of the screen, where the legend's own corner lies:
  ImVec2 pivot;   // (0, 1) its lower left one, (1, 1) its lower right one
};

// Whether a legend of that size folds by itself in such a view.
bool FoldsByItself(ImVec2 legend, const ViewRect& view);

// Draws the frame and the title, and folds or unfolds at a click. Returns where the body begins,
// unless it is folded.
std::optional<ImVec2> DrawLegendFrame(const LegendSpec& spec, const ViewRect& view,
                                      LegendFold& fold, ImDrawList& list);

}  // namespace lookout::ui
