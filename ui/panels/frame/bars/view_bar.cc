#include "ui/panels/frame/bars/view_bar.h"

#include <algorithm>
#include <array>
#include <cmath>
#include <string>

#include "ui/panels/frame/bars/overlay_switches.h"
#include "ui/panels/state/action_button.h"
#include "ui/panels/state/window_state.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr float kBarMargin = 10.0F;
constexpr float kRoomForName = 420.0F;  // width of a view that has room for the camera's name
constexpr float kMenuWidth = 250.0F;

constexpr std::array<ActionId, kCameraViewCount> kCameraKeys{
    ActionId::kWholeArena, ActionId::kFollowRobot, ActionId::kFromAbove, ActionId::kRobotEye,
    ActionId::kFreeView};

// That a button stands out from any picture.
void DrawPlate(const ButtonSpec& spec) {
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ImVec2 max(min.x + ButtonWidth(spec), min.y + ImGui::GetFrameHeight());
  const float rounding = ImGui::GetStyle().FrameRounding;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(min, max, WithAlpha(CurrentTheme().panel, 0.82F), rounding);
  list.AddRect(min, max, CurrentTheme().border, rounding);
}

bool ViewButton(const ButtonSpec& spec) {
  DrawPlate(spec);
  return Button(spec);
}

// At a standing moment: what should have been done there.
constexpr ButtonSpec kCorrectLook{.icon = kIconDrive, .look = ButtonLook::kGhost};

void DrawCorrectButton(const ActionContext& context, float gap) {
  DrawPlate(kCorrectLook);
  ActionButton(ActionId::kCorrectHere, context, kCorrectLook);
  ImGui::SameLine(0.0F, gap);
}

void DrawCameraMenu(const WindowInputs& inputs, WindowState& window) {
  const Theme& theme = CurrentTheme();
  ImGui::Dummy({Px(kMenuWidth), 0});
  TextSmall("Camera");
  for (int i = 0; i < kCameraViewCount; ++i) {
    const auto view = static_cast<CameraView>(i);
    const ScopedId id(i);
    const bool present = view == inputs.camera;
    const ImVec2 at = ImGui::GetCursorScreenPos();
    const RowState row = Row(Short("camera/%d", i), Px(28), present);
    Tooltip(TextOf(view).explanation);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    const std::string& key = window.keymap.text(kCameraKeys[static_cast<std::size_t>(i)]);
    const float cap = KeyCapWidth(key);
    DrawText(list, {row.min.x + Px(10), row.min.y + Px(5)}, row.max.x - row.min.x - cap - Px(24),
             present ? theme.text : theme.text_muted, TextOf(view).name);
    ImGui::SetCursorScreenPos({row.max.x - cap - Px(6), row.min.y + Px(4)});
    KeyCap(key);
    ImGui::SetCursorScreenPos({at.x, row.max.y + Px(2)});
    if (!row.clicked) continue;
    window.view_actions.push_back(ActionFor(view));
    ImGui::CloseCurrentPopup();
  }
  const ScopedStyle tight(ImGuiStyleVar_ItemSpacing, ImVec2(Px(4), Px(3)));
  TextSmall(Short("%s and %s go round them.", window.keymap.text(ActionId::kPreviousCamera).c_str(),
                  window.keymap.text(ActionId::kNextCamera).c_str()));
  TextSmall("Ctrl+right double click follows any object.");
}

void DrawOverlayMenu(const WindowInputs& inputs, WindowState& window) {
  TextSmall("Drawn over the scene");
  const float quantity = ImGui::GetFrameHeight() + Px(8);  // of the learned field
  const ScopedChild child("switches", {Px(kMenuWidth), OverlaySwitchesHeight(inputs) + quantity});
  DrawOverlaySwitches(inputs, window);
}

// What the timeline shows of the recorded steps, until a person says otherwise.
VideoSpan ShownSpan(const Snapshots& snapshots, const TimelineAxis& axis) {
  const EpisodeTrack* track = snapshots.shown_episode();
  if (track == nullptr || track->steps() == 0) return {};
  const std::int64_t end = track->steps() - 1;
  const auto at = [&](double step) { return std::clamp<std::int64_t>(std::llround(step), 0, end); };
  return {track->id(), at(axis.first()), at(axis.last())};
}

// Any steps of the episode on screen: two numbers, and the selected mark's as a choice.
bool DrawSpanChoice(const ActionContext& context) {
  WindowState& window = context.window;
  VideoSpan& span = window.video;
  const EpisodeTrack* track = context.snapshots.shown_episode();
  if (span.episode != context.snapshots.playhead.episode) {
    span = ShownSpan(context.snapshots, window.timeline.axis);
  }
  const std::int64_t end = track != nullptr ? std::max(0, track->steps() - 1) : 0;
  const float field = Px(kMenuWidth) * 0.5F - Px(26);
  bool record = false;
  TextSmall("Steps to record, from and to");
  NumberField("pictures/first", span.first, 0, end, field);
  ImGui::SameLine();
  NumberField("pictures/last", span.last, 0, end, field);
  record |= Button({.id = "pictures/span",
                    .icon = kIconVideo,
                    .text = "Record these steps",
                    .width = Px(kMenuWidth),
                    .tooltip = "Replays them and records that. At first they are what the timeline "
                               "shows: zoom it with the wheel to choose.",
                    .disabled_because = span.first < span.last ? "" : "It ends before it begins"});
  const agents::Mark* mark = window.marks.index.Find(window.marks.selected);
  if (Button({.id = "pictures/mark",
              .icon = kIconVideo,
              .text = "Record the selected mark",
              .width = Px(kMenuWidth),
              .tooltip = "Replays its span and records that",
              .disabled_because = mark != nullptr ? "" : "Select a mark first"})) {
    span = {mark->episode, mark->first_step, mark->last_step};
    record = true;
  }
  if (record) window.view_actions.push_back(ViewAction::kRecordSpan);
  return record;
}

void DrawPicturesMenu(const ActionContext& context, const WindowInputs& inputs) {
  WindowState& window = context.window;
  bool done = false;
  if (Button({.id = "pictures/view",
              .icon = kIconPhoto,
              .text = "Screenshot of the view",
              .width = Px(kMenuWidth),
              .tooltip = "Saves the scene alone, without what lies flat over it"})) {
    window.view_actions.push_back(ViewAction::kScreenshotOfView);
    done = true;
  }
  done |= ActionButton(ActionId::kScreenshot, context,
                       {.text = "Screenshot of the window", .width = Px(kMenuWidth)});
  done |= ActionButton(ActionId::kRecord, context,
                       {.text = "Record the view", .width = Px(kMenuWidth)});
  done |= DrawSpanChoice(context);
  if (done) ImGui::CloseCurrentPopup();
  if (inputs.recording.finishing) TextSmall("The last video is being finished.");
  TextSmall("Folder");
  std::string folder = window.settings.pictures_folder.string();
  TextField("pictures/folder", folder, kLongestPath, Px(kMenuWidth), "Pictures");
  window.settings.pictures_folder = folder;
}

// What the three buttons look like now; their texts outlive it.
struct Buttons {
  ButtonSpec camera, overlays, pictures;

  float Width(float gap) const {
    return ButtonWidth(camera) + ButtonWidth(overlays) + ButtonWidth(pictures) + 2.0F * gap;
  }
};

Buttons ButtonsFor(const WindowInputs& inputs, const Keymap& keymap, bool wide,
                   std::string_view length) {
  std::string_view name = inputs.camera_name;
  if (name.empty()) name = TextOf(inputs.camera).name;
  const bool recording = inputs.recording.active;
  return {.camera = {.id = "camera",
                     .icon = kIconCamera,
                     .text = wide ? name : std::string_view(),
                     .look = ButtonLook::kGhost,
                     .tooltip = wide ? "From where the scene is seen" : name,
                     .key = keymap.text(ActionId::kNextCamera)},
          .overlays = {.id = "overlays",
                       .icon = kIconOverlays,
                       .look = ButtonLook::kGhost,
                       .tooltip = "What is drawn over the scene"},
          .pictures = {.id = "pictures",
                       .icon = recording ? kIconRecord : kIconVideo,
                       .text = recording ? length : std::string_view(),
                       .look = ButtonLook::kGhost,
                       .tooltip = recording ? "A video is being recorded: click to end it"
                                            : "Pictures and videos",
                       .key = recording ? std::string_view(keymap.text(ActionId::kRecord)) : "",
                       .icon_colour = recording ? CurrentTheme().error : 0}};
}

// Below the buttons, at their right end.
template <typename Draw>
void DrawPopup(const char* id, ImVec2 corner, Draw draw) {
  ImGui::SetNextWindowPos(corner, ImGuiCond_Always, {1.0F, 0.0F});
  if (!ImGui::BeginPopup(id)) return;
  draw();
  ImGui::EndPopup();
}

}  // namespace

void DrawViewBar(const Rect& view, const ActionContext& context, const WindowInputs& inputs) {
  WindowState& window = context.window;
  const RecordingState& recording = inputs.recording;
  const int seconds = static_cast<int>(recording.length_s);
  const Short length("%d:%02d", seconds / 60, seconds % 60);
  const Buttons buttons =
      ButtonsFor(inputs, window.keymap, view.width() >= Px(kRoomForName), length);
  const float gap = Px(5);
  const bool standing = !context.snapshots.playing();
  const float width = buttons.Width(gap) + (standing ? ButtonWidth(kCorrectLook) + gap : 0.0F);
  const bool fits = view.width() >= width + 2.0F * Px(kBarMargin);
  window.view_bar_px = fits ? width + Px(kBarMargin) : 0.0F;
  if (!fits) return;
  ImGui::SetCursorScreenPos({view.max.x - width - Px(kBarMargin), view.min.y + Px(kBarMargin)});
  const ScopedStyle padding(ImGuiStyleVar_WindowPadding, ImVec2(Px(12), Px(10)));
  if (standing) DrawCorrectButton(context, gap);
  if (ViewButton(buttons.camera)) ImGui::OpenPopup("camera_popup");
  ImGui::SameLine(0.0F, gap);
  if (ViewButton(buttons.overlays)) ImGui::OpenPopup("overlays_popup");
  ImGui::SameLine(0.0F, gap);
  if (ViewButton(buttons.pictures)) {
    if (recording.active) {
      window.view_actions.push_back(ViewAction::kRecord);
    } else {
      window.video = ShownSpan(context.snapshots, window.timeline.axis);
      ImGui::OpenPopup("pictures_popup");
    }
  }
  const ImVec2 corner(view.max.x - Px(kBarMargin),
                      view.min.y + Px(kBarMargin + 4.0F) + ImGui::GetFrameHeight());
  DrawPopup("camera_popup", corner, [&] { DrawCameraMenu(inputs, window); });
  DrawPopup("overlays_popup", corner, [&] { DrawOverlayMenu(inputs, window); });
  DrawPopup("pictures_popup", corner, [&] { DrawPicturesMenu(context, inputs); });
}

}  // namespace lookout::ui
