// The classes of danger that a cost model tells apart, and the choice of which is shown. Window
// thread.
#pragma once

#include "ui/panels/state/keymap.h"

namespace lookout::ui {

// A row for the total and one for each class that labels name, with its figures; a click shows that
// danger on meter, timeline and floor. Nothing of a model whose labels name no class.
void DrawModelClasses(const ActionContext& context);

}  // namespace lookout::ui
