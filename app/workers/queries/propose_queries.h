// What is worth asking a person next, of what the window has recorded. Any thread.
#pragma once

#include "app/workers/fitter/fit_steps.h"
#include "app/workers/queries/query_request.h"

namespace lookout::app {

// The same request gives the same queries. steps: what is known of the episodes already, kept from
// call to call; null: nothing is.
ProposedQueries ProposeQueries(const QueryRequest& request, FitSteps* steps = nullptr);

}  // namespace lookout::app
