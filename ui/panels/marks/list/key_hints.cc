#include "ui/panels/marks/list/key_hints.h"

#include "ui/theme/ui_context.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {

void DrawKeyHints(const Keymap& keymap, const char* lead, std::span<const KeyHint> hints) {
  TextSmall(lead);
  for (const auto& [action, meaning] : hints) {
    ImGui::SameLine(0.0F, Px(7));
    KeyCap(keymap.text(action));
    ImGui::SameLine(0.0F, Px(4));
    TextSmall(meaning);
  }
}

}  // namespace lookout::ui
