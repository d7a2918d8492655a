#include "ui/widgets/plots/reliability_diagram.h"

#include <algorithm>
#include <cmath>

#include "ui/widgets/controls.h"
#include "ui/widgets/draw.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

using agents::ReliabilityBin;

ImVec2 PointOf(const Rect& area, double predicted, double observed) {
  return {area.min.x + static_cast<float>(std::clamp(predicted, 0.0, 1.0)) * area.width(),
          area.max.y - static_cast<float>(std::clamp(observed, 0.0, 1.0)) * area.height()};
}

void DrawAxes(ImDrawList& list, const Rect& area) {
  const Theme& theme = CurrentTheme();
  ImFont* small = CurrentFonts().small;
  for (const double tick : {0.0, 0.5, 1.0}) {
    const ImVec2 at = PointOf(area, tick, tick);
    list.AddLine({area.min.x, at.y}, {area.max.x, at.y}, theme.plot_grid);
    list.AddLine({at.x, area.min.y}, {at.x, area.max.y}, theme.plot_grid);
    const Short label("%.1f", tick);
    const ImVec2 size = TextSize(label, small);
    DrawText(list, {area.min.x - size.x - Px(6), at.y - size.y * 0.5F}, size.x + 1.0F,
             theme.text_muted, label, small);
  }
  DrawDashedLine(list, PointOf(area, 0, 0), PointOf(area, 1, 1), theme.text_muted, Px(1), Px(4));
}

void DrawCounts(ImDrawList& list, std::span<const ReliabilityBin> bins, const Rect& strip) {
  const Theme& theme = CurrentTheme();
  std::int64_t most = 1;
  for (const ReliabilityBin& bin : bins) most = std::max(most, bin.count);
  const float width = strip.width() / static_cast<float>(bins.size());
  for (std::size_t i = 0; i < bins.size(); ++i) {
    const double share = static_cast<double>(bins[i].count) / static_cast<double>(most);
    if (share <= 0.0) continue;
    const float left = strip.min.x + width * static_cast<float>(i);
    const float height = std::max(Px(1), strip.height() * static_cast<float>(std::sqrt(share)));
    list.AddRectFilled({left + Px(1), strip.max.y - height}, {left + width - Px(1), strip.max.y},
                       theme.border_strong, Px(1));
  }
}

void DrawCurve(ImDrawList& list, std::span<const ReliabilityBin> bins, const Rect& area) {
  const ImU32 colour = CurrentTheme().predicted_cost;
  PolylinePen pen(list, colour, Px(1.8F));
  for (const ReliabilityBin& bin : bins) {
    if (bin.count <= 0 || !std::isfinite(bin.mean_predicted)) continue;
    const ImVec2 at = PointOf(area, bin.mean_predicted, bin.fraction_unsafe);
    pen.To(at);
    list.AddCircleFilled(at, Px(3.5F), colour, 12);
  }
}

void DrawReadOut(std::span<const ReliabilityBin> bins, const Rect& area) {
  const float share = (ImGui::GetIO().MousePos.x - area.min.x) / std::max(1.0F, area.width());
  const auto index = static_cast<std::ptrdiff_t>(share * static_cast<float>(bins.size()));
  if (share < 0.0F || index >= std::ssize(bins)) return;
  const ReliabilityBin& bin = bins[static_cast<std::size_t>(index)];
  ImGui::BeginTooltip();
  Text(Short("predicted %.2f, unsafe %.2f", bin.mean_predicted, bin.fraction_unsafe));
  TextMuted(Short("%lld held-out steps", static_cast<long long>(bin.count)));
  ImGui::EndTooltip();
}

}  // namespace

void ReliabilityDiagram(const char* id, std::span<const ReliabilityBin> bins, float height_px) {
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ImVec2 size(std::max(Px(80), ImGui::GetContentRegionAvail().x), height_px);
  ImGui::InvisibleButton(id, size);
  NoteItem(id);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Rect area{{min.x + Px(32), min.y + Px(6)},
                  {min.x + size.x - Px(6), min.y + size.y - Px(44)}};
  list.AddRectFilled(area.min, area.max, CurrentTheme().background, Px(3));
  DrawAxes(list, area);
  const std::string_view axis = "predicted probability (bars: steps)";
  DrawText(list, {area.min.x, area.max.y + Px(26)}, area.width(), CurrentTheme().text_muted, axis,
           CurrentFonts().small);
  if (bins.empty()) return;
  DrawCounts(list, bins, {{area.min.x, area.max.y + Px(4)}, {area.max.x, area.max.y + Px(24)}});
  DrawCurve(list, bins, area);
  if (ImGui::IsItemHovered()) DrawReadOut(bins, area);
}

}  // namespace lookout::ui
