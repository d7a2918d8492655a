#include "ui/widgets/plots/line_plot.h"

#include <algorithm>
#include <cmath>

#include "ui/widgets/controls.h"
#include "ui/widgets/draw.h"
#include "ui/widgets/plots/plot_frame.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

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
  if (series.values.size() == 1 && std::isfinite(series.values[0])) {
    const ImVec2 at(frame.ScreenX(series, 0.0), frame.Y(double(series.values[0])));
    return list.AddCircleFilled(at, Px(3), series.colour, 12);
  }
  const bool dense = static_cast<float>(series.values.size()) > frame.area.width();
  PolylinePen pen(list, series.colour, Px(series.reference ? 1.2F : 1.8F),
                  series.reference && !dense ? Px(4) : 0.0F);
  if (dense) {
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

// What a curve is called, with its newest value.
Short NameOf(const PlotSeries& series) {
  const double newest = series.values.empty() ? NAN : series.values.back();
  const std::string_view name = Cut(series.name, 40);
  return Short("%.*s %s", static_cast<int>(name.size()), name.data(),
               CompactNumber(newest).c_str());
}

constexpr float kSign = 14.0F;  // before a name, at 100 %: a dot, or a dash of what is dashed
constexpr float kBetweenNames = 10.0F;

float NameWidth(const PlotSeries& series) {
  return TextSize(NameOf(series), CurrentFonts().small).x + Px(kSign + kBetweenNames);
}

// Which curves are named: references are the first to go where there is no room for all.
enum class Named { kAll, kNoReferences };

bool IsNamed(const PlotSeries& series, Named named) {
  return named == Named::kAll || !series.reference;
}

float NamesWidth(const LinePlotSpec& spec, Named named) {
  float width = 0.0F;
  for (const PlotSeries& series : spec.series) {
    if (IsNamed(series, named)) width += NameWidth(series);
  }
  return width;
}

void DrawName(ImDrawList& list, const PlotSeries& series, ImVec2 min) {
  ImFont* small = CurrentFonts().small;
  const Short name = NameOf(series);
  const float width = TextSize(name, small).x;
  const float middle = min.y + TextSize("0", small).y * 0.5F;
  if (series.reference) {
    DrawDashedLine(list, {min.x, middle}, {min.x + Px(10), middle}, series.colour, Px(1.5F), Px(4));
  } else {
    list.AddCircleFilled({min.x + Px(6), middle}, Px(3.5F), series.colour, 12);
  }
  DrawText(list, {min.x + Px(kSign), min.y}, width + 1.0F, CurrentTheme().text_muted, name, small);
  const std::string_view label = Cut(series.name, 40);
  NoteRect(Short("curve/%.*s", static_cast<int>(label.size()), label.data()), min,
           {min.x + Px(kSign) + width, min.y + Px(14)});
}

// The names in the order of the curves, at the right edge; those that do not fit are left out.
void DrawNames(ImDrawList& list, const LinePlotSpec& spec, Named named, ImVec2 min, float width) {
  const auto takes_room = [named](const PlotSeries& series, float& room) {
    if (!IsNamed(series, named) || NameWidth(series) > room) return false;
    room -= NameWidth(series);
    return true;
  };
  float rest = width;
  for (const PlotSeries& series : spec.series) takes_room(series, rest);
  float room = width;
  for (const PlotSeries& series : spec.series) {
    const float x = min.x + rest + width - room + Px(kBetweenNames);
    if (takes_room(series, room)) DrawName(list, series, {x, min.y});
  }
}

// Title at the left; at the right the names of the curves, or below it where they fit only there.
// Returns the height.
float DrawHeader(ImDrawList& list, const LinePlotSpec& spec, ImVec2 min, float width) {
  const float used =
      DrawText(list, min, width, CurrentTheme().text, spec.title, CurrentFonts().strong);
  const float beside = width - used;
  const Named named = NamesWidth(spec, Named::kAll) <= width ? Named::kAll : Named::kNoReferences;
  const float needed = NamesWidth(spec, named);
  if (needed > beside && needed <= width) {
    DrawNames(list, spec, named, {min.x, min.y + Px(19)}, width);
    return Px(38);
  }
  DrawNames(list, spec, named, {min.x + used, min.y + Px(2)}, beside);
  return Px(24);
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

constexpr float kHeightWithAxis = 190.0F;  // at 100 %; a smaller plot has no room for it

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
  const float header = DrawHeader(list, spec, min, size.x);
  const bool has_axis = size.y >= Px(kHeightWithAxis);
  const float below = Px(8) + (has_axis ? HorizontalAxisHeight() : 0.0F);
  const Rect area{{min.x + Px(40), min.y + header},
                  {min.x + size.x - Px(4), min.y + size.y - below}};
  const PlotFrame frame = FrameOf(spec, area);
  list.AddRectFilled({area.min.x - Px(2), area.min.y - Px(2)},
                     {area.max.x + Px(4), area.max.y + Px(2)}, theme.background, Px(4));
  if (frame.empty) {
    DrawText(list, {area.min.x + Px(10), (area.min.y + area.max.y) * 0.5F - Px(7)}, area.width(),
             theme.text_muted, "No data yet", CurrentFonts().small);
    return clicked;
  }
  DrawGrid(list, frame);
  if (has_axis) DrawHorizontalAxis(list, frame, spec.x_name);
  const ScopedClip clip({area.min.x - Px(2), area.min.y - Px(2)},
                        {area.max.x + Px(4), area.max.y + Px(2)});
  for (const PlotSeries& series : spec.series) DrawBand(list, series, frame);
  for (const PlotSeries& series : spec.series) DrawSeries(list, series, frame);
  if (spec.limit) DrawLimit(list, *spec.limit, frame);
  if (hovered) DrawReadOut(list, spec, frame);
  return clicked;
}

}  // namespace lookout::ui
