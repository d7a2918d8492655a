#include "ui/viewport/lidar_legend.h"

#include <algorithm>
#include <vector>

#include "ui/theme/ui_context.h"
#include "ui/viewport/overlays/lidar_overlay.h"

namespace lookout::ui {
namespace {

const char* LidarName(sim::SceneObjectKind kind) {
  switch (kind) {
    case sim::SceneObjectKind::kGoal:
      return "goal";
    case sim::SceneObjectKind::kHazard:
      return "hazards";
    case sim::SceneObjectKind::kVase:
      return "vases";
    case sim::SceneObjectKind::kPillar:
      return "pillars";
    case sim::SceneObjectKind::kButton:
      return "buttons";
    case sim::SceneObjectKind::kGremlin:
      return "gremlins";
    case sim::SceneObjectKind::kWall:
      return "walls";
    case sim::SceneObjectKind::kBox:
      return "box";
    case sim::SceneObjectKind::kCircle:
      return "circle";
    case sim::SceneObjectKind::kRobot:
      break;
  }
  return "";
}

}  // namespace

void DrawLidarLegend(const sim::SceneDescription& scene, const ViewRect& rect, ImDrawList& list) {
  std::vector<sim::LidarRing> rings = StackedRings(scene);
  if (rings.empty()) return;
  std::ranges::reverse(rings);
  const Theme& theme = CurrentTheme();
  ImFont* font = CurrentFonts().small;
  const float line = font->FontSize + Px(3.0F);
  const ImVec2 size(Px(96.0F), line * static_cast<float>(rings.size() + 1) + Px(10.0F));
  const ImVec2 min(rect.min.x + Px(kViewMargin), rect.max.y - Px(92.0F) - size.y);
  if (min.y < rect.min.y + Px(50.0F)) return;  // no room below the badge
  const ImVec2 max(min.x + size.x, min.y + size.y);
  list.AddRectFilled(min, max, WithAlpha(theme.panel, 0.82F), Px(6.0F));
  list.AddRect(min, max, theme.border, Px(6.0F));
  ImVec2 at(min.x + Px(9.0F), min.y + Px(5.0F));
  list.AddText(font, font->FontSize, at, theme.text_muted, "Lidar halos");
  for (const sim::LidarRing& ring : rings) {
    at.y += line;
    const Rgba color = KindColor(ring.kind);
    const ImVec2 middle(at.x + Px(4.0F), at.y + 0.5F * font->FontSize + Px(1.0F));
    list.AddCircleFilled(middle, Px(4.0F),
                         ImGui::ColorConvertFloat4ToU32({color.r, color.g, color.b, 1.0F}));
    list.AddText(font, font->FontSize, {at.x + Px(14.0F), at.y}, theme.text, LidarName(ring.kind));
  }
}

}  // namespace lookout::ui
