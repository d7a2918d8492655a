// What lies flat over the 3-D picture: badges, labels, the flash, axes, legends. Window thread
// only, inside an ImGui frame with a UiContext.
#pragma once

#include <imgui.h>

#include <string>

#include "ui/snapshots.h"
#include "ui/viewport/legend_frame.h"
#include "ui/viewport/overlays/contact_flash.h"
#include "ui/viewport/scene/view_input.h"
#include "ui/viewport/scene_view.h"

namespace lookout::ui {

// What a person folded.
struct LegendFolds {
  LegendFold lidar;
  LegendFold field;
};

struct DecorInput {
  const Snapshots& snapshots;
  const ViewOptions& options;
  const SceneView& view;
  const ContactFlash& flash;
  bool has_picture = false;
  float buttons_px = 0.0F;  // of its top, from the right, lie under buttons
};

void DrawDecorations(const DecorInput& input, const ViewRect& rect, LegendFolds& folds,
                     ImDrawList& list);

// "Marking Unsafe  ·  Hazard + Vase  0.36 s": what is being marked, all dangers of it, and for how
// long; empty: nothing is.
std::string OpenMarksInWords(const Snapshots& snapshots);

// "PAUSED", "REVIEWING step 412 (-88)", "COMPARING on seed 7, step 412", or empty while the live
// episode runs. In brief, for a small view: "REVIEW (-88)", "COMPARING"; the timeline has the rest.
std::string PlaybackBadge(const Snapshots& snapshots, bool brief = false);

}  // namespace lookout::ui
