#include "ui/widgets/plots/line_plot.h"

#include <algorithm>
#include <cmath>

#include "ui/widgets/controls.h"
#include "ui/widgets/draw.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

// Where values land on the screen.
struct PlotFrame {
  Rect area;
  double low = 0.0, high = 1.0;  // of the vertical axis
  double first_x = 0.0, last_x = 1.0;
  bool empty = true;

  float Y(double value) const {
    const double share = (value - low) / (high - low);
    return area.max.y - static_cast<float>(std::clamp(share, -1.0, 2.0)) * area.height();
  }
  float ScreenX(double x) const {
    return area.min.x + static_cast<float>((x - first_x) / (last_x - first_x)) * area.width();
  }
  float ScreenX(const PlotSeries& series, double index) const {
    return ScreenX(series.first_x + index * series.x_per_value);
  }
  double X(float screen_x) const {
    const float share =
        std::clamp((screen_x - area.min.x) / std::max(1.0F, area.width()), 0.0F, 1.0F);
    return first_x + share * (last_x - first_x);
  }
};

void IncludeSeries(const PlotSeries& series, PlotFrame& frame, MinMax& range) {
  if (series.values.empty()) return;
  const double last =
      series.first_x + static_cast<double>(series.values.size() - 1) * series.x_per_value;
  frame.first_x = frame.empty ? series.first_x : std::min(frame.first_x, series.first_x);
  frame.last_x = frame.empty ? last : std::max(frame.last_x, last);
  frame.empty = false;
  range.Include(series.extremes->Range(series.values, 0, series.values.size()));
  for (const float value : series.low) range.Include(value);
  for (const float value : series.high) range.Include(value);
}

PlotFrame FrameOf(const LinePlotSpec& spec, const Rect& area) {
  PlotFrame frame{.area = area};
  MinMax range;
  if (spec.from_zero) range.Include(0.0F);
  if (spec.limit) range.Include(static_cast<float>(spec.limit->value));
  for (const PlotSeries& series : spec.series) IncludeSeries(series, frame, range);
  if (frame.last_x <= frame.first_x) frame.last_x = frame.first_x + 1.0;
  if (range.empty()) return frame;
  const double margin = std::max(1e-6, (range.max - range.min) * 0.08);
  frame.low = range.min - (spec.from_zero && range.min >= 0.0F ? 0.0 : margin);
  frame.high = range.max + margin;
  return frame;
}

void DrawGrid(ImDrawList& list, const PlotFrame& frame) {
  const Theme& theme = CurrentTheme();
  const double step = NiceStep(frame.high - frame.low, 4);
  const float label_right = frame.area.min.x - Px(6);
  ImFont* small = CurrentFonts().small;
  const double first = std::ceil(frame.low / step) * step;
  for (int i = 0; i < 10 && first + i * step <= frame.high; ++i) {
    const double value = std::abs(first + i * step) < step * 1e-9 ? 0.0 : first + i * step;
    const float y = std::round(frame.Y(value));
    list.AddLine({frame.area.min.x, y}, {frame.area.max.x, y}, theme.plot_grid, 1.0F);
    const Short label = step >= 1.0 ? CompactCount(value) : Short("%.3g", value);
    const ImVec2 size = TextSize(label, small);
    DrawText(list, {label_right - size.x, y - size.y * 0.5F}, size.x + 1.0F, theme.text_muted,
             label, small);
  }
}

// The band, in pieces no narrower than a pixel.
void DrawBand(ImDrawList& list, const PlotSeries& series, const PlotFrame& frame) {
  const std::size_t count = std::min(series.low.size(), series.high.size());
  const auto stride = static_cast<std::size_t>(
      std::max(1.0F, static_cast<float>(count) / std::max(1.0F, frame.area.width())));
  const ImU32 colour = WithAlpha(series.colour, 0.18F);
  for (std::size_t i = 0; i + stride < count; i += stride) {
    const std::size_t next = i + stride;
    if (!std::isfinite(series.low[i]) || !std::isfinite(series.low[next])) continue;
    const float x0 = frame.ScreenX(series, static_cast<double>(i));
    const float x1 = frame.ScreenX(series, static_cast<double>(next));
    list.AddQuadFilled({x0, frame.Y(series.high[i])}, {x1, frame.Y(series.high[next])},
                       {x1, frame.Y(series.low[next])}, {x0, frame.Y(series.low[i])}, colour);
  }
}

void DrawSparse(PolylinePen& pen, const PlotSeries& series, const PlotFrame& frame) {
  for (std::size_t i = 0; i < series.values.size(); ++i) {
    const float value = series.values[i];
    if (!std::isfinite(value)) {
      pen.Break();
      continue;
    }
    pen.To({frame.ScreenX(series, static_cast<double>(i)), frame.Y(value)});
  }
}

// More values than pixels: each column shows its extremes.
void DrawDense(PolylinePen& pen, const PlotSeries& series, const PlotFrame& frame) {
  const float first_pixel = frame.ScreenX(series, 0.0);
  const auto values = static_cast<double>(series.values.size());
  const float pixels = frame.ScreenX(series, values - 1.0) - first_pixel;
  const int columns = std::max(1, static_cast<int>(pixels));
  const double per_column = values / columns;
  for (int column = 0; column < columns; ++column) {
    const auto first = static_cast<std::size_t>(column * per_column);
    const auto last = std::max(first + 1, static_cast<std::size_t>((column + 1) * per_column));
    const MinMax range = series.extremes->Range(series.values, first, last);
    if (range.empty()) {
      pen.Break();
      continue;
    }
    const float x = first_pixel + static_cast<float>(column);
    pen.To({x, frame.Y(range.max)});
    if (range.min < range.max) pen.To({x, frame.Y(range.min)});
  }
}

void DrawSeries(ImDrawList& list, const PlotSeries& series, const PlotFrame& frame) {
  PolylinePen pen(list, series.colour, Px(series.dashed_name ? 1.2F : 1.8F));
  if (static_cast<float>(series.values.size()) > frame.area.width()) {
    DrawDense(pen, series, frame);
  } else {
    DrawSparse(pen, series, frame);
  }
}

void DrawLimit(ImDrawList& list, const PlotLimit& limit, const PlotFrame& frame) {
  const Theme& theme = CurrentTheme();
  const float y = std::round(frame.Y(limit.value));
  DrawDashedLine(list, {frame.area.min.x, y}, {frame.area.max.x, y}, theme.limit, Px(1.5F), Px(5));
  const Short label("%.*s %.3g", static_cast<int>(Cut(limit.name, 40).size()), limit.name.data(),
                    limit.value);
  ImFont* small = CurrentFonts().small;
  const ImVec2 size = TextSize(label, small);
  // On the background's own colour, so that it stays legible over a curve.
  const ImVec2 at(frame.area.max.x - size.x - Px(4),
                  std::max(frame.area.min.y, y - size.y - Px(2)));
  list.AddRectFilled({at.x - Px(3), at.y}, {at.x + size.x + Px(3), at.y + size.y},
                     WithAlpha(theme.background, 0.85F), Px(3));
  DrawText(list, at, size.x + 1.0F, theme.limit, label, small);
}

// Title at the left; at the right the names of the curves with their newest values.
void DrawHeader(ImDrawList& list, const LinePlotSpec& spec, ImVec2 min, float width) {
  const Theme& theme = CurrentTheme();
  const float used = DrawText(list, min, width, theme.text, spec.title, CurrentFonts().strong);
  ImFont* small = CurrentFonts().small;
  float right = min.x + width;
  const float y = min.y + Px(2);
  for (std::size_t i = spec.series.size(); i-- > 0;) {
    const PlotSeries& series = spec.series[i];
    const double newest = series.values.empty() ? NAN : series.values.back();
    const std::string_view name = Cut(series.name, 40);
    const Short label("%.*s %s", static_cast<int>(name.size()), name.data(),
                      CompactNumber(newest).c_str());
    const float label_width = TextSize(label, small).x;
    if (right - label_width - Px(14) < min.x + used) break;
    DrawText(list, {right - label_width, y}, label_width + 1.0F, theme.text_muted, label, small);
    const ImVec2 dot(right - label_width - Px(8), y + TextSize("0", small).y * 0.5F);
    list.AddCircleFilled(dot, Px(3.5F), series.colour, 12);
    right -= label_width + Px(24);
  }
}

void DrawReadOut(ImDrawList& list, const LinePlotSpec& spec, const PlotFrame& frame) {
  const Theme& theme = CurrentTheme();
  const double pointed = frame.X(ImGui::GetIO().MousePos.x);
  const PlotSeries& ruler = spec.series.front();  // its values are what the line stops at
  const double x =
      ruler.first_x + std::round((pointed - ruler.first_x) / ruler.x_per_value) * ruler.x_per_value;
  const float screen_x = std::round(frame.ScreenX(x));
  list.AddLine({screen_x, frame.area.min.y}, {screen_x, frame.area.max.y}, theme.text_muted, 1.0F);
  ImGui::BeginTooltip();
  TextMuted(Short("%s %.*s", CompactCount(x).c_str(), static_cast<int>(Cut(spec.x_name, 40).size()),
                  spec.x_name.data()));
  for (const PlotSeries& series : spec.series) {
    const double index = std::round((x - series.first_x) / series.x_per_value);
    if (index < 0.0 || index >= static_cast<double>(series.values.size())) continue;
    const float value = series.values[static_cast<std::size_t>(index)];
    if (std::isfinite(value)) {
      list.AddCircleFilled({screen_x, frame.Y(value)}, Px(3.5F), series.colour, 12);
    }
    Text("\xE2\x97\x8F", series.colour);
    ImGui::SameLine();
    Text(series.name);
    ImGui::SameLine(0.0F, Px(12));
    Text(CompactNumber(value), 0, CurrentFonts().strong);
  }
  ImGui::EndTooltip();
}

}  // namespace

bool LinePlot(const LinePlotSpec& spec) {
  const Theme& theme = CurrentTheme();
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ImVec2 size(std::max(Px(80), ImGui::GetContentRegionAvail().x),
                    spec.height_px > 0.0F ? spec.height_px : Px(120));
  const bool clicked = ImGui::InvisibleButton(spec.id, size);
  NoteItem(spec.id);
  const bool on_title = ImGui::GetIO().MousePos.y < min.y + Px(22);
  const bool hovered = ImGui::IsItemHovered() && !(on_title && spec.explained_by);
  if (on_title && spec.explained_by) Explain(*spec.explained_by);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  DrawHeader(list, spec, min, size.x);

  const Rect area{{min.x + Px(40), min.y + Px(24)},
                  {min.x + size.x - Px(4), min.y + size.y - Px(8)}};
  const PlotFrame frame = FrameOf(spec, area);
  list.AddRectFilled({area.min.x - Px(2), area.min.y - Px(2)},
                     {area.max.x + Px(4), area.max.y + Px(2)}, theme.background, Px(4));
  if (frame.empty) {
    DrawText(list, {area.min.x + Px(10), (area.min.y + area.max.y) * 0.5F - Px(7)}, area.width(),
             theme.text_muted, "No data yet", CurrentFonts().small);
    return clicked;
  }
  DrawGrid(list, frame);
  const ScopedClip clip({area.min.x - Px(2), area.min.y - Px(2)},
                        {area.max.x + Px(4), area.max.y + Px(2)});
  for (const PlotSeries& series : spec.series) DrawBand(list, series, frame);
  for (const PlotSeries& series : spec.series) DrawSeries(list, series, frame);
  if (spec.limit) DrawLimit(list, *spec.limit, frame);
  if (hovered) DrawReadOut(list, spec, frame);
  return clicked;
}

}  // namespace lookout::ui
