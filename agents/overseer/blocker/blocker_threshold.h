// From which score on a blocker steps in, and what that leads to. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <vector>

#include "agents/overseer/exact_interval.h"
#include "sim/base/choices.h"
#include "sim/base/fields.h"
#include "sim/base/result.h"

namespace lookout::agents {

enum class ThresholdRule : std::uint8_t {
  kConformal,  // of what the overseer blocks, at most a share alpha is missed
  kLowest,     // nothing that was held out is missed (Saunders et al. 2017)
};
std::span<const Choice<ThresholdRule>> Choices(ThresholdRule kind);

// Scores of steps that were kept from the fit, with what the overseer said of them. Of one episode
// the rows stand together in order; all of the same length.
struct ScoredRows {
  std::span<const float> scores;
  std::span<const std::uint8_t> blocked;
  std::span<const std::int64_t> episode;
};

// Of n blocked rows, the floor(alpha (n + 1))-th smallest score: another blocked row scores below
// it with probability alpha at most if it is of the same kind (split conformal prediction, Vovk et
// al. 2005). Rows of one episode are alike, so that what counts as n is generous. Rejects
// (kBadInput) too few blocked rows: alpha .02 takes 49. alpha: in (0, 1).
Result<float> ConformalThreshold(const ScoredRows& rows, double alpha);

// The lowest score of a blocked row. Rejects (kBadInput) rows of which none is blocked.
Result<float> LowestThreshold(const ScoredRows& rows);

// What steps of the overseer's would have met with from a blocker of that threshold.
struct BlockerConsequences {
  double threshold = 0.0;  // blocks from this score on
  std::int64_t rows = 0;
  std::int64_t overseer_blocks = 0;  // rows that the overseer blocked
  std::int64_t blocks = 0;           // rows that the blocker would
  std::int64_t misses = 0;           // blocked by the overseer alone
  std::int64_t false_blocks = 0;     // blocked by the blocker alone
  std::int64_t runs = 0;             // stretches without a gap that the overseer blocked
  std::int64_t missed_runs = 0;      // of which the blocker would have blocked nothing
  bool operator==(const BlockerConsequences&) const = default;

  // Of what the overseer blocks, with its exact interval; NaN if nothing.
  ExactInterval miss_share() const { return ShareOf(misses, overseer_blocks); }
  // Of what the overseer lets pass; likewise.
  ExactInterval false_block_share() const { return ShareOf(false_blocks, rows - overseer_blocks); }
};

template <FieldsOf<BlockerConsequences> Self, typename Visit>
void VisitFields(Self& self, Visit&& visit) {
  using F = Field<BlockerConsequences>;
  visit(F("threshold").Within(0, 1), self.threshold);
  visit(F("rows").Within(0, 1e15), self.rows);
  visit(F("overseer-blocks").Within(0, 1e15), self.overseer_blocks);
  visit(F("blocks").Within(0, 1e15), self.blocks);
  visit(F("misses").Within(0, 1e15), self.misses);
  visit(F("false-blocks").Within(0, 1e15), self.false_blocks);
  visit(F("runs").Within(0, 1e15), self.runs);
  visit(F("missed-runs").Within(0, 1e15), self.missed_runs);
}

BlockerConsequences ConsequencesAt(const ScoredRows& rows, double threshold);

// The same over the thresholds at which about 0, .5, 1, 2, 5, 10, 20 and 50 % of the blocked rows
// would be missed, ascending and each once: a table to choose from. Empty if none is blocked.
std::vector<BlockerConsequences> ConsequencesOverRange(const ScoredRows& rows);

}  // namespace lookout::agents
