// From which score on a blocker steps in, and what that leads to. Pure functions; any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "agents/feedback/audit/exact_interval.h"
#include "sim/base/choices.h"
#include "sim/base/fields.h"
#include "sim/base/result.h"

namespace lookout::agents {

enum class ThresholdRule : std::uint8_t {
  kConformal,  // of the runs that the overseer blocks, at most a share alpha begins with a miss
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

// A run is what the overseer blocks without a gap between rows; its steps are near copies of each
// other. What counts is its first step: there the overseer would have stepped in, and what comes
// later in it comes of that. Lets pass the first step of a run of another episode with probability
// alpha at most, if that episode is of the same kind and each of its runs is as likely to be asked
// about: runs are weighed such that every episode counts alike, because the runs of one are alike,
// too (split conformal prediction for groups, Lee, Barber and Willett 2023, arXiv 2306.06342; with
// one run in each of n episodes, the floor(alpha (n + 1))-th smallest score, Vovk et al. 2005).
// Rejects (kBadInput) too few episodes with blocks: alpha .05 takes 19, .02 takes 49. alpha: in
// (0, 1).
Result<float> ConformalThreshold(const ScoredRows& rows, double alpha);

// The lowest score of any blocked row, whatever its run. Rejects (kBadInput) rows of which none is
// blocked.
Result<float> LowestThreshold(const ScoredRows& rows);

// What steps of the overseer's would have met with from a blocker of that threshold.
struct BlockerConsequences {
  double threshold = 0.0;  // blocks from this score on
  std::int64_t rows = 0;
  std::int64_t overseer_blocks = 0;  // rows that the overseer blocked
  std::int64_t blocks = 0;           // rows that the blocker would
  std::int64_t misses = 0;           // rows blocked by the overseer alone
  std::int64_t false_blocks = 0;     // rows blocked by the blocker alone
  std::int64_t runs = 0;             // stretches without a gap that the overseer blocked
  std::int64_t missed_starts = -1;   // runs whose first step the blocker lets pass; -1: not told
  std::int64_t missed_runs = 0;      // runs of which the blocker would have blocked nothing
  std::int64_t episodes = 0;         // that the rows are of; 0: not told
  double false_block_low = 0.0;      // 95 % interval of false_block_share(), over the episodes
  double false_block_high = 1.0;
  bool operator==(const BlockerConsequences&) const = default;

  // Of the rows that the overseer blocks; NaN if it blocks none.
  double miss_share() const;
  // Runs that begin with a miss, of all, with the exact interval of as many trials; NaN if there is
  // none, or if it is not told.
  ExactInterval missed_start_share() const;
  // Of the rows that the overseer lets pass, with its interval over episodes; NaN if there is none.
  ExactInterval false_block_share() const;
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
  visit(F("missed-starts").Within(-1, 1e15).Since(2), self.missed_starts);
  visit(F("missed-runs").Within(0, 1e15), self.missed_runs);
  visit(F("episodes").Within(0, 1e15).Since(2), self.episodes);
  visit(F("false-block-low").Within(0, 1).Since(2), self.false_block_low);
  visit(F("false-block-high").Within(0, 1).Since(2), self.false_block_high);
}

BlockerConsequences ConsequencesAt(const ScoredRows& rows, double threshold);

// Whether the counts fit each other, as of a file; "" or what does not.
std::string_view WrongWith(const BlockerConsequences& counts);

// How many runs there are, and of how many episodes.
struct BlockRuns {
  std::int64_t runs = 0;
  std::int64_t episodes = 0;
};
BlockRuns CountRuns(const ScoredRows& rows);

// The same over the thresholds at which about 0, .5, 1, 2, 5, 10, 20 and 50 % of the runs would
// begin with a miss, ascending and each once: a table to choose from. Empty if none is blocked.
std::vector<BlockerConsequences> ConsequencesOverRange(const ScoredRows& rows);

}  // namespace lookout::agents
