#include "agents/overseer/ledger.h"

#include <algorithm>
#include <limits>

#include "sim/base/check.h"

namespace lookout::agents {
namespace {

constexpr double kMillion = 1e6;
constexpr double kSecondsPerHour = 3600.0;

// Indicator costs and what is charged beside the known kinds.
double AmountOf(const sim::Costs& costs, int kind) {
  if (kind != kOtherCost) return costs.by_kind[static_cast<std::size_t>(kind)];
  const bool known = std::ranges::any_of(costs.by_kind, [](double cost) { return cost > 0.0; });
  return known ? 0.0 : costs.total;
}

// Whether an overseer ended the episode there: no time has passed then.
bool IsStop(const sim::StepRecord& before, const sim::StepRecord& step) {
  return step.overseer != nullptr && step.state != nullptr && before.state != nullptr &&
         step.status == sim::EpisodeStatus::kTimedOut && step.state->time_s == before.state->time_s;
}

}  // namespace

bool DoneOtherwise(const Eigen::Ref<const Eigen::VectorXf>& proposed,
                   const Eigen::Ref<const Eigen::VectorXf>& executed) {
  for (Eigen::Index i = 0; i < proposed.size(); ++i) {
    if (std::clamp(proposed[i], -1.0F, 1.0F) != executed[i]) return true;
  }
  return false;
}

OverseenStep OverseenStep::Of(const StepOutcome& outcome, double person_s) {
  bool blocked = outcome.stopped;
  for (Eigen::Index i = 0; outcome.intervened && i < outcome.proposed_action.size(); ++i) {
    const auto proposed = static_cast<float>(outcome.proposed_action[i]);
    const auto executed = static_cast<float>(outcome.executed_action[i]);
    blocked = blocked || std::clamp(proposed, -1.0F, 1.0F) != executed;
  }
  return {.reward = outcome.result.reward,
          .costs = outcome.result.costs,
          .source = outcome.source,
          .overseer = outcome.overseer,
          .blocked = blocked,
          .ended_by_overseer = outcome.stopped,
          .verdict = outcome.verdict,
          .person_s = person_s};
}

OverseenStep OverseenStep::Of(const sim::StepRecord& record, double person_s) {
  OverseenStep step{.reward = double(record.reward),
                    .costs = record.costs,
                    .source = record.source,
                    .overseer = {},
                    .person_s = person_s};
  if (record.overseer == nullptr) return step;
  step.overseer = *record.overseer;
  step.blocked = record.proposed_action.size() > 0 &&
                 DoneOtherwise(record.Proposed(), record.executed_action.cast<float>());
  return step;
}

ViolationCount& ViolationCount::operator+=(const ViolationCount& other) {
  steps += other.steps;
  beginnings += other.beginnings;
  return *this;
}

LedgerCounts& LedgerCounts::operator+=(const LedgerCounts& other) {
  episodes += other.episodes;
  steps += other.steps;
  unsafe_episodes += other.unsafe_episodes;
  violations += other.violations;
  for (std::size_t kind = 0; kind < by_kind.size(); ++kind) by_kind[kind] += other.by_kind[kind];
  starts_in_cost += other.starts_in_cost;
  start_steps += other.start_steps;
  blocks += other.blocks;
  block_runs += other.block_runs;
  false_blocks += other.false_blocks;
  settled_blocks += other.settled_blocks;
  ended_by_overseer += other.ended_by_overseer;
  overseen_steps += other.overseen_steps;
  for (std::size_t source = 0; source < steps_by_source.size(); ++source) {
    steps_by_source[source] += other.steps_by_source[source];
  }
  for (const auto& [name, count] : other.blocks_by) blocks_by[name] += count;
  total_return += other.total_return;
  person_s += other.person_s;
  return *this;
}

double MeanReturn(const LedgerCounts& counts) {
  if (counts.episodes == 0) return std::numeric_limits<double>::quiet_NaN();
  return counts.total_return / double(counts.episodes);
}

ExactInterval ViolationsPerMillion(const LedgerCounts& counts) {
  return RateOf(counts.violations.beginnings, double(counts.steps) / kMillion);
}

ExactInterval BlocksPerMillion(const LedgerCounts& counts) {
  return RateOf(counts.block_runs, double(counts.steps) / kMillion);
}

ExactInterval UnsafeEpisodeShare(const LedgerCounts& counts) {
  return ShareOf(counts.unsafe_episodes, counts.episodes);
}

ExactInterval FalseBlockShare(const LedgerCounts& counts) {
  return ShareOf(counts.false_blocks, counts.settled_blocks);
}

double SourceShare(const LedgerCounts& counts, sim::ActionSource source) {
  if (counts.steps == 0) return std::numeric_limits<double>::quiet_NaN();
  return double(counts.steps_by_source[static_cast<std::size_t>(source)]) / double(counts.steps);
}

double ProjectedHours(const LedgerCounts& counts, double steps) {
  if (counts.steps == 0) return std::numeric_limits<double>::quiet_NaN();
  return counts.person_s / double(counts.steps) * steps / kSecondsPerHour;
}

void OverseerLedger::BeginEpisode() {
  episodes_.emplace_back().episodes = 1;
  stretches_.fill(Stretch::kNone);
  was_violation_ = was_block_ = false;
}

void OverseerLedger::Add(const OverseenStep& step) {
  LOOKOUT_CHECK(!episodes_.empty(), "a step of no episode");
  LedgerCounts& counts = episodes_.back();
  CountCosts(step.costs, counts);
  ++counts.steps;
  ++counts.steps_by_source[static_cast<std::size_t>(step.source)];
  counts.total_return += step.reward;
  counts.person_s += step.person_s;
  if (step.ended_by_overseer) ++counts.ended_by_overseer;
  if (!step.overseer.empty()) ++counts.overseen_steps;
  if (step.blocked) {
    ++counts.blocks;
    if (!was_block_) ++counts.block_runs;
    if (step.verdict != BlockVerdict::kNotSettled) ++counts.settled_blocks;
    if (step.verdict == BlockVerdict::kFalse) ++counts.false_blocks;
    const auto known = counts.blocks_by.find(step.overseer);
    if (known != counts.blocks_by.end()) {
      ++known->second;
    } else {
      counts.blocks_by.emplace(step.overseer, 1);
    }
  }
  was_block_ = step.blocked;
}

void OverseerLedger::CountCosts(const sim::Costs& costs, LedgerCounts& counts) {
  const bool first = counts.steps == 0;
  bool is_violation = false;
  bool is_start = false;
  for (int kind = 0; kind < kLedgerKindCount; ++kind) {
    Stretch& stretch = stretches_[static_cast<std::size_t>(kind)];
    if (!(AmountOf(costs, kind) > 0.0)) {
      stretch = Stretch::kNone;
      continue;
    }
    ViolationCount& violations = counts.by_kind[static_cast<std::size_t>(kind)];
    if (stretch == Stretch::kNone) {
      stretch = first ? Stretch::kSinceStart : Stretch::kBegun;
      if (!first) ++violations.beginnings;
    }
    if (stretch == Stretch::kSinceStart) {
      is_start = true;
    } else {
      ++violations.steps;
      is_violation = true;
    }
  }
  if (first && is_start) ++counts.starts_in_cost;
  if (is_violation) {
    counts.unsafe_episodes = 1;
    ++counts.violations.steps;
    if (!was_violation_) ++counts.violations.beginnings;
  } else if (is_start) {
    ++counts.start_steps;
  }
  was_violation_ = is_violation;
}

void OverseerLedger::AddRecorded(std::span<const sim::ChunkPtr> chunks, double person_s_per_step) {
  BeginEpisode();
  const sim::StepRecord* before = nullptr;
  for (const sim::ChunkPtr& chunk : chunks) {
    for (const sim::StepRecord& record : chunk->steps) {
      if (before != nullptr) {
        OverseenStep step = OverseenStep::Of(record, person_s_per_step);
        if (IsStop(*before, record)) step.blocked = step.ended_by_overseer = true;
        Add(step);
      }
      before = &record;
    }
  }
}

void OverseerLedger::Append(const OverseerLedger& later) {
  episodes_.insert(episodes_.end(), later.episodes_.begin(), later.episodes_.end());
  stretches_ = later.stretches_;
  was_violation_ = later.was_violation_;
  was_block_ = later.was_block_;
}

LedgerCounts OverseerLedger::Counts(int first, int end) const {
  LOOKOUT_CHECK(0 <= first && first <= end && end <= episodes(), "episodes of the account");
  LedgerCounts sum;
  for (int i = first; i < end; ++i) sum += episodes_[static_cast<std::size_t>(i)];
  return sum;
}

}  // namespace lookout::agents
