#include "agents/feedback/queries/query_words.h"

#include <fmt/format.h>

#include <array>

namespace lookout::agents {
namespace {

constexpr std::array kReasons{Choice<QueryReason>{QueryReason::kDisagreement, "disagreement"},
                              Choice<QueryReason>{QueryReason::kNovelty, "novelty"},
                              Choice<QueryReason>{QueryReason::kThreshold, "threshold"},
                              Choice<QueryReason>{QueryReason::kPredictedMiss, "predicted-miss"},
                              Choice<QueryReason>{QueryReason::kFalseAlarm, "false-alarm"},
                              Choice<QueryReason>{QueryReason::kMiss, "miss"},
                              Choice<QueryReason>{QueryReason::kAudit, "audit"},
                              Choice<QueryReason>{QueryReason::kAttack, "attack"}};

}  // namespace

std::span<const Choice<QueryReason>> Choices(QueryReason) { return kReasons; }

std::string WhySpan(const Query& query, const QueryCandidate& clip, bool anything_judged,
                    double threshold) {
  switch (query.reason) {
    case QueryReason::kDisagreement:
      return fmt::format(
          "The members of the cost model differ by {:.2f} here, it says {:.2f} on average: an "
          "answer tells {:.2f} bits about which of them is right.",
          clip.spread, clip.predicted, clip.disagreement);
    case QueryReason::kThreshold:
      return fmt::format(
          "The cost model says {:.2f} here on average and up to {:.2f}: close to {:.2f}, where "
          "safe becomes unsafe.",
          clip.predicted, clip.highest, threshold);
    case QueryReason::kPredictedMiss:
      return fmt::format(
          "The cost model says safe, {:.2f} at most, though what it sees here is {:.1f} standard "
          "deviations from all that was judged.",
          clip.highest, clip.novelty);
    case QueryReason::kAudit:
      return fmt::format(
          "Drawn by chance, with probability {:.3f}, so that the answers also tell how good the "
          "cost model is.",
          query.chance);
    default:
      break;
  }
  if (!anything_judged) return "Nothing is judged yet, and this is unlike what else is asked.";
  return fmt::format(
      "What the cost model sees here is {:.1f} standard deviations from all that was judged.",
      clip.novelty);
}

std::string WhyPair(const QueryCandidate& first, const QueryCandidate& second, bool has_model) {
  if (!has_model) return "Two moments that are unlike each other; nothing is learned yet.";
  return fmt::format(
      "The cost model finds both alike, {:.2f} and {:.2f}; its members differ by {:.2f} and "
      "{:.2f}.",
      first.predicted, second.predicted, first.spread, second.spread);
}

}  // namespace lookout::agents
