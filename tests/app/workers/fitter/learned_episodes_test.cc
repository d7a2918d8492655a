#include "app/workers/fitter/learned_episodes.h"

#include <doctest/doctest.h>

#include "agents/feedback/kinds/region.h"

namespace lookout::app {

namespace {

agents::FeedbackSet Saying(const agents::Region& region) {
  agents::FeedbackRecord record{.id = {1}, .annotator = "me"};
  SetContent(region, record);
  agents::FeedbackSet feedback;
  REQUIRE(feedback.Apply({.sequence = 1, .op = agents::JournalOp::kAdd, .record = record}));
  return feedback;
}

}  // namespace

TEST_CASE("a fit learns from every episode in which a region holds") {
  std::vector<KnownEpisode> known;
  for (std::int64_t id = 60; id > 0; --id) {
    known.push_back({{id}, id % 2 == 0 ? "point" : "car", static_cast<std::uint32_t>(id % 3)});
  }
  agents::Region region{.episode = {6},
                        .shape = agents::RegionShape::kDisc,
                        .points = {0.0, 0.0},
                        .radius_m = 1.0,
                        .layout = "here"};
  // Even, and divisible by three.
  const std::set<EpisodeId> drawn = EpisodesToLearnFrom(Saying(region), known);
  CHECK(drawn.size() == 10);
  CHECK(drawn.contains({60}));
  CHECK_FALSE(drawn.contains({58}));

  region = {
      .episode = {6}, .shape = agents::RegionShape::kAround, .radius_m = 1.0, .around = "vase"};
  const std::set<EpisodeId> ruled = EpisodesToLearnFrom(Saying(region), known);
  CHECK(ruled.size() == kMostRuledEpisodes + 1);  // the newest, and that where it was written
  CHECK(ruled.contains({6}));
  CHECK(ruled.contains({58}));
  CHECK_FALSE(ruled.contains({59}));

  region.on = false;
  CHECK(EpisodesToLearnFrom(Saying(region), known) == std::set<EpisodeId>{{6}});
}

}  // namespace lookout::app
