#include "agents/overseer/blocker/blocker_threshold.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

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

}  // namespace

std::span<const Choice<ThresholdRule>> Choices(ThresholdRule /*kind*/) {
  static constexpr std::array<Choice<ThresholdRule>, 2> kChoices{
      {{ThresholdRule::kConformal, "conformal"}, {ThresholdRule::kLowest, "lowest"}}};
  return kChoices;
}

Result<float> ConformalThreshold(const ScoredRows& rows, double alpha) {
  LOOKOUT_CHECK(alpha > 0.0 && alpha < 1.0, "a share of misses");
  const std::vector<float> scores = BlockedScores(rows);
  const auto n = static_cast<double>(scores.size());
  // A product that is whole but for rounding counts as whole.
  const auto k = static_cast<std::size_t>(std::floor(alpha * (n + 1.0) + 1e-9));
  if (k < 1) {
    return BadInput(fmt::format(
        "To miss at most {:.3g} % takes {:.0f} blocks that were kept for the threshold, there are "
        "{}; have more steps watched, allow more misses, or take the lowest score.",
        100.0 * alpha, std::ceil(1.0 / alpha - 1e-9) - 1.0, scores.size()));
  }
  return scores[std::min(k, scores.size()) - 1];
}

Result<float> LowestThreshold(const ScoredRows& rows) {
  const std::vector<float> scores = BlockedScores(rows);
  if (scores.empty()) {
    return BadInput("No block was kept for the threshold; have more steps watched.");
  }
  return scores.front();
}

BlockerConsequences ConsequencesAt(const ScoredRows& rows, double threshold) {
  BlockerConsequences result{.threshold = threshold, .rows = std::ssize(rows.scores)};
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
    const bool goes_on =
        i > 0 && rows.blocked[i - 1] != 0 && rows.episode[i - 1] == rows.episode[i];
    if (!goes_on) {
      ++result.runs;
      ++result.missed_runs;
      caught = false;
    }
    if (blocks && !caught) --result.missed_runs;
    caught = caught || blocks;
  }
  return result;
}

std::vector<BlockerConsequences> ConsequencesOverRange(const ScoredRows& rows) {
  constexpr std::array kMissed{0.0, 0.005, 0.01, 0.02, 0.05, 0.1, 0.2, 0.5};
  const std::vector<float> scores = BlockedScores(rows);
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
