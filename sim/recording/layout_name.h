// A short name for where things stand in an episode. Pure function; any thread.
#pragma once

#include <string>

#include "sim/recording/recording.h"

namespace lookout::sim {

// The same for episodes of one environment in which everything was placed alike: of one seed, and
// branches of such. Empty of an imported episode, of which that is not known.
std::string LayoutOf(const EpisodeHeader& header);

}  // namespace lookout::sim
