// Which of CPO's cases each update of a run was, as a strip. Window thread only.
#pragma once

#include "ui/model/run_store.h"

namespace lookout::ui {

// Nothing for runs of other algorithms.
void DrawCpoCases(const RunTrack& run);

}  // namespace lookout::ui
