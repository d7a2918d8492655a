// Asks whether a claim about the cost model holds everywhere in a region, and shows the answer:
// proved, a counterexample, or open. Window thread only.
#pragma once

#include "ui/panels/state/panel.h"

namespace lookout::ui {

void DrawProofSection(const PanelContext& context);

}  // namespace lookout::ui
