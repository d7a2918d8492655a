// What lies flat over the 3-D picture: badges, labels, the flash, axes, legends. Window thread
// only, inside an ImGui frame with a UiContext.
#pragma once

#include <imgui.h>

#include "ui/snapshots.h"
#include "ui/viewport/overlays/contact_flash.h"
#include "ui/viewport/scene/view_input.h"
#include "ui/viewport/scene_view.h"

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

struct DecorInput {
  const Snapshots& snapshots;
  const ViewOptions& options;
  const SceneView& view;
  const ContactFlash& flash;
  bool has_picture = false;
};

void DrawDecorations(const DecorInput& input, const ViewRect& rect, ImDrawList& list);

// "PAUSED", "REVIEWING step 412 (-88)", "COMPARING on seed 7, step 412", or empty while the live
// episode runs.
std::string PlaybackBadge(const Snapshots& snapshots);

}  // namespace lookout::ui
