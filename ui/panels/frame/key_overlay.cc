#include "ui/panels/frame/key_overlay.h"

#include <algorithm>
#include <array>

#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr float kRow = 25.0F;

// What the mouse does in the view; not rebindable.
constexpr std::array<std::pair<const char*, const char*>, 7> kMouse{{
    {"Left drag", "Orbit"},
    {"Right drag", "Pan"},
    {"Wheel", "Zoom"},
    {"Double click", "Select a body"},
    {"Ctrl+right double", "Track a body"},
    {"Ctrl+left drag", "Rotate the selection"},
    {"Ctrl+right drag", "Move or push it"},
}};

std::string ConflictText(const Keymap& keymap, ActionId id) {
  std::string text;
  for (const ActionId other : keymap.ConflictsOf(id)) {
    text += text.empty() ? "Also: " : ", ";
    text += ActionOf(other).description;
  }
  return text;
}

void DrawAction(const Action& action, WindowState& window, float width) {
  const Theme& theme = CurrentTheme();
  const ScopedId id(action.name);
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const bool rebinding = window.keys.rebinding == action.id;
  const std::string& bound = window.keymap.text(action.id);
  std::string_view text = bound;
  if (bound.empty()) text = "none";
  if (rebinding) text = "press a key";
  const float cap = KeyCapWidth(text);
  if (ImGui::InvisibleButton("row", {width, Px(kRow)})) window.keys.rebinding = action.id;
  NoteItem(Short("key/%s", action.name));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool hovered = ImGui::IsItemHovered();
  if (hovered || rebinding) {
    list.AddRectFilled(min, {min.x + width, min.y + Px(kRow)},
                       rebinding ? WithAlpha(theme.accent, 0.25F) : theme.raised_hover, Px(4));
  }
  const std::string conflict = ConflictText(window.keymap, action.id);
  Tooltip(conflict.empty() ? "Click, then press another key" : std::string_view(conflict));
  const ImVec2 after = ImGui::GetCursorScreenPos();
  DrawText(list, {min.x + Px(6), min.y + Px(4)}, width - cap - Px(20), theme.text_muted,
           action.description);
  if (!conflict.empty()) {
    DrawText(list, {min.x + width - cap - Px(26), min.y + Px(5)}, Px(20), theme.warning,
             kIconWarning, CurrentFonts().small);
  }
  ImGui::SetCursorScreenPos({min.x + width - cap - Px(6), min.y + Px(3)});
  KeyCap(text);
  ImGui::SetCursorScreenPos(after);
}

void DrawMouse(float width) {
  Heading("Mouse in the view");
  for (const auto& [gesture, meaning] : kMouse) {
    const ImVec2 min = ImGui::GetCursorScreenPos();
    const float cap = KeyCapWidth(gesture);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    DrawText(list, {min.x + Px(6), min.y + Px(4)}, width - cap - Px(20), CurrentTheme().text_muted,
             meaning);
    ImGui::SetCursorScreenPos({min.x + width - cap - Px(6), min.y + Px(3)});
    KeyCap(gesture);
    ImGui::SetCursorScreenPos(min);
    ImGui::Dummy({width, Px(kRow)});
  }
}

bool Belongs(const Action& action, int column, int columns) {
  constexpr std::array<std::string_view, 8> kGroups{"Playback", "Modes",  "Marking", "Danger class",
                                                    "Window",   "Repair", "Driving", "3-D view"};
  constexpr std::array<int, 8> kColumnOf{0, 0, 0, 1, 1, 2, 2, 3};
  for (std::size_t i = 0; i < kGroups.size(); ++i) {
    if (kGroups[i] == action.group) return kColumnOf[i] * columns / 4 == column;
  }
  return false;
}

void DrawColumn(int column, int columns, float width, WindowState& window) {
  const ScopedStyle tight(ImGuiStyleVar_ItemSpacing, ImVec2(0, Px(1)));
  std::string_view group;
  for (const Action& action : Actions()) {
    if (!Belongs(action, column, columns)) continue;
    if (group != action.group) {
      if (!group.empty()) ImGui::Dummy({1, Px(8)});
      group = action.group;
      Heading(group);
      ImGui::Dummy({1, Px(1)});
    }
    DrawAction(action, window, width);
  }
  if (column != columns - 1) return;
  ImGui::Dummy({1, Px(8)});
  DrawMouse(width);
}

void DrawHead(WindowState& window) {
  Text("All keys", 0, CurrentFonts().title);
  ImGui::SameLine(0.0F, Px(14));
  ImGui::SetCursorPosY(ImGui::GetCursorPosY() + Px(5));
  TextMuted("Click one to rebind it");
  const float close = ImGui::GetFrameHeight();
  const float reset = ButtonWidth({.icon = kIconReset, .text = "Defaults"});
  ImGui::SameLine(ImGui::GetWindowWidth() - close - reset - Px(34));
  ImGui::SetCursorPosY(Px(14));
  if (Button({.id = "reset_keys", .icon = kIconReset, .text = "Defaults"})) {
    window.keymap.Reset();
    window.settings.keys.clear();
  }
  ImGui::SameLine(0.0F, Px(8));
  if (Button({.id = "close_keys", .icon = kIconClose, .look = ButtonLook::kGhost, .key = "Esc"})) {
    window.keys = {};
  }
}

}  // namespace

bool TakeRebinding(WindowState& window) {
  if (!window.keys.shown || !window.keys.rebinding) return false;
  const auto chord = PressedChord();
  if (!chord) return true;
  if (chord->key != Key::kEscape) {
    window.keymap.Bind(*window.keys.rebinding, *chord);
    window.settings.keys = window.keymap.overrides();
  }
  window.keys.rebinding.reset();
  return true;
}

void DrawKeyOverlay(const Rect& window_rect, WindowState& window) {
  if (!window.keys.shown) return;
  const Theme& theme = CurrentTheme();
  const float margin = Px(24);
  const Rect sheet{{window_rect.min.x + margin, window_rect.min.y + margin},
                   {window_rect.max.x - margin, window_rect.max.y - margin}};
  const ScopedStyle rounding(ImGuiStyleVar_WindowRounding, Px(10));
  const ScopedStyle border(ImGuiStyleVar_WindowBorderSize, 1.0F);
  const ScopedRegion region("keys##sheet", sheet, theme.panel, {Px(20), Px(14)}, 0,
                            ScopedRegion::Layer::kSheet);
  if (ImGui::IsWindowAppearing()) ImGui::SetWindowFocus();
  DrawHead(window);
  ImGui::Dummy({1, Px(4)});
  const ScopedChild child("keys_body", {0, 0});
  const float width = ImGui::GetContentRegionAvail().x;
  const int columns = std::clamp(static_cast<int>(width / Px(270)), 1, 4);
  const float gap = Px(20);
  const float column_width =
      (width - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  const ImVec2 origin = ImGui::GetCursorPos();
  for (int column = 0; column < columns; ++column) {
    ImGui::SetCursorPos({origin.x + (column_width + gap) * static_cast<float>(column), origin.y});
    ImGui::BeginGroup();
    ImGui::PushItemWidth(column_width);
    DrawColumn(column, columns, column_width, window);
    ImGui::PopItemWidth();
    ImGui::EndGroup();
  }
}

}  // namespace lookout::ui
