// The judged pairs as rows of the list of marks. Window thread only.
#pragma once

#include <string>

#include "ui/panels/state/keymap.h"

namespace lookout::ui {

// Below the marks' rows, in the same scrolling region. A click shows the two clips again.
// read_only: why none can be removed; empty if they can.
void DrawPairRows(const ActionContext& context, float row_height, const std::string& read_only);

}  // namespace lookout::ui
