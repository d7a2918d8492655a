#include "ui/widgets/plots/plot_frame.h"

#include <array>
#include <cmath>

#include "ui/widgets/controls.h"
#include "ui/widgets/draw.h"

namespace lookout::ui {
namespace {

struct TickUnit {
  double from;
  double size;
  const char* name;
};
constexpr std::array<TickUnit, 3> kTickUnits{{{1e6, 1e6, "M"}, {1e4, 1e3, "k"}, {0.0, 1.0, ""}}};

// Above and below the curves: where all values are the same, enough that the ticks differ from each
// other.
double MarginOf(const MinMax& range) {
  const double size = double(std::max(std::abs(range.min), std::abs(range.max)));
  const double spread = double(range.max) - double(range.min);
  if (spread > 1e-5 * size) return 0.08 * spread;
  return size > 0.0 ? 0.1 * size : 0.5;
}

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

}  // namespace

PlotFrame FrameOf(const LinePlotSpec& spec, const Rect& area) {
  PlotFrame frame{.area = area};
  MinMax range;
  if (spec.from_zero) range.Include(0.0F);
  if (spec.limit) range.Include(static_cast<float>(spec.limit->value));
  for (const PlotSeries& series : spec.series) IncludeSeries(series, frame, range);
  if (frame.last_x <= frame.first_x) {  // one value has the width of one
    frame.last_x = frame.first_x + (frame.empty ? 1.0 : spec.series.front().x_per_value);
  }
  if (range.empty()) return frame;
  const double margin = MarginOf(range);
  frame.low = range.min - (spec.from_zero && range.min >= 0.0F ? 0.0 : margin);
  frame.high = range.max + margin;
  return frame;
}

Short TickText(double value, double step) {
  if (std::abs(value) < step * 1e-9) return Short("0");
  if (!std::isfinite(value) || !(step > 0.0) || std::abs(value) >= 1e9) return CompactCount(value);
  // As many digits as tell the ticks apart.
  const TickUnit& unit = *std::ranges::find_if(
      kTickUnits, [&](const TickUnit& one) { return std::abs(value) >= one.from; });
  const double digits = std::max(0.0, std::ceil(-std::log10(step / unit.size) - 1e-9));
  if (digits > 6.0) {
    const double significant = std::ceil(std::log10(std::abs(value) / step) - 1e-9) + 1.0;
    return Short("%.*g", static_cast<int>(std::clamp(significant, 2.0, 15.0)), value);
  }
  return Short("%.*f%s", static_cast<int>(digits), value / unit.size, unit.name);
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
    const Short label = TickText(value, step);
    const ImVec2 size = TextSize(label, small);
    DrawText(list, {label_right - size.x, y - size.y * 0.5F}, size.x + 1.0F, theme.text_muted,
             label, small);
  }
}

float HorizontalAxisHeight() { return Px(18); }

void DrawHorizontalAxis(ImDrawList& list, const PlotFrame& frame, std::string_view name) {
  const Theme& theme = CurrentTheme();
  ImFont* small = CurrentFonts().small;
  const int most = std::max(1, static_cast<int>(frame.area.width() / Px(110)));
  const double step = NiceStep(frame.last_x - frame.first_x, most);
  const double first = std::ceil(frame.first_x / step - 1e-9) * step;
  float free_from = frame.area.min.x;  // the labels before reach as far
  for (int i = 0; i <= most && first + i * step <= frame.last_x + step * 1e-9; ++i) {
    const double value = first + i * step;
    const float x = std::round(frame.ScreenX(value));
    const Short number = TickText(value, step);
    const std::string_view unit = i == 0 ? Cut(name, 40) : std::string_view();
    const Short label("%s%s%.*s", number.c_str(), unit.empty() ? "" : " ",
                      static_cast<int>(unit.size()), unit.data());
    const float width = TextSize(label, small).x;
    const float left = std::clamp(x - 0.5F * TextSize(number, small).x, frame.area.min.x,
                                  std::max(frame.area.min.x, frame.area.max.x + Px(4) - width));
    if (left < free_from) continue;
    list.AddLine({x, frame.area.max.y + Px(2)}, {x, frame.area.max.y + Px(5)}, theme.text_muted,
                 1.0F);
    DrawText(list, {left, frame.area.max.y + Px(5)}, width + 1.0F, theme.text_muted, label, small);
    NoteRect(Short("axis/%s", label.c_str()), {left, frame.area.max.y + Px(5)},
             {left + width, frame.area.max.y + Px(18)});
    free_from = left + width + Px(10);
  }
}

}  // namespace lookout::ui
