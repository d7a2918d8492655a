#include "ui/panels/oversee/overseer_panel.h"

#include <array>

#include "ui/commands.h"
#include "ui/panels/oversee/blocker_consequences.h"
#include "ui/panels/oversee/overseer_list.h"
#include "ui/panels/oversee/oversight_figures.h"
#include "ui/panels/state/action_button.h"
#include "ui/theme/icons.h"
#include "ui/widgets/controls.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

// A button that acts for as long as the mouse holds it, as its key does. Returns whether it is.
bool HoldButton(ActionId id, const char* text, const PanelContext& context, float width) {
  const Action& action = ActionOf(id);
  const bool oversees = context.snapshots.mode == InputMode::kOversee;
  const bool live = context.snapshots.playhead.live;
  Button({.id = action.name,
          .icon = action.icon,
          .text = text,
          .width = width,
          .tooltip = action.help,
          .key = context.window.keymap.text(id),
          .disabled_because = !oversees ? "Enter Oversee mode first"
                              : live    ? ""
                                        : "This is the past: go back to live first"});
  return oversees && live && ImGui::IsItemActive();
}

void DrawHands(const PanelContext& context) {
  const OversightSnapshot& now = context.snapshots.player.oversight;
  const bool oversees = context.snapshots.mode == InputMode::kOversee;
  const bool live = context.snapshots.playhead.live;
  const char* state = now.blocking       ? "you block"
                      : now.has_wheel    ? "you drive"
                      : now.letting_pass ? "you let pass"
                      : !oversees        ? ""
                      : live             ? "you watch"
                                         : "the past";
  Heading("Your hands", state);
  const ActionContext actions{context.snapshots, context.sender, context.window};
  if (!oversees) {
    ActionButton(ActionId::kOverseeMode, actions,
                 {.text = "Oversee", .look = ButtonLook::kPrimary, .width = -1.0F});
  }
  const float gap = Px(6);
  const float width = (ImGui::GetContentRegionAvail().x - 2.0F * gap) / 3.0F;
  OverseerPanelState& state_kept = context.window.overseer;
  state_kept.block_held = HoldButton(ActionId::kBlock, "Block", context, width);
  ImGui::SameLine(0.0F, gap);
  state_kept.pass_held = HoldButton(ActionId::kLetPass, "Pass", context, width);
  ImGui::SameLine(0.0F, gap);
  state_kept.wheel_held = HoldButton(ActionId::kTakeWheel, "Drive", context, width);
  const Keymap& keymap = context.window.keymap;
  TextSmall(Short("Hold %s, %s or %s, or the buttons.", keymap.text(ActionId::kBlock).c_str(),
                  keymap.text(ActionId::kLetPass).c_str(),
                  keymap.text(ActionId::kTakeWheel).c_str()));
}

void DrawOverseerPanel(const PanelContext& context) {
  DrawOverseerList(context);
  DrawHands(context);
  DrawBlockerConsequences(context);
  DrawOversightFigures(context);
}

}  // namespace

constinit const Panel kOverseerPanel{
    "tab/overseer", kIconShield, "Overseer",
    [](const PanelContext& context) { DrawOverseerPanel(context); }};

}  // namespace lookout::ui
