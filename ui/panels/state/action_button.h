// Buttons of the actions in the table: icon, tooltip, key and reason to be grey come from there,
// and a click does what the key does. Window thread only.
#pragma once

#include "ui/panels/state/keymap.h"
#include "ui/widgets/controls.h"

namespace lookout::ui {

// `look` says how the button looks; what it leaves empty comes from the table, its id is the
// action's name. True when clicked, after the action was performed.
bool ActionButton(ActionId id, const ActionContext& context, ButtonSpec look = {});

}  // namespace lookout::ui
