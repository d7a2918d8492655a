// How each head of the acting agent spreads its attention. Window thread only.
#pragma once

#include "ui/snapshots.h"

namespace lookout::ui {

// Rows of cells, one for each head; nothing for an agent that attends to nothing.
void DrawAttentionStrip(const Snapshots& snapshots);

}  // namespace lookout::ui
