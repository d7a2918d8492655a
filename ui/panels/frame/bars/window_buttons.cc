#include "ui/panels/frame/bars/window_buttons.h"

#include <algorithm>
#include <array>

#include "ui/panels/state/action_button.h"
#include "ui/panels/state/window_state.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

void DrawAppearancePopup(WindowSettings& settings) {
  if (!ImGui::BeginPopup("appearance_popup")) return;
  Heading("Appearance");
  TextSmall("Theme");
  const std::array<Segment, kThemeCount> themes{{{"theme/dark", "", "Dark"},
                                                 {"theme/light", "", "Light"},
                                                 {"theme/contrast", "", "Contrast"}}};
  if (const auto theme = Segmented(themes, static_cast<int>(settings.theme), Px(240))) {
    settings.theme = static_cast<ThemeKind>(*theme);
  }
  TextSmall("Text and control size");
  const std::array<Segment, 5> scales{{{"scale/75", "", "75"},
                                       {"scale/100", "", "100"},
                                       {"scale/125", "", "125"},
                                       {"scale/150", "", "150"},
                                       {"scale/200", "", "200 %"}}};
  constexpr std::array<float, 5> kScales{0.75F, 1.0F, 1.25F, 1.5F, 2.0F};
  const auto present = std::find(kScales.begin(), kScales.end(), settings.ui_scale);
  if (const auto scale = Segmented(scales, static_cast<int>(present - kScales.begin()), Px(240))) {
    settings.ui_scale = kScales[static_cast<std::size_t>(*scale)];
  }
  ImGui::EndPopup();
}

bool IsLeftShown(const WindowState& window) {
  const LayoutSettings& layout = window.settings.layout;
  if (window.room == WindowRoom::kOnRequest) return window.small_side == SmallWindowSide::kLeft;
  return layout.left_shown && !(window.room == WindowRoom::kOne && layout.right_shown);
}

bool IsRightShown(const WindowState& window) {
  if (window.room == WindowRoom::kOnRequest) return window.small_side == SmallWindowSide::kRight;
  return window.settings.layout.right_shown;
}

}  // namespace

float WindowButtonsWidth(bool all) {
  const float button = ButtonWidth({.icon = kIconSettings}) + Px(2);
  const float keys = ButtonWidth({.icon = kIconKeys}) + Px(2);
  return ButtonWidth({.icon = kIconPresent}) + Px(2) + button + (all ? keys + button : 0.0F) +
         ButtonWidth({.icon = kIconRightPanel});
}

void DrawLeftPanelButton(const ActionContext& context) {
  ActionButton(ActionId::kLeftPanel, context,
               {.look = ButtonLook::kGhost, .selected = IsLeftShown(context.window)});
}

void DrawWindowButtons(const ActionContext& context, bool all) {
  const WindowState& window = context.window;
  ActionButton(ActionId::kPresentation, context, {.look = ButtonLook::kGhost});
  ImGui::SameLine(0.0F, Px(2));
  if (Button({.id = "appearance",
              .icon = kIconSettings,
              .look = ButtonLook::kGhost,
              .tooltip = "Theme and size"})) {
    ImGui::OpenPopup("appearance_popup");
  }
  // Below its button, so that it hides none.
  const ImVec2 below(ImGui::GetItemRectMax().x, ImGui::GetItemRectMax().y + Px(6));
  ImGui::SetNextWindowPos(below, ImGuiCond_Always, {1.0F, 0.0F});
  DrawAppearancePopup(context.window.settings);
  ImGui::SameLine(0.0F, Px(2));
  if (all) {
    ActionButton(ActionId::kKeys, context,
                 {.look = ButtonLook::kGhost, .selected = window.keys.shown});
    ImGui::SameLine(0.0F, Px(2));
    ActionButton(ActionId::kHelp, context,
                 {.look = ButtonLook::kGhost, .selected = window.welcome_shown});
    ImGui::SameLine(0.0F, Px(2));
  }
  ActionButton(ActionId::kRightPanel, context,
               {.look = ButtonLook::kGhost, .selected = IsRightShown(window)});
}

}  // namespace lookout::ui
