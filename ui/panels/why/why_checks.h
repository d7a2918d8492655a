// Whether an explanation can be trusted: the button that asks, and what came of it. Window thread
// only.
#pragma once

#include "ui/panels/state/panel.h"

namespace lookout::ui {

// Of the number of a policy that is shown, or of the cost model.
void DrawChecks(const PanelContext& context, const ExplanationOnScreen& explanation);

}  // namespace lookout::ui
