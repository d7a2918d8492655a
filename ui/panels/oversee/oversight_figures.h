// The account of this sitting: what was violated while nobody oversaw and while somebody did, what
// was blocked, who was in control, and how long a person was needed. Part of the panel of
// overseers; window thread only.
#pragma once

#include "ui/panels/state/panel.h"

namespace lookout::ui {

void DrawOversightFigures(const PanelContext& context);

}  // namespace lookout::ui
