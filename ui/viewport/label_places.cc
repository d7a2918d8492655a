#include "ui/viewport/label_places.h"

#include <algorithm>

#include "ui/theme/ui_context.h"

namespace lookout::ui {

ImVec2 PlaceAtTop(const ViewRect& rect, float width, float left_px, float right_px) {
  const float gap = Px(8.0F);
  const float from = rect.min.x + left_px + gap;
  const float to = rect.max.x - right_px - gap;
  const float middle = 0.5F * (rect.min.x + rect.max.x - width);
  const float top = rect.min.y + Px(kViewMargin);
  if (width > to - from) return {rect.min.x + Px(kViewMargin), top + Px(kRowBelow)};
  return {std::clamp(middle, from, to - width), top};
}

bool ReachesLabels(float top, const ViewRect& rect) {
  constexpr float kNarrow = 600.0F;  // the longest labels do not fit between its corners
  constexpr float kRow = 30.0F;      // of labels, with some air
  const float rows = kViewMargin + kRow + (rect.width() < Px(kNarrow) ? kRowBelow : 0.0F);
  return top < rect.min.y + Px(rows);
}

}  // namespace lookout::ui
