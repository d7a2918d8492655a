#include "ui/panels/frame/main_window.h"

#include <algorithm>
#include <utility>

#include "ui/panels/browse/environment_browser.h"
#include "ui/panels/frame/bars/banner.h"
#include "ui/panels/frame/bars/messages.h"
#include "ui/panels/frame/bars/overlay_switches.h"
#include "ui/panels/frame/bars/oversight_banner.h"
#include "ui/panels/frame/bars/status_bar.h"
#include "ui/panels/frame/bars/toolbar.h"
#include "ui/panels/frame/bars/view_bar.h"
#include "ui/panels/frame/help_sheet.h"
#include "ui/panels/frame/key_overlay.h"
#include "ui/panels/frame/left_panel.h"
#include "ui/panels/frame/side_panel.h"
#include "ui/panels/frame/welcome.h"
#include "ui/panels/inspect/meters_panel.h"
#include "ui/panels/inspect/transfer_sheet.h"
#include "ui/panels/inspect/version_sheet.h"
#include "ui/panels/marks/correction_card.h"
#include "ui/panels/marks/drill_screen.h"
#include "ui/panels/marks/note_card.h"
#include "ui/panels/marks/pair_screen.h"
#include "ui/panels/marks/region_card.h"
#include "ui/panels/marks/timeline_panel.h"
#include "ui/panels/state/action_button.h"
#include "ui/panels/state/mark_edits.h"
#include "ui/panels/training/comparison_strip.h"
#include "ui/panels/training/large_plot.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/splitter.h"

namespace lookout::ui {
namespace {

// A mark begins and ends at what a person saw when the key or the button was pressed, however long
// ago that is when the window hears of it.
class MomentSender final : public CommandSender {
 public:
  MomentSender(CommandSender& sender, const std::optional<Moment>& at) : sender_(sender), at_(at) {}
  void Send(Command command) override {
    if (auto* mark = std::get_if<MarkCommand>(&command)) {
      if (auto* begin = std::get_if<BeginMark>(mark)) begin->at = at_;
      if (auto* end = std::get_if<EndMark>(mark)) end->at = at_;
    }
    sender_.Send(std::move(command));
  }

 private:
  CommandSender& sender_;
  const std::optional<Moment>& at_;
};

constexpr ImGuiWindowFlags kFixed =
    ImGuiWindowFlags_NoScrollbar | ImGuiWindowFlags_NoScrollWithMouse;

// A mark chosen in an episode that had to be loaded first is shown as soon as it is there.
void FollowPendingSeek(const Snapshots& snapshots, CommandSender& sender, MarksState& marks) {
  if (!marks.pending_seek) return;
  const auto [episode, step] = *marks.pending_seek;
  if (snapshots.episodes.Find(episode) == nullptr) return;
  marks.pending_seek.reset();
  sender.Send(Seek{episode, step});
}

// Hairlines between regions, drawn by the region itself so that cards lie above them.
void DrawHairline(const Rect& region, float y) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.PushClipRect(region.min, region.max);
  list.AddRectFilled({region.min.x, y}, {region.max.x, y + 1.0F}, CurrentTheme().border);
  list.PopClipRect();
}

void DrawView(const Rect& rect, const ActionContext& context, const WindowInputs& inputs,
              const ViewportCallback& draw_view) {
  if (rect.width() < 1.0F || rect.height() < 1.0F) return;
  const ScopedRegion region("view##region", rect, CurrentTheme().background, {0, 0}, kFixed);
  draw_view(rect);
  DrawViewBar(rect, context, inputs);
  DrawOversightBanner(rect, context);
}

// A presentation has no toolbar; the way out of it stands beside the meters.
void DrawMetersRegion(const Rect& rect, const ActionContext& context) {
  const ScopedRegion region("meters##region", rect, CurrentTheme().panel, {Px(14), Px(5)}, kFixed);
  DrawHairline(rect, rect.max.y - 1.0F);
  const bool presenting = context.window.presenting;
  const float button = presenting ? ImGui::GetFrameHeight() + Px(10) : 0.0F;
  DrawMeters(context.snapshots, rect.width() - 2.0F * Px(14) - button);
  if (!presenting) return;
  ImGui::SetCursorScreenPos({rect.max.x - Px(10) - ImGui::GetFrameHeight(),
                             (rect.min.y + rect.max.y - ImGui::GetFrameHeight()) * 0.5F});
  ActionButton(ActionId::kPresentation, context,
               {.icon = kIconPresentEnd, .look = ButtonLook::kGhost});
}

// Meters, view and timeline, or two clips in their place: what those show is not of the clips.
void DrawCentre(const LayoutRects& rects, const ActionContext& context, const WindowInputs& inputs,
                const ViewportCallback& draw_view) {
  if (context.snapshots.pair != nullptr) {
    return DrawPairScreen({rects.meters.min, rects.timeline.max}, context, draw_view);
  }
  const Theme& theme = CurrentTheme();
  DrawMetersRegion(rects.meters, context);
  if (!rects.comparison.empty()) {
    const ScopedRegion region("comparison##region", rects.comparison, theme.panel, {Px(14), Px(7)},
                              kFixed);
    DrawHairline(rects.comparison, rects.comparison.max.y - 1.0F);
    DrawComparisonStrip(context);
  }
  DrawView(rects.view, context, inputs, draw_view);
  {
    const ScopedRegion region("timeline##region", rects.timeline, theme.panel, {Px(12), Px(6)},
                              kFixed);
    DrawTimelinePanel(context);
  }
}

// What lies above the window stands out from it.
void DrawShade(const Rect& window_rect, const WindowState& window) {
  if (!IsModal(window)) return;
  // It takes the mouse, so that nothing below answers, and stays below the sheets.
  const ScopedRegion shade(
      "shade##region", window_rect, WithAlpha(CurrentTheme().background, 0.6F), {0, 0},
      kFixed | ImGuiWindowFlags_NoBringToFrontOnFocus | ImGuiWindowFlags_NoFocusOnAppearing,
      ScopedRegion::Layer::kSheet);
}

// Notices, cards and sheets, the one that owns the keyboard above the shade.
void DrawAbove(const Rect& all, const Rect& view, const ActionContext& context,
               const WindowInputs& inputs) {
  WindowState& window = context.window;
  DrawBanner(view, context);
  DrawNoteCard(view, context, inputs.pressed_at);
  DrawCorrectionCard(view, context);
  if (inputs.region != nullptr) DrawRegionCard(view, context, *inputs.region);
  // In a small window the view alone has no room for a card.
  const bool roomy = view.width() > Px(420) && view.height() > Px(300);
  DrawWelcome(roomy ? view : all, window);
  DrawShade(all, window);
  DrawDrill(roomy ? view : all, context, inputs);
  DrawAbout(all, inputs, window);
  DrawQuitQuestion(all, context.snapshots, context.sender, window);
  DrawEnvironmentBrowser(all, context.snapshots, context.sender, inputs, window);
  DrawLargePlot(all, context);
  DrawVersionSheet(all, context);
  DrawTransferSheet(all, context);
  DrawHelp(all, window);
  DrawMessages(all, context.snapshots, window);
  DrawKeyOverlay(all, context.snapshots.marks.danger_classes(), window);
}

}  // namespace

MainWindow::MainWindow() { state_.welcome_shown = true; }

bool MainWindow::PrepareFrame(float monitor_scale, float framebuffer_density) {
  menu_input_.BeforeFrame();
  return ui_.Apply(state_.settings.theme, monitor_scale * state_.settings.ui_scale,
                   framebuffer_density);
}

std::vector<ViewAction> MainWindow::TakeViewActions() {
  return std::exchange(state_.view_actions, {});
}

std::vector<std::string> MainWindow::LoadSettings(std::string_view json) {
  LoadedSettings loaded = SettingsFromJson(json);
  state_.settings = std::move(loaded.settings);
  state_.keymap.Load(state_.settings.keys);
  state_.welcome_shown = !state_.settings.welcome_dismissed;
  overlays_applied_ = false;
  saved_settings_ = SettingsToJson(state_.settings);
  settings_were_damaged_ = !loaded.warnings.empty();
  return std::move(loaded.warnings);
}

std::string MainWindow::SaveSettings() const {
  saved_settings_ = SettingsToJson(state_.settings);
  return saved_settings_;
}

bool MainWindow::SettingsChanged() const {
  return SettingsToJson(state_.settings) != saved_settings_;
}

void MainWindow::ApplySavedOverlays(CommandSender& sender, const WindowInputs& inputs) {
  if (std::exchange(overlays_applied_, true)) return;
  for (const OverlaySwitch& overlay : inputs.overlays) {
    const auto saved = state_.settings.overlays.find(overlay.id);
    const bool shown = saved != state_.settings.overlays.end() ? saved->second : *overlay.shown;
    SetOverlay(overlay, shown, sender, state_.settings);
  }
}

void MainWindow::HandleKeys(const ActionContext& context, const WindowInputs& inputs) {
  if (TakeRebinding(state_)) return;
  const bool modal = IsModal(state_) || state_.correction.shown ||
                     ImGui::IsPopupOpen("", ImGuiPopupFlags_AnyPopup);
  const bool typing = ImGui::GetIO().WantTextInput || modal;
  if (std::exchange(state_.close_asked, false)) Perform(ActionId::kQuit, context);
  DispatchKeys(state_.keymap, context, modal);
  state_.held_mark.Update(context, inputs.pressed_s.value_or(ImGui::GetTime()), typing);
  state_.drive.Update(state_.keymap, context.snapshots, context.sender, typing, inputs.stick);
  state_.oversee.Update(context, typing, inputs.stick);
}

// What keys and chips of this frame have asked for.
void MainWindow::ToggleOverlays(CommandSender& sender, const WindowInputs& inputs) {
  for (const std::string& id : std::exchange(state_.overlays_to_toggle, {})) {
    if (const OverlaySwitch* overlay = FindOverlay(inputs, id)) {
      SetOverlay(*overlay, !*overlay->shown, sender, state_.settings);
    }
  }
}

void MainWindow::DrawSplitters(const LayoutRects& rects) {
  const float scale = ui_.scale();
  LayoutSettings& layout = state_.settings.layout;
  const auto split = [](const char* id, const Rect& rect, SplitAxis axis) {
    if (rect.empty()) return SplitterMove{};
    const ScopedRegion region(id, rect, CurrentTheme().background, {0, 0}, kFixed);
    return Splitter(id, rect, axis);
  };
  const SplitterMove left = split("split_left", rects.left_split, SplitAxis::kHorizontal);
  if (left.delta_px != 0.0F) DragLeft(layout, left.delta_px, rects.left.width(), scale);
  if (left.reset) layout.left_px = LayoutSettings{}.left_px;
  const SplitterMove right = split("split_right", rects.right_split, SplitAxis::kHorizontal);
  if (right.delta_px != 0.0F) DragRight(layout, right.delta_px, rects.right.width(), scale);
  if (right.reset) layout.right_px = LayoutSettings{}.right_px;
  const SplitterMove low = split("split_timeline", rects.timeline_split, SplitAxis::kVertical);
  if (low.delta_px != 0.0F) DragTimeline(layout, low.delta_px, rects.timeline.height(), scale);
  if (low.reset) layout.timeline_px = 0.0F;
}

void MainWindow::DrawRegions(const Snapshots& snapshots, CommandSender& sender,
                             const WindowInputs& inputs, const ViewportCallback& draw_view,
                             const LayoutRects& rects) {
  const Theme& theme = CurrentTheme();
  if (!rects.toolbar.empty()) {
    const ScopedRegion region("toolbar##region", rects.toolbar, theme.panel, {Px(10), Px(7)},
                              kFixed);
    DrawHairline(rects.toolbar, rects.toolbar.max.y - 1.0F);
    DrawToolbar(snapshots, sender, inputs, state_);
  }
  if (!rects.left.empty()) {
    const ScopedRegion region("left##region", rects.left, theme.panel, {Px(12), Px(10)});
    DrawLeftPanel({snapshots, sender, inputs, state_});
  }
  if (!rects.right.empty()) {
    const ScopedRegion region("right##region", rects.right, theme.panel, {Px(14), Px(4)}, kFixed);
    DrawSidePanel(snapshots, sender, inputs, state_);
  }
  DrawCentre(rects, {snapshots, sender, state_}, inputs, draw_view);
  if (rects.status.empty()) return;
  const ScopedRegion region("status##region", rects.status, theme.panel, {Px(12), 0}, kFixed);
  DrawHairline(rects.status, rects.status.min.y);
  DrawStatusBar({snapshots, sender, state_});
}

void MainWindow::Draw(const Snapshots& snapshots, CommandSender& receiver,
                      const WindowInputs& inputs, const ViewportCallback& draw_view) {
  MomentSender sender(receiver, inputs.pressed_at);
  menu_input_.BeforeItems();
  ApplySavedOverlays(sender, inputs);
  state_.marks.index.Sync(snapshots.marks, snapshots.playhead.episode, snapshots.blind());
  state_.marks.index.Follow(snapshots.marks, snapshots.open_marks);
  FollowSelection(snapshots, state_.marks);
  FollowPendingSeek(snapshots, sender, state_.marks);
  LoopSelection(snapshots, sender, state_.marks);
  HandleKeys({snapshots, sender, state_}, inputs);
  // Nobody marks or steers what a card hides.
  if (HasHandsOn(snapshots) && std::exchange(state_.welcome_shown, false)) {
    state_.settings.welcome_dismissed = true;
  }

  const ImVec2 size = ImGui::GetIO().DisplaySize;
  if (size.x < 2.0F || size.y < 2.0F) return;
  const LayoutRects rects = ComputeLayout(
      state_.settings.layout, {.width_px = size.x,
                               .height_px = size.y,
                               .scale = ui_.scale(),
                               .timeline_needs_px = TimelineNeeds(snapshots, state_.marks),
                               .comparison_px = ComparisonHeight(snapshots),
                               .presenting = state_.presenting,
                               .judging = snapshots.pair != nullptr,
                               .small_side = state_.small_side});
  state_.room = rects.room;
  if (rects.room != WindowRoom::kOnRequest) state_.small_side = SmallWindowSide::kNone;
  DrawRegions(snapshots, sender, inputs, draw_view, rects);
  ToggleOverlays(sender, inputs);
  DrawSplitters(rects);
  DrawAbove({{0, 0}, size}, rects.view, {snapshots, sender, state_}, inputs);
  menu_input_.AfterItems();
}

}  // namespace lookout::ui
