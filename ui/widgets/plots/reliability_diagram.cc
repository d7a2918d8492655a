#include "ui/widgets/plots/reliability_diagram.h"

#include <algorithm>
#include <cmath>

#include "ui/widgets/controls.h"
#include "ui/widgets/draw.h"
#include "ui/widgets/plots/unit_square.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

using agents::ReliabilityBin;
using Curves = std::span<const ReliabilityCurve>;

ImU32 ColourOf(const ReliabilityCurve& curve) {
  return curve.colour != 0 ? curve.colour : CurrentTheme().predicted_cost;
}

// The bars of several curves stand side by side, in their colours; of one alone in grey.
void DrawCounts(ImDrawList& list, Curves curves, const Rect& strip) {
  std::int64_t most = 1;
  for (const ReliabilityCurve& curve : curves) {
    for (const ReliabilityBin& bin : curve.bins) most = std::max(most, bin.count);
  }
  for (std::size_t k = 0; k < curves.size(); ++k) {
    const auto& bins = curves[k].bins;
    const float pitch = strip.width() / static_cast<float>(bins.size());
    const float width = (pitch - Px(2)) / static_cast<float>(curves.size());
    for (std::size_t i = 0; i < bins.size(); ++i) {
      const double share = static_cast<double>(bins[i].count) / static_cast<double>(most);
      if (share <= 0.0) continue;
      const float left =
          strip.min.x + pitch * static_cast<float>(i) + Px(1) + width * static_cast<float>(k);
      const float height = std::max(Px(1), strip.height() * static_cast<float>(std::sqrt(share)));
      list.AddRectFilled({left, strip.max.y - height}, {left + width, strip.max.y},
                         curves.size() > 1 ? ColourOf(curves[k]) : CurrentTheme().border_strong,
                         Px(1));
    }
  }
}

void DrawCurve(ImDrawList& list, const ReliabilityCurve& curve, const UnitSquare& square) {
  PolylinePen pen(list, ColourOf(curve), Px(1.8F));
  for (const ReliabilityBin& bin : curve.bins) {
    if (bin.count <= 0 || !std::isfinite(bin.mean_predicted)) continue;
    const ImVec2 at = square.At(double(bin.mean_predicted), double(bin.fraction_unsafe));
    pen.To(at);
    list.AddCircleFilled(at, Px(3.5F), ColourOf(curve), 12);
  }
}

void DrawReadOut(Curves curves, const Rect& area) {
  const float share = (ImGui::GetIO().MousePos.x - area.min.x) / std::max(1.0F, area.width());
  const auto bins = std::ssize(curves.front().bins);
  const auto index = static_cast<std::ptrdiff_t>(share * static_cast<float>(bins));
  if (share < 0.0F || index >= bins) return;
  ImGui::BeginTooltip();
  for (const ReliabilityCurve& curve : curves) {
    if (index >= std::ssize(curve.bins)) continue;
    const ReliabilityBin& bin = curve.bins[static_cast<std::size_t>(index)];
    if (!curve.name.empty()) Text(curve.name, ColourOf(curve));
    Text(Short("predicted %.2f, unsafe %.2f", double(bin.mean_predicted),
               double(bin.fraction_unsafe)));
    TextMuted(Short("%lld held-out steps", static_cast<long long>(bin.count)));
  }
  ImGui::EndTooltip();
}

}  // namespace

void ReliabilityDiagram(const char* id, Curves curves, float height_px) {
  const UnitSquare square =
      BeginUnitSquare(id, height_px, Px(26), "predicted probability (bars: steps)");
  const bool hovered = ImGui::IsItemHovered();
  if (curves.empty() || curves.front().bins.empty()) return;
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Rect& area = square.area;
  DrawCounts(list, curves, {{area.min.x, area.max.y + Px(4)}, {area.max.x, area.max.y + Px(24)}});
  for (const ReliabilityCurve& curve : curves) DrawCurve(list, curve, square);
  if (hovered) DrawReadOut(curves, area);
}

}  // namespace lookout::ui
