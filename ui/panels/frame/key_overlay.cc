#include "ui/panels/frame/key_overlay.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "ui/panels/state/mark_actions.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

using agents::DangerClasses;

// Rows are as high as there is room for, within bounds; all at 100 %.
constexpr float kRow = 25.0F, kLeastRow = 19.0F;
constexpr float kRowGap = 1.0F, kGroupGap = 8.0F, kHeading = 22.0F;
constexpr float kColumnGap = 20.0F, kPairGap = 8.0F;
constexpr int kMostColumns = 4;

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

std::string ConflictText(const Keymap& keymap, ActionId id, const DangerClasses& classes) {
  std::string text;
  for (const ActionId other : keymap.ConflictsOf(id)) {
    text += text.empty() ? "Also: " : ", ";
    text += DescriptionOf(ActionOf(other), classes);
  }
  return text;
}

// "View", "Mark"; empty where a key works in most modes.
std::string_view OnlyIn(std::uint8_t modes) {
  constexpr std::array<std::pair<std::uint8_t, std::string_view>, 6> kModes{
      {{kInView, "View"},
       {kInDrive, "Drive"},
       {kInDrive | kInOversee, "Drive"},
       {kInMark, "Mark"},
       {kInPairs, "pairs"},
       {kInOversee, "Oversee"}}};
  const auto mode =
      std::ranges::find(kModes, modes, &std::pair<std::uint8_t, std::string_view>::first);
  return mode == kModes.end() ? std::string_view() : mode->second;
}

void DrawAction(const Action& action, const DangerClasses& classes, WindowState& window,
                float width, float height) {
  const Theme& theme = CurrentTheme();
  const ScopedId id(action.name);
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const bool rebinding = window.keys.rebinding == action.id;
  const std::string& bound = window.keymap.text(action.id);
  std::string_view text = bound;
  if (bound.empty()) text = "none";
  if (rebinding) text = "press a key";
  const float cap = KeyCapWidth(text);
  if (ImGui::InvisibleButton("row", {width, height})) window.keys.rebinding = action.id;
  NoteItem(Short("key/%s", action.name));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool hovered = ImGui::IsItemHovered();
  if (hovered || rebinding) {
    list.AddRectFilled(min, {min.x + width, min.y + height},
                       rebinding ? WithAlpha(theme.accent, 0.25F) : theme.raised_hover, Px(4));
  }
  const std::string conflict = ConflictText(window.keymap, action.id, classes);
  Tooltip(conflict.empty() ? "Click, then press another key" : std::string_view(conflict));
  const ImVec2 after = ImGui::GetCursorScreenPos();
  DrawText(list, {min.x + Px(6), min.y + (height - Px(17)) * 0.5F}, width - cap - Px(20),
           theme.text_muted, KeyListText(action, window.keymap, classes));
  if (!conflict.empty()) {
    DrawText(list, {min.x + width - cap - Px(26), min.y + (height - Px(15)) * 0.5F}, Px(20),
             theme.warning, kIconWarning, CurrentFonts().small);
  }
  ImGui::SetCursorScreenPos({min.x + width - cap - Px(6), min.y + (height - Px(19)) * 0.5F});
  KeyCap(text);
  ImGui::SetCursorScreenPos(after);
}

void DrawMouse(float width, float height) {
  Heading("Mouse in the view");
  for (const auto& [gesture, meaning] : kMouse) {
    const ImVec2 min = ImGui::GetCursorScreenPos();
    const float cap = KeyCapWidth(gesture);
    ImDrawList& list = *ImGui::GetWindowDrawList();
    DrawText(list, {min.x + Px(6), min.y + (height - Px(17)) * 0.5F}, width - cap - Px(20),
             CurrentTheme().text_muted, meaning);
    ImGui::SetCursorScreenPos({min.x + width - cap - Px(6), min.y + (height - Px(19)) * 0.5F});
    KeyCap(gesture);
    ImGui::SetCursorScreenPos(min);
    ImGui::Dummy({width, height});
  }
}

// At which an entry is not cut.
float EntryWidth(const Action& action, const Keymap& keymap, const DangerClasses& classes) {
  const std::string& key = keymap.text(action.id);
  return TextSize(KeyListText(action, keymap, classes)).x +
         KeyCapWidth(key.empty() ? "none" : key) + Px(30);
}

float WidestEntry(const Keymap& keymap, const DangerClasses& classes) {
  float widest = 0.0F;
  for (const Action& action : Actions()) {
    widest = std::max(widest, EntryWidth(action, keymap, classes));
  }
  return widest;
}

// Groups of actions, in the table's order within a column, the mouse's gestures last; each stays
// whole.
struct Group {
  std::string_view name;  // empty: the mouse
  int rows = 0;
  int column = 0;
  int entries = 0;
  float widest = 0.0F;  // of its entries
  bool paired = false;  // two narrow entries share a row
};

std::vector<Group> ListGroups(const Keymap& keymap, const DangerClasses& classes, float width) {
  std::vector<Group> groups;
  for (const Action& action : Actions()) {
    auto known = std::ranges::find(groups, std::string_view(action.group), &Group::name);
    if (known == groups.end()) known = groups.insert(known, Group{.name = action.group});
    ++known->entries;
    known->widest = std::max(known->widest, EntryWidth(action, keymap, classes));
  }
  for (Group& group : groups) {
    group.paired = group.entries > 1 && 2.0F * group.widest + Px(kPairGap) <= width;
    group.rows = group.paired ? (group.entries + 1) / 2 : group.entries;
  }
  groups.push_back({.name = "", .rows = static_cast<int>(kMouse.size())});
  return groups;
}

// In columns of about the same height, each `width` wide.
std::vector<Group> Arrange(int columns, const Keymap& keymap, const DangerClasses& classes,
                           float width) {
  std::vector<Group> groups = ListGroups(keymap, classes, width);
  // The highest first, each into the column that is lowest so far.
  std::vector<Group*> highest_first;
  for (Group& group : groups) highest_first.push_back(&group);
  std::ranges::stable_sort(highest_first, std::ranges::greater{}, &Group::rows);
  std::array<int, kMostColumns> heights{};
  for (Group* group : highest_first) {
    const auto lowest = std::min_element(heights.begin(), heights.begin() + columns);
    group->column = static_cast<int>(lowest - heights.begin());
    *lowest += group->rows + 1;
  }
  return groups;
}

// At which the highest column fits, if that can still be read.
float RowHeight(const std::vector<Group>& groups, float room) {
  std::array<float, kMostColumns> rows{}, rest{};
  for (const Group& group : groups) {
    const auto column = static_cast<std::size_t>(group.column);
    rows[column] += static_cast<float>(group.rows);
    rest[column] += Px(kHeading + kGroupGap) + Px(kRowGap) * static_cast<float>(group.rows);
  }
  float height = Px(kRow);
  for (std::size_t i = 0; i < rows.size(); ++i) {
    if (rows[i] > 0.0F) height = std::min(height, std::floor((room - rest[i]) / rows[i]));
  }
  return std::max(height, Px(kLeastRow));
}

void DrawEntries(const Group& group, const DangerClasses& classes, float width, float height,
                 WindowState& window) {
  const float half = (width - Px(kPairGap)) * 0.5F;
  ImVec2 row(0, 0);
  int entry = 0;
  for (const Action& action : Actions()) {
    if (group.name != action.group) continue;
    const bool right = group.paired && entry++ % 2 == 1;
    if (right) ImGui::SetCursorScreenPos({row.x + half + Px(kPairGap), row.y});
    row = ImGui::GetCursorScreenPos();
    DrawAction(action, classes, window, group.paired ? half : width, height);
    if (right)
      ImGui::SetCursorScreenPos({row.x - half - Px(kPairGap), row.y + height + Px(kRowGap)});
  }
}

void DrawColumn(const std::vector<Group>& groups, int column, const DangerClasses& classes,
                float width, float height, WindowState& window) {
  const ScopedStyle tight(ImGuiStyleVar_ItemSpacing, ImVec2(0, Px(kRowGap)));
  bool first = true;
  for (const Group& group : groups) {
    if (group.column != column) continue;
    if (!std::exchange(first, false)) ImGui::Dummy({1, Px(kGroupGap)});
    if (group.name.empty()) {
      DrawMouse(width, height);
      continue;
    }
    Heading(group.name);
    DrawEntries(group, classes, width, height, window);
  }
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

std::string KeyListText(const Action& action, const Keymap& keymap, const DangerClasses& classes) {
  std::string text(DescriptionOf(action, classes));
  const Chord& chord = keymap.chord(action.id);
  const bool shared = std::ranges::any_of(Actions(), [&](const Action& other) {
    return other.id != action.id && chord.key != Key::kNone && keymap.chord(other.id) == chord;
  });
  const std::string_view mode = OnlyIn(action.modes);
  return shared && !mode.empty() ? fmt::format("{} ({})", text, mode) : text;
}

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

void DrawKeyOverlay(const Rect& window_rect, const DangerClasses& classes, WindowState& window) {
  if (!window.keys.shown) return;
  const ScopedSheet sheet("keys##sheet", window_rect);
  DrawHead(window);
  ImGui::Dummy({1, Px(4)});
  const ScopedChild child("keys_body", {0, 0});
  const ImVec2 room = ImGui::GetContentRegionAvail();
  const float gap = Px(kColumnGap);
  const float entry = WidestEntry(window.keymap, classes) + gap;
  const int columns = std::clamp(static_cast<int>((room.x + gap) / entry), 1, kMostColumns);
  const float width =
      (room.x - gap * static_cast<float>(columns - 1)) / static_cast<float>(columns);
  const std::vector<Group> groups = Arrange(columns, window.keymap, classes, width);
  const float height = RowHeight(groups, room.y);
  const ImVec2 origin = ImGui::GetCursorPos();
  for (int column = 0; column < columns; ++column) {
    ImGui::SetCursorPos({origin.x + (width + gap) * static_cast<float>(column), origin.y});
    ImGui::BeginGroup();
    ImGui::PushItemWidth(width);
    DrawColumn(groups, column, classes, width, height, window);
    ImGui::PopItemWidth();
    ImGui::EndGroup();
  }
}

}  // namespace lookout::ui
