// The grid of speeds and headings. Part of why_figures.h.
#include <imgui.h>

#include <algorithm>
#include <cmath>
#include <numbers>

#include "ui/panels/why/why_figures.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/scopes.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr float kCellHeight = 22.0F;  // at 100 %
constexpr float kSpeedWidth = 38.0F;

// Mixed in sRGB, which is enough for a scale between two of the theme's colours.
ImU32 Blend(ImU32 from, ImU32 to, float share) {
  const auto channel = [&](int shift) {
    const auto a = static_cast<float>((from >> shift) & 0xFFU);
    const auto b = static_cast<float>((to >> shift) & 0xFFU);
    return static_cast<ImU32>(std::lround(a + share * (b - a))) << shift;
  };
  return channel(0) | channel(8) | channel(16) | 0xFF000000U;
}

// From safe over nothing to unsafe, the middle at the threshold.
ImU32 CellColour(double probability, double unsafe_from) {
  const Theme& theme = CurrentTheme();
  const double above = (probability - unsafe_from) / (1.0 - unsafe_from);
  const double below = (unsafe_from - probability) / unsafe_from;
  if (above >= 0.0) {
    return Blend(theme.raised, theme.unsafe_mark, 0.25F + 0.75F * static_cast<float>(above));
  }
  return Blend(theme.raised, theme.safe_mark, 0.15F + 0.6F * static_cast<float>(below));
}

ImU32 InkOn(ImU32 colour) {
  constexpr ImU32 kBlack = IM_COL32(0, 0, 0, 255);
  constexpr ImU32 kWhite = IM_COL32(255, 255, 255, 255);
  return ContrastRatio(kBlack, colour) >= ContrastRatio(kWhite, colour) ? kBlack : kWhite;
}

struct Grid {
  const agents::MotionCurve& motion;
  ImVec2 min;
  float pitch_x, pitch_y;
  int columns, rows;

  // The present heading stands in the middle, turns to the left of it.
  int TurnOf(int column) const { return ((columns / 2 - column) % columns + columns) % columns; }
  int SpeedOf(int row) const { return rows - 1 - row; }  // the fastest above
  Rect CellAt(int column, int row) const {
    const ImVec2 at(min.x + pitch_x * static_cast<float>(column),
                    min.y + pitch_y * static_cast<float>(row));
    return {at, {at.x + pitch_x - Px(1), at.y + pitch_y - Px(1)}};
  }
};

void DrawCell(const Grid& grid, int column, int row, double unsafe_from) {
  const double probability = grid.motion.probability(grid.SpeedOf(row), grid.TurnOf(column));
  const Rect cell = grid.CellAt(column, row);
  const ImU32 colour = CellColour(probability, unsafe_from);
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(cell.min, cell.max, colour, Px(2));
  const Short text("%.0f", 100.0 * probability);
  const ImVec2 size = TextSize(text, CurrentFonts().small);
  if (size.x + Px(4) > cell.width()) return;
  DrawText(
      list,
      {cell.min.x + 0.5F * (cell.width() - size.x), cell.min.y + 0.5F * (cell.height() - size.y)},
      size.x + 1.0F, InkOn(colour), text, CurrentFonts().small);
}

// The cell next to what the robot does.
void FramePresent(const Grid& grid) {
  const auto& speeds = grid.motion.speeds_m_s;
  const auto nearest = std::ranges::min_element(
      speeds, {}, [&](double speed) { return std::abs(speed - grid.motion.speed_m_s); });
  const int row = grid.rows - 1 - static_cast<int>(nearest - speeds.begin());
  const Rect cell = grid.CellAt(grid.columns / 2, row);
  ImGui::GetWindowDrawList()->AddRect({cell.min.x - Px(1), cell.min.y - Px(1)},
                                      {cell.max.x + Px(1), cell.max.y + Px(1)}, CurrentTheme().text,
                                      Px(3), 0, Px(2));
}

void ExplainCell(const Grid& grid) {
  const ImVec2 mouse = ImGui::GetIO().MousePos;
  const int column = static_cast<int>((mouse.x - grid.min.x) / grid.pitch_x);
  const int row = static_cast<int>((mouse.y - grid.min.y) / grid.pitch_y);
  if (column < 0 || column >= grid.columns || row < 0 || row >= grid.rows) return;
  const int speed = grid.SpeedOf(row);
  const int turn = grid.TurnOf(column);
  double degrees = grid.motion.turns_rad[static_cast<std::size_t>(turn)] * 180.0 / std::numbers::pi;
  if (degrees > 180.0) degrees -= 360.0;
  Tooltip(Short("%.2f m/s, turned %.0f\xC2\xB0 to the %s: predicted %.2f \xC2\xB1 %.2f",
                grid.motion.speeds_m_s[static_cast<std::size_t>(speed)], std::abs(degrees),
                degrees < 0.0 ? "right" : "left", grid.motion.probability(speed, turn),
                grid.motion.spread(speed, turn)));
}

void DrawSpeeds(const Grid& grid, float left) {
  for (int row = 0; row < grid.rows; ++row) {
    const Rect cell = grid.CellAt(0, row);
    const Short text("%.2f", grid.motion.speeds_m_s[static_cast<std::size_t>(grid.SpeedOf(row))]);
    DrawText(*ImGui::GetWindowDrawList(), {left, cell.min.y + Px(4)}, Px(kSpeedWidth),
             CurrentTheme().text_muted, text, CurrentFonts().small);
  }
}

void DrawHeadings(const Grid& grid, float y) {
  ImFont* font = CurrentFonts().small;
  const auto label = [&](std::string_view text, int column) {
    const Rect cell = grid.CellAt(column, 0);
    const float width = TextSize(text, font).x;
    DrawText(*ImGui::GetWindowDrawList(), {cell.min.x + 0.5F * (cell.width() - width), y},
             width + 1.0F, CurrentTheme().text_muted, text, font);
  };
  label("behind", 0);
  label("left", grid.columns / 4);
  label("ahead", grid.columns / 2);
  label("right", grid.columns / 2 + grid.columns / 4);
}

}  // namespace

void DrawMotionGrid(const agents::MotionCurve& motion, double unsafe_from) {
  const auto rows = static_cast<int>(motion.probability.rows());
  const auto columns = static_cast<int>(motion.probability.cols());
  if (rows == 0 || columns == 0) return;
  const ImVec2 at = ImGui::GetCursorScreenPos();
  const float width = ImGui::GetContentRegionAvail().x;
  const Grid grid{motion,
                  {at.x + Px(kSpeedWidth), at.y},
                  (width - Px(kSpeedWidth)) / static_cast<float>(columns),
                  Px(kCellHeight),
                  columns,
                  rows};
  for (int row = 0; row < rows; ++row) {
    for (int column = 0; column < columns; ++column) DrawCell(grid, column, row, unsafe_from);
  }
  FramePresent(grid);
  DrawSpeeds(grid, at.x);
  const float bottom = at.y + grid.pitch_y * static_cast<float>(rows);
  DrawHeadings(grid, bottom + Px(2));
  ImGui::Dummy({width, bottom - at.y + TextSize("0", CurrentFonts().small).y + Px(4)});
  NoteItem("why/motion");
  if (WantsTooltip()) ExplainCell(grid);
}

}  // namespace lookout::ui
