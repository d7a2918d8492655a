#include <imgui_internal.h>
#include <imgui_stdlib.h>

#include <algorithm>
#include <cmath>

#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/field_width.h"
#include "ui/widgets/row_keys.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr float kTooltipDelay_s = 0.35F;

void DrawTooltip(std::string_view text, std::string_view key) {
  const ScopedStyle padding(ImGuiStyleVar_WindowPadding, ImVec2(Px(9), Px(7)));
  ImGui::BeginTooltip();
  ImGui::PushTextWrapPos(Px(300));
  if (!text.empty()) Text(text);
  ImGui::PopTextWrapPos();
  if (!key.empty()) {
    if (!text.empty() && TextSize(text).x < Px(220)) ImGui::SameLine(0.0F, Px(10));
    KeyCap(key);
  }
  ImGui::EndTooltip();
}

}  // namespace

bool WantsTooltip() {
  if (!ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenDisabled)) return false;
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  const bool has_timer = context.HoveredId != 0;
  return !has_timer || context.HoveredIdTimer >= kTooltipDelay_s;
}

void Tooltip(std::string_view text, std::string_view key) {
  if (text.empty() && key.empty()) return;
  if (WantsTooltip()) DrawTooltip(text, key);
}

namespace {

// The chosen name and the caret, over a combo box that was drawn empty: by itself it would write
// the name over its caret.
// Returns whether the name is cut.
bool DrawChoicePreview(const DropDownSpec& spec, ImDrawList& list, ImVec2 min, ImVec2 max,
                       bool open) {
  const std::string_view name = Cut(spec.preview, 120);
  const Short preview("%s%s%.*s", spec.icon, *spec.icon != '\0' ? "  " : "",
                      static_cast<int>(name.size()), name.data());
  const ImVec2 caret = TextSize(kIconDown);
  const ImVec2 padding = ImGui::GetStyle().FramePadding;
  const float room = max.x - caret.x - Px(8) - min.x - padding.x;
  DrawText(list, {min.x + padding.x, min.y + padding.y}, room, CurrentTheme().text, preview);
  if (open) return false;
  list.AddText({max.x - caret.x - Px(4), (min.y + max.y - caret.y) * 0.5F},
               CurrentTheme().text_muted, kIconDown);
  return TextSize(preview).x > room + 0.5F;
}

}  // namespace

std::optional<int> DropDown(const DropDownSpec& spec,
                            const std::function<std::string_view(int)>& name_of) {
  SetWidth(spec.width);
  const Short label("##%s", spec.id);
  std::optional<int> chosen;
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ImVec2 max(min.x + ImGui::CalcItemWidth(), min.y + ImGui::GetFrameHeight());
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool open = ImGui::BeginCombo(label.c_str(), "",
                                      ImGuiComboFlags_HeightLarge | ImGuiComboFlags_NoArrowButton);
  const bool cut = DrawChoicePreview(spec, list, min, max, open);
  if (!open) {
    NoteItem(spec.id);
    if (cut) {
      Tooltip(std::string(spec.preview).append("\n").append(spec.tooltip));
    } else {
      Tooltip(spec.tooltip);
    }
    return chosen;
  }
  for (int i = 0; i < spec.count; ++i) {
    const ScopedId id(i);
    const std::string_view item = Cut(name_of(i), 120);
    if (ImGui::Selectable("##item", i == spec.selected)) chosen = i;
    if (EnterInMenu()) {
      chosen = i;
      ImGui::CloseCurrentPopup();
    }
    NoteItem(Short("%s/%d", spec.id, i));
    if (spec.help_of) Tooltip(spec.help_of(i));
    if (i == spec.selected) ImGui::SetItemDefaultFocus();
    const ImVec2 at = ImGui::GetItemRectMin();
    DrawText(*ImGui::GetWindowDrawList(),
             {at.x + Px(2), at.y + ImGui::GetStyle().ItemSpacing.y / 2}, ImGui::GetItemRectSize().x,
             CurrentTheme().text, item);
    // The popup is as wide as its widest name.
    ImGui::SameLine();
    ImGui::Dummy({TextSize(item).x + Px(4), 1.0F});
  }
  ImGui::EndCombo();
  return chosen;
}

constexpr float kLabelColumn = 94.0F;  // at 100 %

void FieldLabel(std::string_view name, ImU32 swatch) {
  ImGui::AlignTextToFramePadding();
  const ImVec2 at = ImGui::GetCursorScreenPos();
  if (swatch != 0) {
    const float middle = at.y + 0.5F * ImGui::GetFrameHeight();
    ImGui::GetWindowDrawList()->AddCircleFilled({at.x + Px(6), middle}, Px(5), swatch, 20);
    ImGui::Dummy({Px(18), 1});
    ImGui::SameLine(0.0F, 0.0F);
  }
  TextMuted(name);
  // Fields of a form begin at one place, but for those with a long name.
  const float end = ImGui::GetItemRectMax().x - ImGui::GetWindowPos().x + ImGui::GetScrollX();
  const float start = ImGui::GetCursorStartPos().x + Px(kLabelColumn);
  ImGui::SameLine(std::max(start, end + Px(8)));
}

bool FieldHasFocus() {
  const ImGuiContext& context = *ImGui::GetCurrentContext();
  return context.NavId != 0 && context.NavId == context.InputTextState.ID;
}

bool TextField(const char* id, std::string& text, std::size_t longest_bytes, float width,
               const char* hint) {
  SetWidth(width);
  ImGui::InputTextWithHint(Short("##%s", id).c_str(), hint, &text);
  NoteItem(id);
  const bool ended = ImGui::IsItemDeactivatedAfterEdit();
  if (text.size() > longest_bytes) text.resize(Cut(text, longest_bytes).size());
  return ended;
}

void BeginTypingHere() { ImGui::SetKeyboardFocusHere(); }

bool IsTypedBehindText() {
  ImGuiInputTextState* const typed = ImGui::GetInputTextState(ImGui::GetItemID());
  if (typed == nullptr || !ImGui::IsItemActive()) return false;
  typed->ClearSelection();
  return true;
}

bool SliderField(const char* id, float& value, float min, float max, const char* format,
                 float width) {
  SetWidth(width);
  ImGui::SliderFloat(Short("##%s", id).c_str(), &value, min, max, format,
                     ImGuiSliderFlags_AlwaysClamp);
  NoteItem(id);
  return ImGui::IsItemDeactivatedAfterEdit();
}

float KeyCapWidth(std::string_view text) { return TextSize(text, CurrentFonts().small).x + Px(12); }

void KeyCap(std::string_view text) {
  const Theme& theme = CurrentTheme();
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ImVec2 size(KeyCapWidth(text), Px(19));
  const ImVec2 max(min.x + size.x, min.y + size.y);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(min, max, theme.raised_hover, Px(4));
  list.AddRect(min, max, theme.border_strong, Px(4));
  list.AddLine({min.x + Px(3), max.y - 1.0F}, {max.x - Px(3), max.y - 1.0F}, theme.border_strong,
               Px(1.5F));
  ImFont* small = CurrentFonts().small;
  const float text_height = TextSize(text, small).y;
  DrawText(list, {min.x + Px(6), min.y + (size.y - text_height) * 0.5F - Px(0.5F)}, size.x,
           theme.text, text, small);
  ImGui::Dummy(size);
}

RowState Row(std::string_view label, float height, bool selected) {
  const Theme& theme = CurrentTheme();
  const float width = std::max(1.0F, ImGui::GetContentRegionAvail().x);
  RowState row;
  row.clicked = ImGui::InvisibleButton("row", {width, height});
  ImGui::SetItemAllowOverlap();
  row.clicked |= FollowRowKeys(height);
  NoteItem(label);
  row.min = ImGui::GetItemRectMin();
  row.max = ImGui::GetItemRectMax();
  row.hovered = ImGui::IsItemHovered(ImGuiHoveredFlags_AllowWhenBlockedByActiveItem);
  row.double_clicked = row.hovered && ImGui::IsMouseDoubleClicked(ImGuiMouseButton_Left);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool by_keys = !ImGui::GetCurrentContext()->NavDisableHighlight;
  if (by_keys && ImGui::IsItemFocused()) {
    list.AddRect(row.min, row.max, theme.accent, Px(5), 0, Px(1.5F));
  }
  if (selected) {
    list.AddRectFilled(row.min, row.max, WithAlpha(theme.accent, 0.16F), Px(5));
    list.AddRectFilled(row.min, {row.min.x + Px(3), row.max.y}, theme.accent, Px(2));
  } else if (row.hovered) {
    list.AddRectFilled(row.min, row.max, theme.raised, Px(5));
  }
  return row;
}

void KeepRowInView(int row, float pitch) {
  const float top = pitch * static_cast<float>(row);
  const float height = ImGui::GetWindowHeight();
  const float scrolled = ImGui::GetScrollY();
  if (top < scrolled) {
    ImGui::SetScrollY(top);
  } else if (top + pitch > scrolled + height) {
    ImGui::SetScrollY(top + pitch - height);
  }
}

void ProgressBar(float fraction, float height) {
  const Theme& theme = CurrentTheme();
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ImVec2 size(std::max(1.0F, ImGui::GetContentRegionAvail().x),
                    height > 0.0F ? height : Px(5));
  const ImVec2 max(min.x + size.x, min.y + size.y);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(min, max, theme.raised_active, size.y * 0.5F);
  const float done = std::isfinite(fraction) ? std::clamp(fraction, 0.0F, 1.0F) : 0.0F;
  if (done > 0.0F) {
    list.AddRectFilled(min, {min.x + std::max(size.y, size.x * done), max.y}, theme.accent,
                       size.y * 0.5F);
  }
  ImGui::Dummy(size);
}

float BadgeWidth(std::string_view text, const char* icon) {
  ImFont* small = CurrentFonts().small;
  const float icon_width = *icon != '\0' ? TextSize(icon, small).x + Px(5) : 0.0F;
  return icon_width + TextSize(text, small).x + Px(14);
}

void Badge(std::string_view text, ImU32 colour, const char* icon) {
  ImFont* small = CurrentFonts().small;
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ImVec2 size(BadgeWidth(text, icon), Px(20));
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(min, {min.x + size.x, min.y + size.y}, WithAlpha(colour, 0.16F), Px(10));
  list.AddRect(min, {min.x + size.x, min.y + size.y}, WithAlpha(colour, 0.55F), Px(10));
  const float y = min.y + (size.y - TextSize("0", small).y) * 0.5F;
  float x = min.x + Px(7);
  if (*icon != '\0') x += DrawText(list, {x, y}, size.x, colour, icon, small) + Px(5);
  DrawText(list, {x, y}, size.x, CurrentTheme().text, text, small);
  ImGui::Dummy(size);
}

}  // namespace lookout::ui
