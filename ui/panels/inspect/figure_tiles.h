// Figures of a report as tiles, as many beside each other as the panel has room for. Window thread
// only.
#pragma once

#include <span>
#include <string_view>

#include "ui/widgets/explanations.h"
#include "ui/widgets/text.h"

namespace lookout::ui {

struct FigureTile {
  std::string_view name;
  Short value;
  Short remark;
  Figure figure;
};

// In rows of tiles alike in width, none of whose texts is cut as long as one tile fits.
void DrawFigureTiles(std::span<const FigureTile> tiles);

}  // namespace lookout::ui
