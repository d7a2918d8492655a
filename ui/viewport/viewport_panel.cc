#include "ui/viewport/viewport_panel.h"

#include <imgui.h>

#include <algorithm>
#include <chrono>
#include <cmath>

#include "ui/theme/ui_context.h"
#include "ui/viewport/viewport_decor.h"

namespace lookout::ui {
namespace {

// ImGui's window units to drawable pixels.
SizePx PixelsOf(ImVec2 size) {
  const ImVec2 scale = ImGui::GetIO().DisplayFramebufferScale;
  return {static_cast<int>(std::lround(size.x * scale.x)),
          static_cast<int>(std::lround(size.y * scale.y))};
}

// The mouse over the item that was drawn last.
MouseInput MouseOver(const ViewRect& rect) {
  const ImGuiIO& io = ImGui::GetIO();
  const bool held = ImGui::IsItemActive();
  const bool hovered = ImGui::IsItemHovered();
  MouseInput input;
  input.left = held && io.MouseDown[ImGuiMouseButton_Left];
  input.right = held && io.MouseDown[ImGuiMouseButton_Right];
  input.middle = held && io.MouseDown[ImGuiMouseButton_Middle];
  input.ctrl = io.KeyCtrl;
  input.shift = io.KeyShift;
  input.double_left = hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left);
  input.double_right = hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Right);
  input.x = std::clamp((io.MousePos.x - rect.min.x) / rect.width(), 0.0F, 1.0F);
  input.y = std::clamp((io.MousePos.y - rect.min.y) / rect.height(), 0.0F, 1.0F);
  if (held) {
    input.dx = io.MouseDelta.x / rect.height();
    input.dy = io.MouseDelta.y / rect.height();
  }
  if (hovered) input.wheel = io.MouseWheel;
  return input;
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
  input.ghost = snapshots.ghost_episode();
  if (snapshots.comparison) input.ghost_step = snapshots.comparison->ghost_step;

  state.options.light = CurrentTheme().is_light;
  const auto start = std::chrono::steady_clock::now();
  if (view.Render(input, state.options, size)) {
    const std::chrono::duration<double, std::milli> spent =
        std::chrono::steady_clock::now() - start;
    state.render_ms = spent.count();
  }
  return true;
}

void HandleMouse(const Snapshots& snapshots, const MouseInput& mouse, SceneView& view,
                 CommandSender& sender) {
  MouseInput input = mouse;
  if (!snapshots.playhead.live) input.ctrl = false;  // the past is not to be pushed about
  if (auto command = view.HandleMouse(input, !snapshots.player.playing)) {
    sender.Send(PlayerCommand(*command));
  }
}

void TellCostFieldWorker(ViewportState& state, CommandSender& sender) {
  const bool wanted = state.options.overlays.field;
  if (state.field_asked_for == wanted) return;
  state.field_asked_for = wanted;
  sender.Send(WindowCommand(SetFieldVisible{wanted}));
}

}  // namespace

void DrawViewport(const Snapshots& snapshots, ViewportState& state, SceneView& view,
                  CommandSender& sender) {
  TellCostFieldWorker(state, sender);
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
  if (has_picture) HandleMouse(snapshots, MouseOver(rect), view, sender);

  const bool running = snapshots.playhead.live && snapshots.player.playing;
  state.flash.Update(snapshots.shown_step(), running, ImGui::GetIO().DeltaTime);
  list.PushClipRect(rect.min, rect.max, true);
  DrawDecorations({snapshots, state.options, view, state.flash, has_picture}, rect, state.legends,
                  list);
  list.PopClipRect();
}

}  // namespace lookout::ui
