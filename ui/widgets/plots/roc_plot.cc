#include "ui/widgets/plots/roc_plot.h"

#include <algorithm>
#include <cmath>

#include "ui/widgets/draw.h"
#include "ui/widgets/plots/unit_square.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

using agents::RocPoint;

void DrawCurve(ImDrawList& list, const RocShown& shown, const UnitSquare& square) {
  PolylinePen pen(list, shown.colour, Px(1.8F));
  for (const RocPoint& point : shown.curve) {
    pen.To(square.At(double(point.false_alarms), double(point.hits)));
  }
}

// A ring, so that a curve below another one's point is still to be seen.
void DrawThreshold(ImDrawList& list, const RocShown& shown, const UnitSquare& square) {
  const RocPoint& at = shown.threshold;
  if (!std::isfinite(at.false_alarms) || !std::isfinite(at.hits)) return;
  const ImVec2 middle = square.At(double(at.false_alarms), double(at.hits));
  list.AddCircleFilled(middle, Px(5), CurrentTheme().background, 16);
  list.AddCircle(middle, Px(5), shown.colour, 16, Px(2));
  DrawText(list, {middle.x + Px(8), middle.y - Px(2)}, Px(20), CurrentTheme().text,
           shown.name.substr(0, 1), CurrentFonts().small);
}

// The hits of a curve at that share of false alarms, along its last rise before.
float HitsAt(std::span<const RocPoint> curve, float false_alarms) {
  float hits = 0.0F;
  for (const RocPoint& point : curve) {
    if (point.false_alarms <= false_alarms) hits = point.hits;
  }
  return hits;
}

void DrawReadOut(std::span<const RocShown> shown, const Rect& area) {
  const float share = std::clamp(
      (ImGui::GetIO().MousePos.x - area.min.x) / std::max(1.0F, area.width()), 0.0F, 1.0F);
  ImGui::BeginTooltip();
  TextMuted(Short("at %.1f %% false alarms", 100.0 * double(share)));
  for (const RocShown& one : shown) {
    Text("\xE2\x97\x8F", one.colour);
    ImGui::SameLine();
    Text(one.name);
    ImGui::SameLine(0.0F, Px(12));
    Text(Short("%.1f %% found", 100.0 * double(HitsAt(one.curve, share))), 0,
         CurrentFonts().strong);
  }
  ImGui::EndTooltip();
}

}  // namespace

void RocPlot(const char* id, std::span<const RocShown> shown, float height_px) {
  const UnitSquare square =
      BeginUnitSquare(id, height_px, Px(2), "false alarms (up: found; rings: the threshold)");
  const bool hovered = ImGui::IsItemHovered();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  for (const RocShown& one : shown) DrawCurve(list, one, square);
  for (const RocShown& one : shown) DrawThreshold(list, one, square);
  if (hovered && !shown.empty()) DrawReadOut(shown, square.area);
}

}  // namespace lookout::ui
