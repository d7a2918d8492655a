#include "ui/widgets/plots/scatter_plot.h"

#include <algorithm>
#include <cmath>

#include "ui/widgets/controls.h"
#include "ui/widgets/draw.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

// Where points land on the screen. Both axes begin at 0.
struct Canvas {
  Rect area;
  double most_x = 1.0, most_y = 1.0;
  ImVec2 At(double x, double y) const {
    return {area.min.x + static_cast<float>(std::clamp(x / most_x, 0.0, 1.0)) * area.width(),
            area.max.y - static_cast<float>(std::clamp(y / most_y, 0.0, 1.0)) * area.height()};
  }
};

Canvas CanvasOf(const ScatterPlotSpec& spec, const Rect& area) {
  Canvas canvas{.area = area};
  double most_x = 0.0;
  double most_y = 0.0;
  for (const ScatterPoint& point : spec.points) {
    most_x = std::max(most_x, point.x);
    most_y = std::max({most_y, point.first, point.second});
  }
  constexpr double kMargin = 1.05;
  if (most_x > 0.0) canvas.most_x = kMargin * most_x;
  if (most_y > 0.0) canvas.most_y = kMargin * most_y;
  return canvas;
}

void DrawAxes(ImDrawList& list, const ScatterPlotSpec& spec, const Canvas& canvas) {
  const Theme& theme = CurrentTheme();
  ImFont* small = CurrentFonts().small;
  const double step = NiceStep(canvas.most_y, 4);
  for (double value = 0.0; value <= canvas.most_y; value += step) {
    const float y = std::round(canvas.At(0.0, value).y);
    list.AddLine({canvas.area.min.x, y}, {canvas.area.max.x, y}, theme.plot_grid, 1.0F);
    const Short label("%.3g", value);
    const ImVec2 size = TextSize(label, small);
    DrawText(list, {canvas.area.min.x - Px(6) - size.x, y - size.y * 0.5F}, size.x + 1.0F,
             theme.text_muted, label, small);
  }
  const double step_x = NiceStep(canvas.most_x, 5);
  for (double value = 0.0; value <= canvas.most_x; value += step_x) {
    const Short label("%.3g", value);
    const ImVec2 size = TextSize(label, small);
    DrawText(list, {canvas.At(value, 0.0).x - size.x * 0.5F, canvas.area.max.y + Px(2)},
             size.x + 1.0F, theme.text_muted, label, small);
  }
  DrawText(list, {canvas.area.min.x, canvas.area.max.y + Px(16)}, canvas.area.width(),
           theme.text_muted, spec.x_name, small);
}

void DrawPoints(ImDrawList& list, const ScatterPlotSpec& spec, const Canvas& canvas,
                double ScatterPoint::*value, ImU32 colour) {
  constexpr std::size_t kMostDrawn = 1000;
  const std::size_t stride = spec.points.size() / kMostDrawn + 1;
  PolylinePen pen(list, WithAlpha(colour, 0.55F), Px(1.2F));
  for (std::size_t i = 0; i < spec.points.size(); i += stride) {
    pen.To(canvas.At(spec.points[i].x, spec.points[i].*value));
  }
  for (std::size_t i = 0; i < spec.points.size(); i += stride) {
    const ScatterPoint& point = spec.points[i];
    const ImVec2 at = canvas.At(point.x, point.*value);
    list.AddCircleFilled(at, Px(point.clickable ? 2.5F : 1.8F), colour, 10);
    if (point.clickable) list.AddCircle(at, Px(4.5F), colour, 14, Px(1));
  }
}

void DrawFlag(ImDrawList& list, const ScatterPlotSpec& spec, const Canvas& canvas) {
  if (!spec.flagged_x) return;
  const Theme& theme = CurrentTheme();
  const float x = std::round(canvas.At(*spec.flagged_x, 0.0).x);
  DrawDashedLine(list, {x, canvas.area.min.y}, {x, canvas.area.max.y}, theme.warning, Px(1.5F),
                 Px(5));
  ImFont* small = CurrentFonts().small;
  const ImVec2 size = TextSize(spec.flagged_name, small);
  const bool to_the_left = x + size.x + Px(6) > canvas.area.max.x;
  DrawText(list, {to_the_left ? x - size.x - Px(5) : x + Px(5), canvas.area.min.y}, size.x + 1.0F,
           theme.warning, spec.flagged_name, small);
}

// The point under the mouse, within a few pixels of either of its figures; those that can be
// clicked are preferred.
int PointUnder(const ScatterPlotSpec& spec, const Canvas& canvas, ImVec2 mouse) {
  const float reach = Px(9);
  int found = -1;
  float nearest = reach * reach;
  for (std::size_t i = 0; i < spec.points.size(); ++i) {
    const ScatterPoint& point = spec.points[i];
    for (const double value : {point.first, point.second}) {
      const ImVec2 at = canvas.At(point.x, value);
      float distance = (at.x - mouse.x) * (at.x - mouse.x) + (at.y - mouse.y) * (at.y - mouse.y);
      if (point.clickable) distance *= 0.25F;
      if (distance >= nearest) continue;
      nearest = distance;
      found = static_cast<int>(i);
    }
  }
  return found;
}

void ReadOut(const ScatterPlotSpec& spec, const ScatterPoint& point) {
  ImGui::BeginTooltip();
  TextMuted(Short("%.*s %d, %.*s %.3g", static_cast<int>(Cut(spec.number_name, 40).size()),
                  spec.number_name.data(), point.number,
                  static_cast<int>(Cut(spec.x_name, 80).size()), spec.x_name.data(), point.x));
  const auto row = [](std::string_view name, double value, ImU32 colour) {
    Text("\xE2\x97\x8F", colour);
    ImGui::SameLine();
    Text(name);
    ImGui::SameLine(0.0F, Px(12));
    Text(CompactNumber(value), 0, CurrentFonts().strong);
  };
  row(spec.first_name, point.first, spec.first_colour);
  row(spec.second_name, point.second, spec.second_colour);
  if (point.clickable && !spec.click_hint.empty()) TextMuted(spec.click_hint);
  ImGui::EndTooltip();
}

}  // namespace

int ScatterPlot(const ScatterPlotSpec& spec) {
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const float width = std::max(Px(80), ImGui::GetContentRegionAvail().x);
  const bool pressed = ImGui::InvisibleButton(spec.id, {width, spec.height_px});
  const bool hovered = ImGui::IsItemHovered();
  NoteItem(spec.id);
  const Rect area{{min.x + Px(40), min.y + Px(24)},
                  {min.x + width - Px(4), min.y + spec.height_px - Px(36)}};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  DrawText(list, min, width, CurrentTheme().text, spec.title, CurrentFonts().strong);
  list.AddRectFilled(area.min, area.max, CurrentTheme().background, Px(3));
  const Canvas canvas = CanvasOf(spec, area);
  DrawAxes(list, spec, canvas);
  DrawPoints(list, spec, canvas, &ScatterPoint::first, spec.first_colour);
  DrawPoints(list, spec, canvas, &ScatterPoint::second, spec.second_colour);
  DrawFlag(list, spec, canvas);
  if (spec.explained_by) {
    ExplainRect(*spec.explained_by, min.x, min.y, min.x + width, min.y + Px(20));
  }
  if (!hovered) return -1;
  const int under = PointUnder(spec, canvas, ImGui::GetIO().MousePos);
  if (under < 0) return -1;
  const ScatterPoint& point = spec.points[static_cast<std::size_t>(under)];
  ReadOut(spec, point);
  return pressed && point.clickable ? under : -1;
}

}  // namespace lookout::ui
