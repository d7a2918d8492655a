#include "ui/widgets/plots/unit_square.h"

#include <algorithm>

#include "ui/widgets/controls.h"
#include "ui/widgets/draw.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

void DrawAxes(ImDrawList& list, const UnitSquare& square) {
  const Theme& theme = CurrentTheme();
  const Rect& area = square.area;
  ImFont* small = CurrentFonts().small;
  for (const double tick : {0.0, 0.5, 1.0}) {
    const ImVec2 at = square.At(tick, tick);
    list.AddLine({area.min.x, at.y}, {area.max.x, at.y}, theme.plot_grid);
    list.AddLine({at.x, area.min.y}, {at.x, area.max.y}, theme.plot_grid);
    const Short label("%.1f", tick);
    const ImVec2 size = TextSize(label, small);
    DrawText(list, {area.min.x - size.x - Px(6), at.y - size.y * 0.5F}, size.x + 1.0F,
             theme.text_muted, label, small);
  }
  DrawDashedLine(list, square.At(0, 0), square.At(1, 1), theme.text_muted, Px(1), Px(4));
}

}  // namespace

ImVec2 UnitSquare::At(double x, double y) const {
  return {area.min.x + static_cast<float>(std::clamp(x, 0.0, 1.0)) * area.width(),
          area.max.y - static_cast<float>(std::clamp(y, 0.0, 1.0)) * area.height()};
}

UnitSquare BeginUnitSquare(const char* id, float height_px, float below_px, std::string_view axis) {
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ImVec2 size(std::max(Px(80), ImGui::GetContentRegionAvail().x), height_px);
  ImGui::InvisibleButton(id, size);
  NoteItem(id);
  const float bottom = min.y + size.y - below_px - Px(18);
  const UnitSquare square{{{min.x + Px(32), min.y + Px(6)}, {min.x + size.x - Px(6), bottom}}};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(square.area.min, square.area.max, CurrentTheme().background, Px(3));
  DrawAxes(list, square);
  DrawText(list, {square.area.min.x, min.y + size.y - Px(18)}, square.area.width(),
           CurrentTheme().text_muted, axis, CurrentFonts().small);
  return square;
}

}  // namespace lookout::ui
