#include "agents/feedback/queries/stop_set.h"

#include <doctest/doctest.h>

#include <array>
#include <limits>

namespace lookout::agents {
namespace {

TEST_CASE("About one clip of eight is in the stop set, in every episode") {
  int all = 0;
  int members = 0;
  for (std::int64_t episode = 1; episode <= 50; ++episode) {
    int here = 0;
    for (StepIndex first = 1; first < 4000; first += 50, ++all) {
      here += IsInStopSet({EpisodeId{episode}, first, first + 49}) ? 1 : 0;
    }
    CHECK(here > 0);
    members += here;
  }
  CHECK(members > 0.11 * all);
  CHECK(members < 0.14 * all);
}

TEST_CASE("Verdicts are counted by step, within the clip and where both models say something") {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  const std::array newer{0.9F, 0.9F, 0.9F, 0.1F, 0.1F, nan, 0.9F};
  const std::array older{0.9F, 0.9F, 0.1F, 0.9F, 0.1F, 0.1F, 0.9F};
  VerdictCounts counts;
  AddVerdicts({EpisodeId{1}, 1, 5}, newer, older, 0.5, counts);
  CHECK(counts == VerdictCounts{.both = 1, .only_first = 1, .only_second = 1, .neither = 1});
  AddVerdicts({EpisodeId{1}, 6, 90}, newer, older, 0.5, counts);  // known in part
  CHECK(counts.both == 2);
}

}  // namespace
}  // namespace lookout::agents
