// Whether an overlay has anything to draw in an episode. Any thread.
#pragma once

#include <string_view>

#include "ui/model/episode_store.h"

namespace lookout::ui {

// overlay: its key in the settings (overlay_flags.h). Those that do not depend on the scene always
// have. comparing: another episode is shown beside it.
bool IsRelevant(std::string_view overlay, const EpisodeScene& scene, bool comparing = false,
                bool attends = false);

}  // namespace lookout::ui
