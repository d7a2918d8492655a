// What is worth asking a person next, of what the window has recorded. Any thread.
#pragma once

#include "app/workers/queries/query_request.h"

namespace lookout::app {

// The same request gives the same queries.
ProposedQueries ProposeQueries(const QueryRequest& request);

}  // namespace lookout::app
