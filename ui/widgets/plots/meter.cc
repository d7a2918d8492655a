#include "ui/widgets/plots/meter.h"

#include <algorithm>
#include <cmath>

#include "ui/widgets/draw.h"

namespace lookout::ui {

void Meter(const MeterSpec& spec) {
  const Theme& theme = CurrentTheme();
  const ImVec2 min = ImGui::GetCursorScreenPos();
  const ImVec2 size(
      std::max(Px(20), spec.width > 0.0F ? spec.width : ImGui::GetContentRegionAvail().x),
      spec.height > 0.0F ? spec.height : Px(10));
  const Rect bar{min, {min.x + size.x, min.y + size.y}};
  ImDrawList& list = *ImGui::GetWindowDrawList();
  list.AddRectFilled(bar.min, bar.max, theme.raised_active, Px(3));

  const double value = std::isfinite(spec.value) ? std::max(spec.value, 0.0) : 0.0;
  const double full = std::max({spec.limit * 1.25, value, 1e-9});
  const auto x_of = [&](double amount) {
    return bar.min.x + static_cast<float>(amount / full) * bar.width();
  };
  const bool limited = spec.limit > 0.0;
  const double within = limited ? std::min(value, spec.limit) : value;
  if (within > 0.0) {
    list.AddRectFilled(bar.min, {std::max(x_of(within), bar.min.x + Px(2)), bar.max.y}, spec.colour,
                       Px(3), ImDrawFlags_RoundCornersLeft);
  }
  const ImU32 beyond = spec.alarming ? theme.limit : theme.text_muted;
  if (limited && value > spec.limit) {
    DrawHatched(list, {{x_of(spec.limit), bar.min.y}, {x_of(value), bar.max.y}},
                WithAlpha(beyond, 0.45F), beyond, Hatch::kDiagonal);
  }
  if (limited) {
    const float x = std::round(x_of(spec.limit));
    list.AddRectFilled({x - Px(1), bar.min.y - Px(3)}, {x + Px(1), bar.max.y + Px(3)}, theme.limit);
  }
  ImGui::Dummy(size);
}

}  // namespace lookout::ui
