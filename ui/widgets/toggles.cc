#include <algorithm>

#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {

bool Toggle(const ToggleSpec& spec, bool& value) {
  const Theme& theme = CurrentTheme();
  const float width = std::max(Px(60), ImGui::GetContentRegionAvail().x);
  const float height = ImGui::GetFontSize() + Px(8);
  const bool clicked = ImGui::InvisibleButton(spec.id, {width, height});
  NoteItem(spec.id);
  if (clicked) value = !value;
  const Rect rect{ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool hovered = ImGui::IsItemHovered();
  const float middle = (rect.min.y + rect.max.y) * 0.5F;
  const float radius = Px(7);
  const float right = rect.max.x;
  const float left = right - Px(28);
  const ImU32 track = value ? theme.accent : theme.border_strong;
  list.AddRectFilled({left, middle - radius}, {right, middle + radius}, track, radius);
  const float knob = value ? right - radius : left + radius;
  list.AddCircleFilled({knob, middle}, radius - Px(2.5F),
                       value ? theme.text_on_accent : theme.panel);
  float x = rect.min.x;
  const float y = middle - ImGui::GetFontSize() * 0.5F;
  if (*spec.icon != '\0') {
    list.AddText({x, y}, spec.icon_colour != 0 ? spec.icon_colour : theme.text_muted, spec.icon);
    x += Px(22);
  }
  DrawText(list, {x, y}, left - Px(6) - x, value || hovered ? theme.text : theme.text_muted,
           spec.text);
  Tooltip(spec.tooltip, spec.key);
  return clicked;
}

bool Section(const char* id, std::string_view text, std::string_view remark, bool& open) {
  const Theme& theme = CurrentTheme();
  const float width = std::max(Px(60), ImGui::GetContentRegionAvail().x);
  if (ImGui::InvisibleButton(id, {width, ImGui::GetFontSize() + Px(8)})) open = !open;
  NoteItem(id);
  const Rect rect{ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  const bool hovered = ImGui::IsItemHovered();
  Tooltip(open ? "Click to fold" : "Click to open");
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImFont* small = CurrentFonts().small;
  const float y = rect.min.y + Px(4);
  DrawText(list, {rect.min.x, y + Px(2)}, Px(20), hovered ? theme.text : theme.text_muted,
           open ? kIconDown : kIconRight, small);
  // The name stays; the remark has what is left.
  ImFont* strong = CurrentFonts().strong;
  const float room = std::max(0.0F, width - Px(18) - TextSize(text, strong).x - Px(10));
  const float remark_width = std::min(TextSize(remark, small).x, room);
  DrawText(list, {rect.min.x + Px(18), y}, width - Px(18), theme.text, text, strong);
  DrawText(list, {rect.max.x - remark_width, y + Px(2)}, remark_width + 1.0F, theme.text_muted,
           remark, small);
  return open;
}

float ChipHeight() { return TextSize("0", CurrentFonts().small).y + Px(9); }

bool CheckChip(const ToggleSpec& spec, bool checked, float width) {
  const Theme& theme = CurrentTheme();
  const bool clicked = ImGui::InvisibleButton(spec.id, {std::max(width, Px(30)), ChipHeight()});
  NoteItem(spec.id);
  const Rect rect{ImGui::GetItemRectMin(), ImGui::GetItemRectMax()};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool hovered = ImGui::IsItemHovered();
  list.AddRectFilled(rect.min, rect.max, hovered ? theme.raised_hover : theme.raised, Px(5));
  ImFont* small = CurrentFonts().small;
  const float y = (rect.min.y + rect.max.y - TextSize("0", small).y) * 0.5F;
  DrawText(list, {rect.min.x + Px(8), y}, Px(20), checked ? theme.accent : theme.text_muted,
           checked ? kIconChecked : kIconUnchecked, small);
  DrawText(list, {rect.min.x + Px(28), y}, rect.width() - Px(32),
           checked || hovered ? theme.text : theme.text_muted, spec.text, small);
  Tooltip(spec.tooltip, spec.key);
  return clicked;
}

}  // namespace lookout::ui
