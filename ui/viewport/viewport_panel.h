// The 3-D view as a panel: shows the picture, takes the mouse, draws what lies flat over it.
// Window thread only.
#pragma once

#include <optional>

#include "ui/commands.h"
#include "ui/region_draft.h"
#include "ui/snapshots.h"
#include "ui/viewport/overlays/contact_flash.h"
#include "ui/viewport/region_tool.h"
#include "ui/viewport/scene/view_input.h"
#include "ui/viewport/scene_view.h"
#include "ui/viewport/viewport_decor.h"

namespace lookout::ui {

// What the panel keeps from frame to frame. `options` is for the settings, the keys and the menu.
struct ViewportState {
  ViewOptions options;
  ContactFlash flash;
  LegendFolds legends;
  RegionDraft region;
  RegionsShown regions;
  std::optional<bool> field_asked_for;  // what the cost_field_worker was last told
  float buttons_px = 0.0F;              // see DecorInput
  bool hovered = false;                 // the mouse is over the picture (out)
  double render_ms = 0.0;               // of the last picture (out)
};

// Fills what is left of the current ImGui window. Sends SetPerturbation and MoveBody while a person
// drags the selected body of the live episode, and SetFieldVisible when that overlay changes.
void DrawViewport(const Snapshots& snapshots, ViewportState& state, SceneView& view,
                  CommandSender& sender);

}  // namespace lookout::ui
