#include "ui/panels/inspect/figure_tiles.h"

#include <algorithm>
#include <cmath>
#include <cstddef>

#include "ui/theme/ui_context.h"
#include "ui/widgets/controls.h"

namespace lookout::ui {
namespace {

constexpr float kHeight = 64.0F;  // at 100 %, as all that follows
constexpr float kPadding = 6.0F;
constexpr float kGap = 6.0F;

float Needed(const FigureTile& tile) {
  const float small = std::max(TextSize(tile.name, CurrentFonts().small).x,
                               TextSize(tile.remark, CurrentFonts().small).x);
  return std::max(small, TextSize(tile.value, CurrentFonts().title).x) + 2.0F * Px(kPadding);
}

void DrawTile(const FigureTile& tile, float width) {
  const ImVec2 min = ImGui::GetCursorScreenPos();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const Theme& theme = CurrentTheme();
  list.AddRectFilled(min, {min.x + width, min.y + Px(kHeight)}, theme.raised, Px(6));
  const float room = width - 2.0F * Px(kPadding) + 1.0F;
  DrawText(list, {min.x + Px(kPadding), min.y + Px(5)}, room, theme.text_muted, tile.name,
           CurrentFonts().small);
  DrawText(list, {min.x + Px(kPadding), min.y + Px(20)}, room, theme.text, tile.value,
           CurrentFonts().title);
  DrawText(list, {min.x + Px(kPadding), min.y + Px(45)}, room, theme.text_muted, tile.remark,
           CurrentFonts().small);
  ImGui::Dummy({width, Px(kHeight)});
  NoteItem(tile.name);
  Explain(tile.figure);
}

}  // namespace

void DrawFigureTiles(std::span<const FigureTile> tiles) {
  if (tiles.empty()) return;
  float needed = 1.0F;
  for (const FigureTile& tile : tiles) needed = std::max(needed, Needed(tile));
  const float width = ImGui::GetContentRegionAvail().x;
  const float fit = std::floor((width + Px(kGap)) / (needed + Px(kGap)));
  const std::size_t columns =
      std::clamp(static_cast<std::size_t>(std::max(fit, 1.0F)), std::size_t{1}, tiles.size());
  const auto count = static_cast<float>(columns);
  const float tile_width = std::floor((width - (count - 1.0F) * Px(kGap)) / count);
  for (std::size_t i = 0; i < tiles.size(); ++i) {
    if (i % columns != 0) ImGui::SameLine(0.0F, Px(kGap));
    DrawTile(tiles[i], tile_width);
  }
}

}  // namespace lookout::ui
