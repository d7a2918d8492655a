// What somebody said of two clips, and why a query is asked, in a few words. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "agents/feedback/kinds/preference.h"
#include "agents/feedback/queries/query.h"

namespace lookout::ui {

// "Left is clearly safer"
std::string PairInWords(const agents::Preference& pair);

// "Unlike all that was judged"
const char* ReasonName(agents::QueryReason reason);

// Why a query is asked, as its card says it: in a few words (empty: none) and in a sentence. Who
// marks blind is told nothing: reasons and figures say what the cost model thinks of the moment.
struct WhyAsked {
  std::string_view reason;
  std::string_view why;  // lives as long as the query
};
WhyAsked WhyIsAsked(const agents::Query& query, bool blind);

}  // namespace lookout::ui
