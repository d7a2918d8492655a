// Buttons, toggles, choices and fields in the program's own look. Every one reports itself to the
// ItemRecorder by its id, shows a tooltip with its key, and says why it is disabled.
// Window thread only.
#pragma once

#include <imgui.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <string>
#include <string_view>

namespace lookout::ui {

// Reports the last item to the recorder, if there is one. For items drawn without this header.
void NoteItem(std::string_view label, bool enabled = true);
// The same for a rectangle inside a bigger item.
void NoteRect(std::string_view label, ImVec2 min, ImVec2 max);

enum class ButtonLook : std::uint8_t { kNormal, kPrimary, kGhost, kDanger };

struct ButtonSpec {
  const char* id = "";  // unique in its scope, never empty
  const char* icon = "";
  std::string_view text = {};
  ButtonLook look = ButtonLook::kNormal;
  bool selected = false;
  float width = 0.0F;  // 0: as wide as its content; < 0: all that is left
  std::string_view tooltip = {};
  std::string_view key = {};               // as a key-cap beside the tooltip
  std::string_view disabled_because = {};  // not empty: greyed, the reason in the tooltip
  ImU32 icon_colour = 0;                   // 0: as the text
};
bool Button(const ButtonSpec& spec);
// The width that Button takes by itself.
float ButtonWidth(const ButtonSpec& spec);

// Choices of which exactly one holds, as one strip. Returns the one clicked.
struct Segment {
  const char* id = "";
  const char* icon = "";
  std::string_view text = {};
  std::string_view tooltip = {};
  std::string_view key = {};
};
// width 0: as wide as its content; else what is left over is shared equally.
std::optional<int> Segmented(std::span<const Segment> segments, int selected, float width = 0.0F);
// Tabs across the content region, underlined. Where their words have no room in one row, they stand
// in several, in small print. Their places are the same whichever is selected.
std::optional<int> Tabs(std::span<const Segment> segments, int selected);

// A switch with its text at the left and the switch at the right edge. True when changed.
struct ToggleSpec {
  const char* id = "";
  const char* icon = "";
  std::string_view text = {};
  std::string_view tooltip = {};
  std::string_view key = {};
  ImU32 icon_colour = 0;
};
bool Toggle(const ToggleSpec& spec, bool& value);

// The heading of a section that folds: a click opens or closes it. Returns whether it is open.
bool Section(const char* id, std::string_view text, std::string_view remark, bool& open);

// A small button with a check box, for many switches in little room. True when clicked.
bool CheckChip(const ToggleSpec& spec, bool checked, float width);
float ChipHeight();

// A drop-down. name_of(i) must stay valid while drawing. Returns the item clicked.
struct DropDownSpec {
  const char* id = "";
  const char* icon = "";
  std::string_view preview = {};
  int count = 0;
  int selected = -1;
  float width = 0.0F;  // 0: all that is left
  std::string_view tooltip = {};
  std::function<std::string_view(int)> help_of = {};  // tooltips of the choices; may be empty
};
std::optional<int> DropDown(const DropDownSpec& spec,
                            const std::function<std::string_view(int)>& name_of);

// A name at the left, with a dot of a colour if that is not 0; the field that is drawn next stands
// at the right of it.
void FieldLabel(std::string_view name, ImU32 swatch = 0);

// Whether a field that takes text was used last: then Tab moves to the next one of its form.
bool FieldHasFocus();

// A number typed in; the value changes when the field is left or Enter is pressed.
bool NumberField(const char* id, std::int64_t& value, std::int64_t min, std::int64_t max,
                 float width);
bool NumberField(const char* id, double& value, double min, double max, const char* format,
                 float width);
// For a field that a program fills in for a person to go on: focuses the text field that is drawn
// next, and drops the selection that it then has. True, after the field, once it can be typed into.
void BeginTypingHere();
bool IsTypedBehindText();
// A line of text; true when editing ended with a change.
bool TextField(const char* id, std::string& text, std::size_t longest_bytes, float width,
               const char* hint);
bool SliderField(const char* id, float& value, float min, float max, const char* format,
                 float width);

// A key as it looks on a keyboard, e.g. "Ctrl+Z".
void KeyCap(std::string_view text);
float KeyCapWidth(std::string_view text);
// A tooltip for the last item (also a disabled one): text, then the key.
void Tooltip(std::string_view text, std::string_view key = {});

// Whether the mouse has rested on the last item (also a disabled one) for as long as tooltips take.
bool WantsTooltip();

// An invisible row as wide as the region, lit while hovered or selected; what follows is drawn onto
// it from its top left corner. True when clicked.
struct RowState {
  bool clicked = false;
  bool double_clicked = false;
  bool hovered = false;
  ImVec2 min, max;
};
RowState Row(std::string_view label, float height, bool selected);
// Inside a list whose rows are `pitch` pixels apart: scrolls just so far that this one is seen.
void KeepRowInView(int row, float pitch);

// A thin bar with its fraction done, and a text above it at the right.
void ProgressBar(float fraction, float height = 0.0F);
// A rounded label: state of something.
void Badge(std::string_view text, ImU32 colour, const char* icon = "");
float BadgeWidth(std::string_view text, const char* icon = "");

}  // namespace lookout::ui
