// Which pairs of clips to have compared next. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <vector>

#include "agents/feedback/queries/query.h"
#include "agents/feedback/queries/query_candidate.h"

namespace lookout::agents {

// At most `most`, each clip in one pair; of clips that have a picture. With a cost model those
// whose members differ most, each with the clip that the model finds most like it; without one,
// each with the clip that is least like it. Same candidates and seed: same queries.
std::vector<Query> ChoosePairs(const QueryCandidates& candidates, std::size_t most,
                               std::uint32_t seed);

// Two spans and a pair in turn, each in its order, until both are used up.
std::vector<Query> MixPairsIn(std::vector<Query> spans, std::vector<Query> pairs);

}  // namespace lookout::agents
