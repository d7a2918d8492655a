#include "ui/panels/why/why_figures.h"

#include <imgui.h>

#include <algorithm>
#include <cmath>

#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr float kRowHeight = 38.0F;  // at 100 %, as all that follows
constexpr float kValueWidth = 46.0F;

// From the middle to the right for what raises the number, to the left for what lowers it.
void DrawBar(ImDrawList& list, const Rect& rect, double value, double largest, ImU32 colour) {
  const float middle = 0.5F * (rect.min.x + rect.max.x);
  const float length =
      0.5F * rect.width() * static_cast<float>(largest > 0.0 ? value / largest : 0.0);
  list.AddRectFilled({std::min(middle, middle + length), rect.min.y},
                     {std::max(middle, middle + length), rect.max.y}, colour, Px(2));
}

void DrawObject(const WhyObject& one, WhyState& state) {
  const Theme& theme = CurrentTheme();
  const double largest = state.words.largest;
  const bool is_danger = state.words.is_danger;
  const ImU32 colour = theme.ContributionColour(one.contribution, is_danger);
  const ScopedId id(one.id.c_str());
  const RowState row = Row(Short("why/%s", one.id.c_str()), Px(kRowHeight), false);
  if (row.hovered) state.pointed_object = one.object;
  Tooltip(one.help);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float left = row.min.x + Px(8);
  const float right = row.max.x - Px(8);
  const float value_width = TextSize(one.value, CurrentFonts().strong).x;
  DrawText(list, {right - value_width, row.min.y + Px(2)}, value_width + 1.0F,
           is_danger ? colour : theme.text, one.value, CurrentFonts().strong);
  const float room = right - Px(kValueWidth) - left;
  const float used = DrawText(list, {left, row.min.y + Px(2)}, room, theme.text, one.name);
  DrawText(list, {left + used + Px(8), row.min.y + Px(4)}, room - used - Px(8), theme.text_muted,
           one.where, CurrentFonts().small);
  const Rect bar{{left, row.min.y + Px(23)}, {right, row.min.y + Px(31)}};
  list.AddRectFilled(bar.min, bar.max, theme.raised, Px(2));
  DrawBar(list, bar, one.contribution, largest, colour);
  const float middle = 0.5F * (bar.min.x + bar.max.x);
  list.AddLine({middle, bar.min.y - Px(1)}, {middle, bar.max.y + Px(1)}, theme.border_strong,
               Px(1));
  // Where the bar would end if it were taken away alone.
  const float mark =
      middle + 0.5F * bar.width() * static_cast<float>(largest > 0.0 ? one.removal / largest : 0.0);
  list.AddLine({mark, bar.min.y - Px(2)}, {mark, bar.max.y + Px(2)}, theme.text, Px(2));
}

// A column for each value, up for what raises the number and down for what lowers it.
void DrawColumns(const WhyInput& input, const WhyWords& words, const Rect& rect) {
  const Theme& theme = CurrentTheme();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(rect.min, rect.max, theme.raised, Px(3));
  const float middle = 0.5F * (rect.min.y + rect.max.y);
  list.AddLine({rect.min.x, middle}, {rect.max.x, middle}, theme.plot_grid, Px(1));
  const double largest = words.largest_bin;
  const float pitch = rect.width() / static_cast<float>(input.bins.size());
  for (std::size_t i = 0; i < input.bins.size(); ++i) {
    const double value = input.bins[i];
    if (value == 0.0) continue;
    const auto share = static_cast<float>(largest > 0.0 ? value / largest : 0.0);
    const float height =
        std::copysign(std::max(std::abs(0.5F * rect.height() * share), Px(2)), share);
    const float x = rect.min.x + pitch * static_cast<float>(i);
    list.AddRectFilled({x + Px(1), std::min(middle, middle - height)},
                       {x + std::max(pitch - Px(1), Px(2)), std::max(middle, middle - height)},
                       theme.ContributionColour(value, words.is_danger), Px(1));
  }
}

void DrawInput(const WhyInput& input, const WhyWords& words) {
  NameAndValue(input.name, input.value);
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ImVec2 size(ImGui::GetContentRegionAvail().x, Px(input.bins.size() > 4 ? 30 : 16));
  DrawColumns(input, words, {min, {min.x + size.x, min.y + size.y}});
  ImGui::Dummy(size);
  NoteItem(Short("why/input/%s", input.name.c_str()));
}

// What stands left, right, ahead of and behind the robot in the columns of a lidar.
void DrawRoundLabels() {
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  ImFont* font = CurrentFonts().small;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const auto label = [&](std::string_view text, float place) {
    const float text_width = TextSize(text, font).x;
    const float x =
        std::clamp(at.x + place * width - 0.5F * text_width, at.x, at.x + width - text_width);
    DrawText(list, {x, at.y}, text_width + 1.0F, CurrentTheme().text_muted, text, font);
  };
  label("behind", 0.0F);
  label("left", 0.25F);
  label("ahead", 0.5F);
  label("right", 0.75F);
  label("behind", 1.0F);
  ImGui::Dummy({width, TextSize("0", font).y});
}

}  // namespace

void SmallLines(std::string_view text, ImU32 colour) {
  ImGui::PushTextWrapPos(0.0F);
  Text(text, colour != 0 ? colour : CurrentTheme().text_muted, CurrentFonts().small);
  ImGui::PopTextWrapPos();
}

void DrawObjectBars(WhyState& state) {
  const WhyWords& words = state.words;
  const ScopedStyle tight(ImGuiStyleVar_ItemSpacing, ImVec2(Px(4), Px(2)));
  for (const WhyObject& one : words.objects) DrawObject(one, state);
  if (words.silent > 0) {
    SmallLines(
        Short("%d more change%s next to nothing", words.silent, words.silent == 1 ? "s" : ""));
  }
  if (!words.together.empty()) SmallLines(words.together);
}

void DrawInputBars(const WhyWords& words) {
  bool any_lidar = false;
  for (const WhyInput& input : words.inputs) {
    DrawInput(input, words);
    any_lidar = any_lidar || input.bins.size() > 4;
  }
  if (any_lidar) DrawRoundLabels();
  SmallLines(words.residual,
             words.residual_is_small ? CurrentTheme().text_muted : CurrentTheme().warning);
  NoteItem("why/residual");
}

}  // namespace lookout::ui
