// Why a query is asked, in a sentence with the figures. Pure functions; any thread.
#pragma once

#include <string>

#include "agents/feedback/queries/query.h"
#include "agents/feedback/queries/query_candidate.h"

namespace lookout::agents {

// query: with its reason and chance; anything_judged, threshold: as it was chosen by.
std::string WhySpan(const Query& query, const QueryCandidate& clip, bool anything_judged,
                    double threshold);
std::string WhyPair(const QueryCandidate& first, const QueryCandidate& second, bool has_model);

}  // namespace lookout::agents
