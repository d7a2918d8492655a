#include "ui/viewport/lidar_legend.h"

#include <algorithm>
#include <string>
#include <vector>

#include "sim/objects/object_kinds.h"
#include "ui/theme/ui_context.h"
#include "ui/viewport/overlays/lidar_overlay.h"

namespace lookout::ui {
namespace {

// The sign of a kind, so that colour is never all that tells two lidars apart, with an outline that
// shows on every panel.
void DrawSign(ImDrawList& list, ImVec2 middle, float radius, sim::ObjectSign sign, ImU32 colour,
              ImU32 outline) {
  const auto [x, y] = middle;
  const float r = radius;
  const float thin = Px(1.0F);
  switch (sign) {
    case sim::ObjectSign::kDisc:
      list.AddCircleFilled(middle, r, colour);
      return list.AddCircle(middle, r, outline, 0, thin);
    case sim::ObjectSign::kRing:
      list.AddCircle(middle, r, outline, 0, Px(4.0F));
      return list.AddCircle(middle, r, colour, 0, Px(2.5F));
    case sim::ObjectSign::kSquare:
      list.AddRectFilled({x - r, y - r}, {x + r, y + r}, colour);
      return list.AddRect({x - r, y - r}, {x + r, y + r}, outline, 0.0F, 0, thin);
    case sim::ObjectSign::kFrame:
      list.AddRect({x - r, y - r}, {x + r, y + r}, outline, 0.0F, 0, Px(4.0F));
      return list.AddRect({x - r, y - r}, {x + r, y + r}, colour, 0.0F, 0, Px(2.5F));
    case sim::ObjectSign::kDiamond:
      list.AddQuadFilled({x, y - r}, {x + r, y}, {x, y + r}, {x - r, y}, colour);
      return list.AddQuad({x, y - r}, {x + r, y}, {x, y + r}, {x - r, y}, outline, thin);
    case sim::ObjectSign::kTriangle:
      list.AddTriangleFilled({x, y - r}, {x + r, y + r}, {x - r, y + r}, colour);
      return list.AddTriangle({x, y - r}, {x + r, y + r}, {x - r, y + r}, outline, thin);
  }
}

std::string LidarName(sim::SceneObjectKind kind) {
  const sim::ObjectKind& known = sim::DescriptorOf(kind);
  return std::string(known.is_single ? known.one : known.many);
}

}  // namespace

void DrawLidarLegend(const sim::SceneDescription& scene, const ViewRect& rect, LegendFold& fold,
                     ImDrawList& list) {
  std::vector<sim::LidarRing> rings = StackedRings(scene);
  if (rings.empty()) return;
  std::ranges::reverse(rings);
  ImFont* font = CurrentFonts().small;
  const float line = font->FontSize + Px(3.0F);
  const float axes = rect.height() >= Px(kRoomForAxes) ? Px(80.0F) : 0.0F;
  const auto body = DrawLegendFrame(
      {.id = "legend/lidar",
       .title = "Lidar halos",
       .body = {Px(78.0F), line * static_cast<float>(rings.size())},
       .corner = {rect.min.x + Px(kViewMargin), rect.max.y - Px(kViewMargin) - axes},
       .pivot = {0.0F, 1.0F}},
      rect, fold, list);
  if (!body) return;
  ImVec2 at = *body;
  for (const sim::LidarRing& ring : rings) {
    const Rgba color = KindColor(ring.kind);
    const ImVec2 middle(at.x + Px(4.0F), at.y + 0.5F * font->FontSize + Px(1.0F));
    DrawSign(list, middle, Px(4.0F), sim::DescriptorOf(ring.kind).sign,
             ImGui::ColorConvertFloat4ToU32({color.r, color.g, color.b, 1.0F}),
             CurrentTheme().text_muted);
    list.AddText(font, font->FontSize, {at.x + Px(14.0F), at.y}, CurrentTheme().text,
                 LidarName(ring.kind).c_str());
    at.y += line;
  }
}

}  // namespace lookout::ui
