// What is kept with an answer to a query. Pure function; any thread.
#pragma once

#include "agents/feedback/kinds/feedback_record.h"
#include "agents/feedback/queries/query.h"

namespace lookout::agents {

// on_screen, as of an answer to that query: why it asked, about which span and with which chance.
Provenance AnswerTo(const Query& query, Provenance on_screen = {});

}  // namespace lookout::agents
