#include "ui/viewport/legend_frame.h"

#include <algorithm>
#include <cmath>

#include "ui/theme/icons.h"
#include "ui/theme/ui_context.h"
#include "ui/viewport/label_places.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

constexpr float kMostOfView = 0.1F;     // of its area, for one legend
constexpr float kMostOfHeight = 0.55F;  // and of its height
constexpr float kPadding = 9.0F;

}  // namespace

bool FoldsByItself(ImVec2 legend, const ViewRect& view) {
  const float share = legend.x * legend.y / std::max(1.0F, view.width() * view.height());
  return share > kMostOfView || legend.y > kMostOfHeight * view.height();
}

std::optional<ImVec2> DrawLegendFrame(const LegendSpec& spec, const ViewRect& view,
                                      LegendFold& fold, ImDrawList& list) {
  const Theme& theme = CurrentTheme();
  ImFont* font = CurrentFonts().small;
  const ImVec2 padding(Px(kPadding), Px(5));
  const float line = font->FontSize;
  const float arrow = Px(16);
  const ImVec2 whole(std::max(spec.body.x, TextSize(spec.title, font).x + arrow) + 2 * padding.x,
                     line + Px(4) + spec.body.y + 2 * padding.y);
  const bool at_left = spec.pivot.x < 0.5F;
  const float whole_top = spec.corner.y - spec.pivot.y * whole.y;
  const bool folded =
      fold.value_or(FoldsByItself(whole, view) || (at_left && ReachesLabels(whole_top, view)));
  const ImVec2 size(folded ? TextSize(spec.title, font).x + arrow + 2 * padding.x : whole.x,
                    folded ? line + 2 * padding.y : whole.y);
  const ImVec2 min(std::floor(spec.corner.x - spec.pivot.x * size.x),
                   std::floor(spec.corner.y - spec.pivot.y * size.y));
  const ImVec2 max(min.x + size.x, min.y + size.y);

  ImGui::SetCursorScreenPos(min);
  if (ImGui::InvisibleButton(spec.id, {size.x, line + 2 * padding.y})) fold = !folded;
  NoteItem(spec.id);
  Tooltip(folded ? "Unfold this legend" : "Fold this legend");
  const bool hovered = ImGui::IsItemHovered();
  list.AddRectFilled(min, max, WithAlpha(theme.panel, 0.85F), Px(6));
  list.AddRect(min, max, hovered ? theme.border_strong : theme.border, Px(6));
  const float title = DrawText(list, {min.x + padding.x, min.y + padding.y}, size.x,
                               hovered ? theme.text : theme.text_muted, spec.title, font);
  DrawText(list, {min.x + padding.x + title + Px(6), min.y + padding.y}, Px(24), theme.text_muted,
           folded ? kIconUp : kIconDown, font);
  if (folded) return std::nullopt;
  return ImVec2(min.x + padding.x, min.y + padding.y + line + Px(4));
}

}  // namespace lookout::ui
