#include "ui/panels/marks/list/row_tools.h"

#include "ui/theme/icons.h"
#include "ui/theme/ui_context.h"
#include "ui/widgets/draw.h"
#include "ui/widgets/text.h"

namespace lookout::ui {

bool DrawRowTools(const RowState& row, const RowSubject& subject, const std::string& read_only) {
  const Theme& theme = CurrentTheme();
  const ImVec2 after = ImGui::GetCursorScreenPos();
  DrawText(*ImGui::GetWindowDrawList(), {row.max.x - Px(kRowTools), row.min.y + Px(6)}, Px(20),
           subject.saved ? theme.good : theme.warning, subject.saved ? kIconCheck : kIconSaving,
           CurrentFonts().small);
  ImGui::SetCursorScreenPos({row.max.x - Px(32), row.min.y + Px(8)});
  const bool removed = Button({.id = subject.delete_id,
                               .icon = kIconTrash,
                               .look = ButtonLook::kGhost,
                               .width = Px(28),
                               .tooltip = subject.remove,
                               .disabled_because = read_only,
                               .icon_colour = theme.text_muted});
  ImGui::SetCursorScreenPos(after);
  return removed;
}

void DrawRowWords(const RowState& row, float right, const RowWords& words) {
  ImDrawList& list = *ImGui::GetWindowDrawList();
  const float left = row.min.x + Px(34);
  DrawText(list, {row.min.x + Px(10), row.min.y + Px(5)}, Px(22), words.icon_colour, words.icon);
  DrawText(list, {left, row.min.y + Px(4)}, right - left, words.title_colour, words.title);
  DrawText(list, {left, row.min.y + Px(23)}, right - left, CurrentTheme().text_muted, words.detail,
           CurrentFonts().small);
}

}  // namespace lookout::ui
