// What a learned blocker would have done on recorded steps, by its threshold, before it is switched
// on. Part of the panel of overseers; window thread only.
#pragma once

#include <string>

#include "ui/panels/state/panel.h"
#include "ui/widgets/text.h"

namespace lookout::ui {

// The row whose threshold is nearest; nullptr if there is none.
const BlockerRow* NearestRow(const BlockerOnScreen& blocker, double threshold);

// "5.0 % (0.1–24.9)", with its interval, if that is known (not NaN); a dash of nothing.
Short ShareInWords(const agents::ExactInterval& share);

// "blocker:shy.blocker,threshold=0.25"
std::string BlockerSpec(const std::string& file, double threshold);

void DrawBlockerConsequences(const PanelContext& context);

}  // namespace lookout::ui
