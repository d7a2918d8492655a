#include "ui/viewport/viewport_panel.h"

#include <imgui.h>

#include <chrono>

#include "ui/theme/ui_context.h"
#include "ui/viewport/view_mouse_input.h"
#include "ui/viewport/viewport_decor.h"

namespace lookout::ui {
namespace {

// What a person chose, without all that would tell what something costs while that is hidden.
ViewOptions Shown(const Snapshots& snapshots, const ViewportState& state) {
  ViewOptions options = state.options;
  if (!snapshots.blind()) return options;
  OverlayFlags& overlays = options.overlays;
  overlays.field = overlays.contact = overlays.trail = false;
  overlays.hazards = overlays.keep_out = overlays.why = false;
  return options;
}

// Draws the scene of this frame; false while there is nothing to show.
bool RenderPicture(const Snapshots& snapshots, ViewportState& state, SceneView& view, SizePx size) {
  const EpisodeTrack* track = snapshots.shown_episode();
  const sim::StepRecord* step = snapshots.shown_step();
  if (track == nullptr || step == nullptr) return false;
  if (track->scene().model == nullptr || step->state == nullptr) return false;
  ViewInput input;
  input.scene = track->scene_ptr();
  input.step = step;
  input.track = track;
  input.playhead = snapshots.playhead.live ? snapshots.player.step : snapshots.playhead.step;
  input.field = &snapshots.field;
  const std::optional<BlockWarning>& warning = snapshots.player.oversight.warning;
  if (snapshots.playhead.live && warning) input.warning = &*warning;
  input.ghost = snapshots.ghost_episode();
  if (snapshots.comparison) input.ghost_step = snapshots.comparison->ghost_step;

  input.attention = snapshots.shown_attention();
  if (snapshots.explanation != nullptr) input.why = snapshots.explanation->in_view();
  if (snapshots.sensors != nullptr) input.sensors = snapshots.sensors->in_view();
  const bool asks_why = snapshots.explanation != nullptr && snapshots.explanation->is_looked_at;
  if (snapshots.proof != nullptr && asks_why && !snapshots.blind()) {
    input.counterexample = snapshots.proof->counterexample_in_view();
    if (input.counterexample != nullptr)
      input.counterexample_number = snapshots.proof->answer->number;
  }

  state.regions.Update(snapshots, state.region);
  input.regions = &state.regions.regions();
  input.regions_version = state.regions.version();

  state.options.light = CurrentTheme().is_light;
  const auto start = std::chrono::steady_clock::now();
  if (view.Render(input, Shown(snapshots, state), size)) {
    const std::chrono::duration<double, std::milli> spent =
        std::chrono::steady_clock::now() - start;
    state.render_ms = spent.count();
  }
  return true;
}

void HandleMouse(const Snapshots& snapshots, const MouseInput& mouse, RegionDraft& region,
                 SceneView& view, CommandSender& sender) {
  MouseInput input = mouse;
  const bool draws = region.shown && region.shape != agents::RegionShape::kAround;
  if (draws && !mouse.ctrl) {
    input = DrawWithMouse(mouse, FloorAt(view.matrices(), mouse.x, mouse.y),
                          *snapshots.shown_episode(), snapshots.playhead.step, region, sender);
  }
  if (!snapshots.playhead.live) input.ctrl = false;  // the past is not to be pushed about
  if (auto command = view.HandleMouse(input, !snapshots.player.playing)) {
    sender.Send(PlayerCommand(*command));
  }
}

void TellCostFieldWorker(const Snapshots& snapshots, ViewportState& state, CommandSender& sender) {
  const bool wanted = Shown(snapshots, state).overlays.field;
  if (state.field_asked_for == wanted) return;
  state.field_asked_for = wanted;
  sender.Send(WindowCommand(SetFieldVisible{wanted}));
}

}  // namespace

void DrawViewport(const Snapshots& snapshots, ViewportState& state, SceneView& view,
                  CommandSender& sender) {
  TellCostFieldWorker(snapshots, state, sender);
  const ImVec2 available = ImGui::GetContentRegionAvail();
  const SizePx size = PixelsOf(available);
  state.hovered = false;
  if (size.empty()) return;

  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ViewRect rect{min, {min.x + available.x, min.y + available.y}};
  const bool has_picture = RenderPicture(snapshots, state, view, size);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  if (has_picture) {
    list.AddImage(reinterpret_cast<ImTextureID>(static_cast<std::intptr_t>(view.texture())),
                  rect.min, rect.max, {0.0F, 1.0F}, {1.0F, 0.0F});
  } else {
    list.AddRectFilled(rect.min, rect.max, CurrentTheme().background);
  }

  ImGui::InvisibleButton("view", available,
                         ImGuiButtonFlags_MouseButtonLeft | ImGuiButtonFlags_MouseButtonRight |
                             ImGuiButtonFlags_MouseButtonMiddle);
  ImGui::SetItemAllowOverlap();
  state.hovered = ImGui::IsItemHovered();
  if (has_picture) HandleMouse(snapshots, MouseOver(rect), state.region, view, sender);

  const bool running = snapshots.playhead.live && snapshots.player.playing;
  state.flash.Update(snapshots.shown_step(), running, ImGui::GetIO().DeltaTime);
  list.PushClipRect(rect.min, rect.max, true);
  const ViewOptions options = Shown(snapshots, state);
  DrawDecorations({snapshots, options, view, state.flash, has_picture, state.buttons_px}, rect,
                  state.legends, list);
  list.PopClipRect();
}

}  // namespace lookout::ui
