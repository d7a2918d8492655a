#include "agents/feedback/queries/stop_set.h"

#include <algorithm>
#include <cmath>
#include <cstddef>
#include <cstdint>

namespace lookout::agents {

bool IsInStopSet(const Segment& clip) {
  constexpr std::uint64_t kOneOf = 8;
  // SplitMix64's finaliser (Steele, Lea, Flood 2014): neighbouring clips have nothing in common.
  auto bits = static_cast<std::uint64_t>(clip.episode.value) * 0x9E3779B97F4A7C15ULL +
              static_cast<std::uint64_t>(clip.first);
  bits = (bits ^ (bits >> 30U)) * 0xBF58476D1CE4E5B9ULL;
  bits = (bits ^ (bits >> 27U)) * 0x94D049BB133111EBULL;
  return (bits ^ (bits >> 31U)) % kOneOf == 0;
}

void AddVerdicts(const Segment& clip, std::span<const float> newer, std::span<const float> older,
                 double threshold, VerdictCounts& counts) {
  const std::size_t known = std::min(newer.size(), older.size());
  const auto end = std::min(known, static_cast<std::size_t>(clip.last) + 1);
  for (auto step = static_cast<std::size_t>(clip.first); step < end; ++step) {
    if (std::isnan(newer[step]) || std::isnan(older[step])) continue;
    const bool now = newer[step] >= threshold;
    const bool before = older[step] >= threshold;
    ++(now ? (before ? counts.both : counts.only_first)
           : (before ? counts.only_second : counts.neither));
  }
}

}  // namespace lookout::agents
