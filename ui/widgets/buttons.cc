#include <algorithm>
#include <string>

#include "ui/widgets/controls.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr float kCellPadding = 18.0F;   // of a strip's cells, both sides together
constexpr float kTightPadding = 10.0F;  // at which words beside each other can still be told apart

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
                         bool underline, bool icons) {
  std::optional<int> chosen;
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

bool WordsFit(std::span<const Segment> row, float width) {
  const float spared = Count(row) * Px(kCellPadding - kTightPadding);
  return NaturalWidth(row, false) - spared <= width;
}

// So many that every row's words fit, in as few rows as that takes.
std::size_t TabsPerRow(std::span<const Segment> segments, float width) {
  for (std::size_t rows = 1; rows < segments.size(); ++rows) {
    const std::size_t row = (segments.size() + rows - 1) / rows;
    bool fit = true;
    for (std::size_t first = 0; first < segments.size(); first += row) {
      const std::size_t count = std::min(row, segments.size() - first);
      fit = fit && WordsFit(segments.subspan(first, count), width);
    }
    if (fit) return row;
  }
  return 1;
}

// Words in small print, without icons.
std::optional<int> TabRows(std::span<const Segment> segments, int selected, float width) {
  const ScopedFont small(CurrentFonts().small);
  const ScopedStyle close(ImGuiStyleVar_ItemSpacing, ImVec2(0, Px(1)));
  const std::size_t row = TabsPerRow(segments, width);
  std::optional<int> chosen;
  for (std::size_t first = 0; first < segments.size(); first += row) {
    const auto tabs = segments.subspan(first, std::min(row, segments.size() - first));
    const int before = static_cast<int>(first);
    const float height = ImGui::GetFrameHeight();
    const auto here = Strip(tabs, selected - before, width, height, true, false);
    if (here) chosen = before + *here;
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
  return Strip(segments, selected, width, height, false, IconsFit(segments, width));
}

std::optional<int> Tabs(std::span<const Segment> segments, int selected) {
  const float width = ImGui::GetContentRegionAvail().x;
  const float height = ImGui::GetFrameHeight() + Px(6);
  if (NaturalWidth(segments, false) > width) return TabRows(segments, selected, width);
  return Strip(segments, selected, width, height, true, IconsFit(segments, width));
}

}  // namespace lookout::ui
