#include "ui/panels/inspect/meter_card.h"

#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {

void DrawCardHead(const Card& card, const char* icon, ImU32 icon_colour, std::string_view title,
                  std::string_view remark) {
  const Theme& theme = CurrentTheme();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImFont* small = CurrentFonts().small;
  float x = card.min.x;
  x += DrawText(list, {x, card.min.y}, Px(20), icon_colour, icon, small) + Px(6);
  x += DrawText(list, {x, card.min.y}, card.min.x + card.width - x, theme.text_muted, title, small);
  const float width = TextSize(remark, small).x;
  if (x + Px(10) + width > card.min.x + card.width) return;
  DrawText(list, {card.min.x + card.width - width, card.min.y}, width + 1.0F, theme.text_muted,
           remark, small);
}

float DrawCardNumber(const Card& card, std::string_view value, std::string_view unit) {
  const Theme& theme = CurrentTheme();
  ImDrawList& list = *ImGui::GetWindowDrawList();
  ImFont* large = CurrentFonts().title;
  ImFont* small = CurrentFonts().small;
  const float y = card.min.y + Px(kNumberTop);
  const float used = DrawText(list, {card.min.x, y}, card.width, theme.text, value, large);
  const float baseline = y + TextSize("0", large).y - TextSize("0", small).y - Px(1.5F);
  const float unit_used = DrawText(list, {card.min.x + used + Px(5), baseline},
                                   card.width - used - Px(5), theme.text_muted, unit, small);
  return used + Px(5) + unit_used;
}

void ExplainCard(const Card& card, const char* id, Figure figure, std::string_view now) {
  if (card.width < 1.0F) return;
  ImGui::SetCursorScreenPos(card.min);
  ImGui::InvisibleButton(id, {card.width, Px(52)});
  NoteItem(id);
  Explain(figure, now);
}

}  // namespace lookout::ui
