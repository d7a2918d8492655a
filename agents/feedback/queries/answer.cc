#include "agents/feedback/queries/answer.h"

namespace lookout::agents {

Provenance AnswerTo(const Query& query, Provenance on_screen) {
  on_screen.mode = kQueueMode;
  on_screen.asked_why = ChoiceName(query.reason);
  on_screen.asked_chance = query.chance;
  if (query.highest) on_screen.asked_highest = double(*query.highest);
  if (query.kind == QueryKind::kSpan) {
    on_screen.asked_first = query.first.first;
    on_screen.asked_last = query.first.last;
  }
  return on_screen;
}

}  // namespace lookout::agents
