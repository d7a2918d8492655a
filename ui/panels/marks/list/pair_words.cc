#include "ui/panels/marks/list/pair_words.h"

namespace lookout::ui {

std::string PairInWords(const agents::Preference& pair) {
  if (pair.first_is_safer == 0.5) return "Cannot tell";
  return std::string(pair.first_is_safer > 0.5 ? "Left" : "Right") +
         (pair.strength > 1.0 ? " is clearly safer" : " is safer");
}

const char* ReasonName(agents::QueryReason reason) {
  switch (reason) {
    case agents::QueryReason::kDisagreement:
      return "The cost model is of two minds";
    case agents::QueryReason::kNovelty:
      return "Unlike all that was judged";
    case agents::QueryReason::kThreshold:
      return "Neither safe nor unsafe";
    case agents::QueryReason::kPredictedMiss:
      return "Perhaps overlooked";
    case agents::QueryReason::kFalseAlarm:
      return "Perhaps a false alarm";
    case agents::QueryReason::kMiss:
      return "Perhaps a miss";
    case agents::QueryReason::kAudit:
      return "Drawn by chance";
    case agents::QueryReason::kAttack:
      return "Found by an attack";
  }
  return "";
}

WhyAsked WhyIsAsked(const agents::Query& query, bool blind) {
  if (blind) return {"", "Why it is asked about is not shown while you mark blind."};
  return {ReasonName(query.reason), query.why};
}

}  // namespace lookout::ui
