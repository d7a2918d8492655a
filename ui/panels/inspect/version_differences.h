// Where two versions of the cost model differ, as rows and in words. Window thread only.
#pragma once

#include <cstddef>

#include "agents/feedback/evaluation/two_models.h"
#include "ui/panels/state/keymap.h"
#include "ui/widgets/text.h"

namespace lookout::ui {

// "Ep. 12, steps 40–52 · hazard"
Short PlaceInWords(const agents::TwoModels& two, const agents::CostDifference& difference);
// "A 0.12 misses it · B 0.91 finds it"
Short DifferenceInWords(const agents::CostDifference& difference);

// The list, in what is left of the region; a click goes to the moment and closes the sheet.
void DrawVersionDifferences(const ActionContext& context, const agents::TwoModels& two);

}  // namespace lookout::ui
