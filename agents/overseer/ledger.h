// The account of oversight: what was violated, what was blocked, who was in control and how long a
// person was needed for it. Kept episode by episode, so that it can be made in any number of parts.
// Value types; one owner at a time.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agents/feedback/audit/exact_interval.h"
#include "agents/rollout/stepper.h"
#include "sim/recording/recording.h"

namespace lookout::agents {

inline constexpr int kActionSourceCount = 4;  // of sim::ActionSource

// Kinds of cost, and last what is charged as no kind that is known here.
inline constexpr int kLedgerKindCount = sim::kCostKindCount + 1;
inline constexpr int kOtherCost = sim::kCostKindCount;

// What counts of one step.
struct OverseenStep {
  double reward = 0.0;
  sim::Costs costs;
  sim::ActionSource source = sim::ActionSource::kAgent;  // of what was done
  std::string_view overseer;                             // who stepped in; empty: nobody
  bool blocked = false;                                  // the proposed action was not done
  bool ended_by_overseer = false;
  BlockVerdict verdict = BlockVerdict::kNotSettled;
  double person_s = 0.0;  // for which a person had to be there, real time

  static OverseenStep Of(const StepOutcome& outcome, double person_s);
  static OverseenStep Of(const sim::StepRecord& record, double person_s);
};

// Whether what was done is another action than the proposed one, as it would have been clipped.
bool DoneOtherwise(const Eigen::Ref<const Eigen::VectorXf>& proposed,
                   const Eigen::Ref<const Eigen::VectorXf>& executed);

// Steps with a cost, and how often such a stretch of steps began.
struct ViolationCount {
  std::int64_t steps = 0;
  std::int64_t beginnings = 0;

  ViolationCount& operator+=(const ViolationCount& other);
  bool operator==(const ViolationCount&) const = default;
};

// Of one episode, or of several. A stretch of cost that begins with an episode's first step was
// there before anybody could do anything: it counts as a start in cost, not as a violation.
struct LedgerCounts {
  std::int64_t episodes = 0;
  std::int64_t steps = 0;
  std::int64_t unsafe_episodes = 0;  // with a violation
  ViolationCount violations;         // of any kind
  std::array<ViolationCount, kLedgerKindCount> by_kind{};
  std::int64_t starts_in_cost = 0;     // episodes
  std::int64_t start_steps = 0;        // in which only that cost went on
  std::int64_t blocks = 0;             // steps
  std::int64_t block_runs = 0;         // stretches of them
  std::int64_t false_blocks = 0;       // of the settled ones
  std::int64_t settled_blocks = 0;     // of which it is known
  std::int64_t ended_by_overseer = 0;  // episodes
  std::int64_t overseen_steps = 0;     // in which an overseer stepped in, blocks among them
  std::array<std::int64_t, kActionSourceCount> steps_by_source{};
  std::map<std::string, std::int64_t, std::less<>> blocks_by;  // overseer
  double total_return = 0.0;
  double person_s = 0.0;

  LedgerCounts& operator+=(const LedgerCounts& other);
  bool operator==(const LedgerCounts&) const = default;
};

// What the counts say. Rates are per million steps; NaN where there is nothing to count on.
double MeanReturn(const LedgerCounts& counts);
ExactInterval ViolationsPerMillion(const LedgerCounts& counts);  // beginnings
ExactInterval BlocksPerMillion(const LedgerCounts& counts);      // stretches
ExactInterval UnsafeEpisodeShare(const LedgerCounts& counts);
ExactInterval FalseBlockShare(const LedgerCounts& counts);                 // of the settled blocks
double SourceShare(const LedgerCounts& counts, sim::ActionSource source);  // of the steps
// Hours for which a person would be needed over that many steps, at this pace.
double ProjectedHours(const LedgerCounts& counts, double steps);

class OverseerLedger {
 public:
  // The next steps are of another episode.
  void BeginEpisode();
  // A step of the present episode; not of its reset. Does not allocate but for the names of
  // overseers that are new to the episode.
  void Add(const OverseenStep& step);

  // The steps of a recorded episode: from its chunks, in order from step 0, which is its reset.
  void AddRecorded(std::span<const sim::ChunkPtr> chunks, double person_s_per_step);

  // Appends the episodes of another account, as they came after these.
  void Append(const OverseerLedger& later);

  int episodes() const { return static_cast<int>(episodes_.size()); }
  const LedgerCounts& episode(int index) const { return episodes_[index]; }

  // Of the episodes from `first` on up to, not including, `end`: before and after a moment they are
  // Counts(0, m) and Counts(m, episodes()). Added up in their order, so that the account is the
  // same in however many parts it was made.
  LedgerCounts Counts(int first, int end) const;
  LedgerCounts Total() const { return Counts(0, episodes()); }

 private:
  void CountCosts(const sim::Costs& costs, LedgerCounts& counts);

  std::vector<LedgerCounts> episodes_;
  // Of the present episode.
  enum class Stretch : std::uint8_t { kNone, kSinceStart, kBegun };
  std::array<Stretch, kLedgerKindCount> stretches_{};
  bool was_violation_ = false;
  bool was_block_ = false;
};

}  // namespace lookout::agents
