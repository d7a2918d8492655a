// What somebody said of two clips, and why a query is asked, in a few words. Any thread.
#pragma once

#include <string>

#include "agents/feedback/kinds/preference.h"
#include "agents/feedback/queries/query.h"

namespace lookout::ui {

// "Left is clearly safer"
std::string PairInWords(const agents::Preference& pair);

// "Unlike all that was judged"
const char* ReasonName(agents::QueryReason reason);

}  // namespace lookout::ui
