#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

#include "agents/overseer/blocker/blocker_fit.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

enum class Part { kFit, kThreshold, kReport };

// Deals the episodes out, two fifths, two and one, in a random order.
void Deal(std::vector<std::int64_t> episodes, RandomState& random,
          std::map<std::int64_t, Part>& parts) {
  constexpr Part kTurns[] = {Part::kFit, Part::kThreshold, Part::kReport, Part::kThreshold,
                             Part::kFit};
  for (std::size_t i = episodes.size(); i > 1; --i) {
    std::swap(episodes[i - 1],
              episodes[static_cast<std::size_t>(random.Choice(static_cast<int>(i)))]);
  }
  for (std::size_t i = 0; i < episodes.size(); ++i) parts[episodes[i]] = kTurns[i % 5];
}

}  // namespace

Result<BlockerSplit> SplitBlockerData(const BlockerData& data, std::uint32_t seed) {
  std::set<std::int64_t> all;
  std::set<std::int64_t> with_blocks;
  for (int row = 0; row < data.rows(); ++row) {
    const auto i = static_cast<std::size_t>(row);
    all.insert(data.episode[i]);
    if (data.blocked[i] != 0) with_blocks.insert(data.episode[i]);
  }
  if (with_blocks.size() < 3) {
    return BadInput(
        fmt::format("A blocker takes three episodes in which the overseer blocked something, to "
                    "learn from, for the threshold and for the report; there are {}. Have more "
                    "steps watched.",
                    with_blocks.size()));
  }
  if (std::ranges::count(data.blocked, 0) < 3) {
    return BadInput("The overseer blocked all that was proposed; there is nothing to tell apart.");
  }
  std::map<std::int64_t, Part> parts;
  RandomState random(seed);
  std::vector<std::int64_t> others;
  std::ranges::set_difference(all, with_blocks, std::back_inserter(others));
  Deal({with_blocks.begin(), with_blocks.end()}, random, parts);
  Deal(std::move(others), random, parts);
  BlockerSplit split;
  for (int row = 0; row < data.rows(); ++row) {
    const Part part = parts.at(data.episode[static_cast<std::size_t>(row)]);
    (part == Part::kFit         ? split.fit
     : part == Part::kThreshold ? split.threshold
                                : split.report)
        .push_back(row);
  }
  return split;
}

}  // namespace lookout::agents
