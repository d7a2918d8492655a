#include "agents/overseer/blocker/blocker_threshold.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>
#include <limits>
#include <map>

#include "agents/feedback/audit/clustered_share.h"
#include "sim/base/check.h"

namespace lookout::agents {
namespace {

std::vector<float> BlockedScores(const ScoredRows& rows) {
  std::vector<float> scores;
  for (std::size_t i = 0; i < rows.scores.size(); ++i) {
    if (rows.blocked[i] != 0) scores.push_back(rows.scores[i]);
  }
  std::ranges::sort(scores);
  return scores;
}

// Of a run, its first row.
struct RunStart {
  float score = 0.0F;
  std::int64_t episode = 0;
};

// Whether a run of blocked rows begins there.
bool BeginsRun(const ScoredRows& rows, std::size_t i) {
  return rows.blocked[i] != 0 &&
         (i == 0 || rows.blocked[i - 1] == 0 || rows.episode[i - 1] != rows.episode[i]);
}

// In the order of the rows.
std::vector<RunStart> RunStartsOf(const ScoredRows& rows) {
  std::vector<RunStart> starts;
  for (std::size_t i = 0; i < rows.scores.size(); ++i) {
    if (BeginsRun(rows, i)) starts.push_back({rows.scores[i], rows.episode[i]});
  }
  return starts;
}

// Runs of each episode that has any.
std::map<std::int64_t, double> RunsOfEpisodes(const std::vector<RunStart>& starts) {
  std::map<std::int64_t, double> runs;
  for (const RunStart& start : starts) runs[start.episode] += 1.0;
  return runs;
}

ExactInterval FalseBlocksOver(const ScoredRows& rows, double threshold) {
  std::vector<EpisodeTrials> episodes;
  for (std::size_t i = 0; i < rows.scores.size(); ++i) {
    if (i == 0 || rows.episode[i - 1] != rows.episode[i]) episodes.emplace_back();
    if (rows.blocked[i] != 0) continue;
    ++episodes.back().trials;
    episodes.back().successes += double(rows.scores[i]) >= threshold ? 1 : 0;
  }
  return ClusteredShareOf(episodes);
}

std::int64_t EpisodesOfRows(const ScoredRows& rows) {
  std::int64_t episodes = 0;
  for (std::size_t i = 0; i < rows.episode.size(); ++i) {
    episodes += i == 0 || rows.episode[i - 1] != rows.episode[i] ? 1 : 0;
  }
  return episodes;
}

}  // namespace

std::span<const Choice<ThresholdRule>> Choices(ThresholdRule /*kind*/) {
  static constexpr std::array<Choice<ThresholdRule>, 2> kChoices{
      {{ThresholdRule::kConformal, "conformal"}, {ThresholdRule::kLowest, "lowest"}}};
  return kChoices;
}

Result<float> ConformalThreshold(const ScoredRows& rows, double alpha) {
  LOOKOUT_CHECK(alpha > 0.0 && alpha < 1.0, "a share of misses");
  std::vector<RunStart> starts = RunStartsOf(rows);
  const auto runs = RunsOfEpisodes(starts);
  const auto episodes = static_cast<double>(runs.size());
  // What is whole but for rounding counts as whole.
  const double needed = std::ceil(1.0 / alpha - 1e-9) - 1.0;
  if (episodes < needed) {
    return BadInput(fmt::format(
        "To miss the beginning of at most {:.3g} % of the runs of blocks takes {:.0f} episodes "
        "with "
        "blocks that are kept for the threshold, there are {:.0f} with {} runs: {:.0f} more are "
        "needed, of which every second or third new one is kept; have more episodes watched, allow "
        "more misses, or take the lowest score.",
        100.0 * alpha, needed, episodes, starts.size(), needed - episodes));
  }
  std::ranges::sort(starts, {}, &RunStart::score);
  float threshold = starts.front().score;
  double below = 1.0;  // weight of the runs that score less, in episodes, and of the one to come
  for (std::size_t i = 0; i < starts.size(); ++i) {
    if (starts[i].score > threshold) {
      if (below > alpha * (episodes + 1.0) + 1e-9) break;
      threshold = starts[i].score;
    }
    below += 1.0 / runs.at(starts[i].episode);
  }
  return threshold;
}

Result<float> LowestThreshold(const ScoredRows& rows) {
  const std::vector<float> scores = BlockedScores(rows);
  if (scores.empty()) {
    return BadInput(
        "No block was kept for the threshold, which takes one; have more steps watched.");
  }
  return scores.front();
}

double BlockerConsequences::miss_share() const {
  return overseer_blocks > 0 ? double(misses) / double(overseer_blocks)
                             : std::numeric_limits<double>::quiet_NaN();
}

ExactInterval BlockerConsequences::missed_start_share() const {
  return missed_starts < 0 ? ShareOf(0, 0) : ShareOf(missed_starts, runs);
}

ExactInterval BlockerConsequences::false_block_share() const {
  const std::int64_t passes = rows - overseer_blocks;
  if (passes == 0) return ShareOf(0, 0);
  return {double(false_blocks) / double(passes), false_block_low, false_block_high};
}

std::string_view WrongWith(const BlockerConsequences& counts) {
  if (counts.overseer_blocks > counts.rows || counts.misses > counts.overseer_blocks ||
      counts.false_blocks > counts.rows - counts.overseer_blocks) {
    return "counts more misses or false blocks than there are rows.";
  }
  if (counts.runs > counts.overseer_blocks || counts.missed_runs > counts.runs ||
      counts.missed_starts > counts.runs || counts.episodes > counts.rows) {
    return "counts more runs or episodes than there can be.";
  }
  if (counts.false_block_low > counts.false_block_high) return "has an interval without a middle.";
  return {};
}

BlockRuns CountRuns(const ScoredRows& rows) {
  const std::vector<RunStart> starts = RunStartsOf(rows);
  return {.runs = std::ssize(starts), .episodes = std::ssize(RunsOfEpisodes(starts))};
}

BlockerConsequences ConsequencesAt(const ScoredRows& rows, double threshold) {
  BlockerConsequences result{
      .threshold = threshold, .rows = std::ssize(rows.scores), .missed_starts = 0};
  bool caught = false;  // in the run that is under way
  for (std::size_t i = 0; i < rows.scores.size(); ++i) {
    const bool blocks = double(rows.scores[i]) >= threshold;
    result.blocks += blocks ? 1 : 0;
    if (rows.blocked[i] == 0) {
      result.false_blocks += blocks ? 1 : 0;
      continue;
    }
    ++result.overseer_blocks;
    result.misses += blocks ? 0 : 1;
    if (BeginsRun(rows, i)) {
      ++result.runs;
      ++result.missed_runs;
      result.missed_starts += blocks ? 0 : 1;
      caught = false;
    }
    if (blocks && !caught) --result.missed_runs;
    caught = caught || blocks;
  }
  result.episodes = EpisodesOfRows(rows);
  if (result.overseer_blocks < result.rows) {
    const ExactInterval share = FalseBlocksOver(rows, threshold);
    result.false_block_low = share.low;
    result.false_block_high = share.high;
  }
  return result;
}

std::vector<BlockerConsequences> ConsequencesOverRange(const ScoredRows& rows) {
  constexpr std::array kMissed{0.0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5};
  std::vector<float> scores;
  for (const RunStart& start : RunStartsOf(rows)) scores.push_back(start.score);
  std::ranges::sort(scores);
  std::vector<BlockerConsequences> table;
  for (const double share : kMissed) {
    if (scores.empty()) break;
    const auto place = static_cast<std::size_t>(share * double(scores.size()));
    const double threshold = scores[std::min(place, scores.size() - 1)];
    if (!table.empty() && table.back().threshold == threshold) continue;
    table.push_back(ConsequencesAt(rows, threshold));
  }
  return table;
}

}  // namespace lookout::agents
