// What a safe script costs under the cost model, beside the limit that the next run is to keep.
// Window thread only.
#pragma once

#include "ui/commands.h"
#include "ui/panels/state/settings/settings.h"
#include "ui/panels/state/window_state.h"
#include "ui/snapshots.h"

namespace lookout::ui {

// Asks for it once for each question, shows what came, and where the limit lies below offers to
// train all the same.
void DrawLimitFloor(const Snapshots& snapshots, CommandSender& sender, const TrainingDraft& draft,
                    FloorLine& line);

// Why the limit cannot be met, as far as that is known; empty: it can, or the person wants it
// anyway.
std::string WhyLimitCannotBeMet(const Snapshots& snapshots, const TrainingDraft& draft,
                                const FloorLine& line);

}  // namespace lookout::ui
