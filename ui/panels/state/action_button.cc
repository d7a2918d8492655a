#include "ui/panels/state/action_button.h"

#include <string>

#include "ui/panels/state/window_state.h"

namespace lookout::ui {

bool ActionButton(ActionId id, const ActionContext& context, ButtonSpec look) {
  const Action& action = ActionOf(id);
  const std::string reason = WhyNot(id, context);
  look.id = action.name;
  if (*look.icon == '\0') look.icon = action.icon;
  if (look.tooltip.empty()) look.tooltip = *action.help != '\0' ? action.help : action.description;
  look.key = context.window.keymap.text(id);
  look.disabled_because = reason;
  const bool clicked = Button(look);
  if (clicked) Perform(id, context);
  return clicked;
}

}  // namespace lookout::ui
