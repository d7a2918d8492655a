// The episodes of the project: the live one, earlier ones, branches. A click shows one; they can be
// searched, ordered, named, starred and deleted. Window thread only.
#pragma once

#include <vector>

#include "ui/panels/state/keymap.h"
#include "ui/panels/state/panel.h"
#include "ui/panels/state/window_state.h"

namespace lookout::ui {

// The rows that are listed, in their order, as indices of the store's summaries.
std::vector<int> ListedEpisodes(const Snapshots& snapshots, const ListFilter& filter);

extern const PanelSection kEpisodesSection;

}  // namespace lookout::ui
