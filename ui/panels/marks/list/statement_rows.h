// Regions, take-overs and corrections as rows of the list of marks. Window thread only.
#pragma once

#include <string>

#include "ui/panels/state/keymap.h"

namespace lookout::ui {

// Below the marks' rows in the same scrolling region. A click shows the moment; a region can be
// switched off and on. read_only: why nothing can be changed; empty if it can.
void DrawStatementRows(const ActionContext& context, float row_height,
                       const std::string& read_only);

}  // namespace lookout::ui
