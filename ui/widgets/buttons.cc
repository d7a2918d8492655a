#include <algorithm>
#include <string>
#include <vector>

#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr float kCellPadding = 18.0F;  // of a strip's cells, both sides together

struct ButtonColours {
  ImU32 fill, hovered, pressed, text;
};

ButtonColours ColoursOf(ButtonLook look, bool selected) {
  const Theme& theme = CurrentTheme();
  if (selected) {
    const ImU32 soft = WithAlpha(theme.accent, theme.is_light ? 0.16F : 0.22F);
    return {soft, WithAlpha(theme.accent, 0.32F), WithAlpha(theme.accent, 0.38F), theme.text};
  }
  switch (look) {
    case ButtonLook::kPrimary:
      return {theme.accent, theme.accent_hover, theme.accent, theme.text_on_accent};
    case ButtonLook::kGhost:
      return {0, theme.raised_hover, theme.raised_active, theme.text};
    case ButtonLook::kDanger:
      return {WithAlpha(theme.error, 0.14F), WithAlpha(theme.error, 0.26F),
              WithAlpha(theme.error, 0.34F), theme.error};
    case ButtonLook::kNormal:
      break;
  }
  return {theme.raised, theme.raised_hover, theme.raised_active, theme.text};
}

float Gap(const char* icon, std::string_view text) {
  return *icon != '\0' && !text.empty() ? Px(7) : 0.0F;
}

float ContentWidth(const char* icon, std::string_view text) {
  const float icon_width = *icon != '\0' ? TextSize(icon).x : 0.0F;
  return icon_width + Gap(icon, text) + (text.empty() ? 0.0F : TextSize(text).x);
}

// Icon and text, centred in the rectangle; true if they do not fit and are cut.
bool DrawContent(const Rect& rect, const char* icon, std::string_view text, ImU32 colour,
                 ImU32 icon_colour) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float width = ContentWidth(icon, text);
  const float y = rect.min.y + (rect.height() - ImGui::GetFontSize()) * 0.5F;
  float x = rect.min.x + std::max(Px(4), (rect.width() - width) * 0.5F);
  if (*icon != '\0') {
    list.AddText({x, y}, icon_colour != 0 ? icon_colour : colour, icon);
    x += TextSize(icon).x + Gap(icon, text);
  }
  const float room = rect.max.x - Px(3) - x;
  DrawText(list, {x, y}, room, colour, text);
  return !text.empty() && TextSize(text).x > room + 0.5F;
}

// What is cut stands whole before what the tooltip says anyway.
void TooltipOf(bool cut, std::string_view text, std::string_view tooltip, std::string_view key) {
  if (!cut) return Tooltip(tooltip, key);
  std::string whole(text);
  if (!tooltip.empty()) whole.append("\n").append(tooltip);
  Tooltip(whole, key);
}

Rect LastItemRect() { return {ImGui::GetItemRectMin(), ImGui::GetItemRectMax()}; }

ImU32 Dimmed(ImU32 colour, bool enabled) {
  const float alpha = static_cast<float>(colour >> 24) / 255.0F;
  return enabled ? colour : WithAlpha(colour, alpha * ImGui::GetStyle().DisabledAlpha);
}

// A cell of a strip of choices: hit area and content. True when clicked.
bool StripCell(const Segment& segment, ImVec2 size, bool selected, bool underline, bool icon) {
  const Theme& theme = CurrentTheme();
  const bool clicked = ImGui::InvisibleButton(segment.id, size);
  NoteItem(segment.id);
  const Rect rect = LastItemRect();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const bool hovered = ImGui::IsItemHovered();
  if (underline) {
    const float thickness = selected ? Px(2) : Px(1);
    list.AddRectFilled({rect.min.x, rect.max.y - thickness}, rect.max,
                       selected ? theme.accent : theme.border);
  } else if (selected || hovered) {
    const ImVec2 inset(Px(2), Px(2));
    list.AddRectFilled({rect.min.x + inset.x, rect.min.y + inset.y},
                       {rect.max.x - inset.x, rect.max.y - inset.y},
                       selected ? theme.accent : theme.raised_hover, Px(4));
  }
  const ImU32 on_fill = selected && !underline ? theme.text_on_accent : theme.text;
  const bool cut = DrawContent(rect, icon ? segment.icon : "", segment.text,
                               selected || hovered ? on_fill : theme.text_muted, 0);
  TooltipOf(cut, segment.text, segment.tooltip, segment.key);
  return clicked;
}

float Count(std::span<const Segment> segments) {
  return static_cast<float>(std::max<std::size_t>(segments.size(), 1));
}

float CellWidth(const Segment& segment, bool icons) {
  return ContentWidth(icons ? segment.icon : "", segment.text) + Px(kCellPadding);
}

float NaturalWidth(std::span<const Segment> segments, bool icons = true) {
  float width = 0.0F;
  for (const Segment& segment : segments) width += CellWidth(segment, icons);
  return width;
}

// Icons beside words are the first to go where room is short.
bool IconsFit(std::span<const Segment> segments, float width) {
  const bool in_words =
      std::ranges::none_of(segments, [](const Segment& segment) { return segment.text.empty(); });
  return !in_words || width <= 0.0F || NaturalWidth(segments) <= width;
}

std::optional<int> Strip(std::span<const Segment> segments, int selected, float width, float height,
                         bool underline) {
  std::optional<int> chosen;
  const bool icons = IconsFit(segments, width);
  const float spare =
      width > 0.0F ? (width - NaturalWidth(segments, icons)) / Count(segments) : 0.0F;
  const ScopedStyle tight(ImGuiStyleVar_ItemSpacing, ImVec2(0, ImGui::GetStyle().ItemSpacing.y));
  for (int i = 0; i < static_cast<int>(segments.size()); ++i) {
    const Segment& segment = segments[static_cast<std::size_t>(i)];
    if (i > 0) ImGui::SameLine();
    const float own = CellWidth(segment, icons);
    if (StripCell(segment, {std::max(Px(12), own + spare), height}, i == selected, underline,
                  icons)) {
      chosen = i;
    }
  }
  return chosen;
}

}  // namespace

void NoteRect(std::string_view label, ImVec2 min, ImVec2 max) {
  if (ItemRecorder* recorder = CurrentUi().recorder()) recorder->OnItem(label, min, max, true);
}

void NoteItem(std::string_view label, bool enabled) {
  if (ItemRecorder* recorder = CurrentUi().recorder()) {
    recorder->OnItem(label, ImGui::GetItemRectMin(), ImGui::GetItemRectMax(), enabled);
  }
}

float ButtonWidth(const ButtonSpec& spec) {
  const float padding = spec.text.empty() ? Px(7) : Px(11);
  return std::max(ImGui::GetFrameHeight(), ContentWidth(spec.icon, spec.text) + 2.0F * padding);
}

bool Button(const ButtonSpec& spec) {
  const bool enabled = spec.disabled_because.empty();
  const float available = std::max(1.0F, ImGui::GetContentRegionAvail().x);
  float width = spec.width > 0.0F ? spec.width : ButtonWidth(spec);
  if (spec.width < 0.0F) width = available;
  bool clicked = false;
  {
    const ScopedDisabled scope(!enabled);
    clicked = ImGui::InvisibleButton(spec.id, {width, ImGui::GetFrameHeight()});
  }
  NoteItem(spec.id, enabled);
  const ButtonColours colours = ColoursOf(spec.look, spec.selected);
  ImU32 fill = colours.fill;
  if (enabled && ImGui::IsItemHovered()) fill = colours.hovered;
  if (enabled && ImGui::IsItemActive()) fill = colours.pressed;
  const Rect rect = LastItemRect();
  ImGui::GetWindowDrawList()->AddRectFilled(rect.min, rect.max, Dimmed(fill, enabled),
                                            ImGui::GetStyle().FrameRounding);
  const bool cut = DrawContent(rect, spec.icon, spec.text, Dimmed(colours.text, enabled),
                               Dimmed(spec.icon_colour, enabled));
  TooltipOf(cut, spec.text, enabled ? spec.tooltip : spec.disabled_because,
            enabled ? spec.key : "");
  return clicked;
}

std::optional<int> Segmented(std::span<const Segment> segments, int selected, float width) {
  const float total = width > 0.0F ? width : NaturalWidth(segments);
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const float height = ImGui::GetFrameHeight();
  ImGui::GetWindowDrawList()->AddRectFilled(min, {min.x + total, min.y + height},
                                            CurrentTheme().raised, ImGui::GetStyle().FrameRounding);
  return Strip(segments, selected, width, height, false);
}

std::optional<int> Tabs(std::span<const Segment> segments, int selected) {
  const float width = ImGui::GetContentRegionAvail().x;
  const float height = ImGui::GetFrameHeight() + Px(6);
  if (NaturalWidth(segments, false) <= width) return Strip(segments, selected, width, height, true);
  // No word is cut: the others show their icons alone, and say their names under the mouse.
  std::vector<Segment> shortened(segments.begin(), segments.end());
  for (std::size_t i = 0; i < shortened.size(); ++i) {
    Segment& segment = shortened[i];
    if (static_cast<int>(i) == selected || *segment.icon == '\0') continue;
    if (segment.tooltip.empty()) segment.tooltip = segment.text;
    segment.text = {};
  }
  return Strip(shortened, selected, width, height, true);
}

bool Toggle(const ToggleSpec& spec, bool& value) {
  const Theme& theme = CurrentTheme();
  const float width = std::max(Px(60), ImGui::GetContentRegionAvail().x);
  const float height = ImGui::GetFontSize() + Px(8);
  const bool clicked = ImGui::InvisibleButton(spec.id, {width, height});
  NoteItem(spec.id);
  if (clicked) value = !value;
  const Rect rect = LastItemRect();
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
  const Rect rect = LastItemRect();
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
  const Rect rect = LastItemRect();
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
