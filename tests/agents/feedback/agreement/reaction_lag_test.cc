// The reaction lag, estimated from marks against what the rule charges.
#include "agents/feedback/agreement/reaction_lag.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>
#include <vector>

#include "agents/feedback/agreement/agreement.h"
#include "agents/feedback/kinds/mark.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

using doctest::Approx;

constexpr StepIndex kSteps = 1000;

// What is charged, in stretches at random places that differ from episode to episode.
struct World {
  std::vector<RecordedEpisode> episodes;
  std::vector<std::vector<Segment>> charged;  // of each episode
};

World RandomWorld(int episodes) {
  World world;
  RandomState random(7);
  for (int e = 1; e <= episodes; ++e) {
    RecordedEpisode episode{.id = {e}, .steps = kSteps, .step_duration_s = 0.02, .rule_costs = {}};
    episode.rule_costs.resize(kSteps, 0.0F);
    auto& charged = world.charged.emplace_back();
    for (StepIndex first = 20 + random.Choice(60); first < kSteps - 250;
         first += 150 + random.Choice(60)) {
      const StepIndex last = first + 20 + random.Choice(40);
      for (StepIndex i = first; i <= last; ++i) {
        episode.rule_costs[static_cast<std::size_t>(i)] = 1.0F;
      }
      charged.push_back({episode.id, first, last});
    }
    world.episodes.push_back(std::move(episode));
  }
  return world;
}

struct Hand {
  int onset = 20;  // steps late
  int offset = 12;
  int jitter = 0;  // to either side
  double speed = 1.0;
  int stored = 15;  // the lag in the mark
  int stored_release = kLagOfPressing;
};

std::vector<FeedbackRecord> MarkAll(const World& world, const Hand& hand,
                                    const std::string& who = "Ann") {
  std::vector<FeedbackRecord> records;
  RandomState random(3);
  const auto shaken = [&](int lag) {
    return lag + (hand.jitter > 0 ? random.Choice(2 * hand.jitter + 1) - hand.jitter : 0);
  };
  for (const auto& charged : world.charged) {
    for (const Segment& span : charged) {
      Mark mark;
      mark.episode = span.episode;
      mark.first_step = span.first + shaken(hand.onset);
      mark.last_step = span.last + shaken(hand.offset);
      mark.reaction_lag_steps = hand.stored;
      mark.release_lag_steps = hand.stored_release;
      mark.on_screen.playback_speed = hand.speed;
      mark.annotator = who;
      records.push_back(RecordOf(mark));
    }
  }
  return records;
}

std::vector<ReactionLag> LagsOf(const std::vector<FeedbackRecord>& records, const World& world) {
  return MeasureAgreement(GatherOpinions(records, world.episodes), {.bootstrap = 200}).lags;
}

TEST_CASE("pressing and letting go have lags of their own, with intervals over episodes") {
  const World world = RandomWorld(12);
  const auto lags = LagsOf(MarkAll(world, {.jitter = 4}), world);
  REQUIRE(lags.size() == 1);
  CHECK(lags[0].annotator == "Ann");
  CHECK(lags[0].onset.edges >= kLeastLagEdges);
  CHECK(std::abs(lags[0].onset.lag_s.value - 0.40) <= 0.041);
  CHECK(std::abs(lags[0].offset.lag_s.value - 0.24) <= 0.041);
  CHECK(lags[0].onset.lag_s.low <= lags[0].onset.lag_s.value);
  CHECK(lags[0].onset.lag_s.high >= lags[0].onset.lag_s.value);
  CHECK(lags[0].onset.lag_s.high - lags[0].onset.lag_s.low < 0.2);
}

TEST_CASE("the lag is in the person's seconds, at whatever speed it played") {
  const World world = RandomWorld(12);
  const auto lags = LagsOf(MarkAll(world, {.onset = 40, .offset = 24, .speed = 2.0}), world);
  REQUIRE(lags.size() == 1);
  CHECK(lags[0].onset.lag_s.value == Approx(0.40));
  CHECK(lags[0].offset.lag_s.value == Approx(0.24));
}

TEST_CASE("edges that were moved, and marks on a standing picture, say nothing") {
  const World world = RandomWorld(12);
  std::vector<FeedbackRecord> records = MarkAll(world, {});
  for (const Hand& exact : {Hand{.onset = 0, .offset = 0, .stored = 0},
                            Hand{.onset = 1, .offset = 1, .speed = 0.0, .stored = 0}}) {
    for (int i = 0; i < 2; ++i) {
      for (FeedbackRecord& record : MarkAll(world, exact)) records.push_back(std::move(record));
    }
  }
  const auto lags = LagsOf(records, world);
  REQUIRE(lags.size() == 1);
  CHECK(lags[0].onset.lag_s.value == Approx(0.40));
  // Who stores no lag at all has pressed all the same.
  const auto bare = LagsOf(MarkAll(world, {.stored = 0}), world);
  CHECK(bare[0].onset.lag_s.value == Approx(0.40));
}

TEST_CASE("a mark of which one edge was moved still tells the lag of the other") {
  const World world = RandomWorld(12);
  std::vector<FeedbackRecord> records = MarkAll(world, {});
  for (int i = 0; i < 2; ++i) {
    for (const Hand& hand : {Hand{.onset = 0, .stored = 0, .stored_release = 15},
                             Hand{.offset = 0, .stored_release = 0}}) {
      for (FeedbackRecord& record : MarkAll(world, hand)) records.push_back(std::move(record));
    }
  }
  const auto lags = LagsOf(records, world);
  REQUIRE(lags.size() == 1);
  CHECK(lags[0].onset.lag_s.value == Approx(0.40));
  CHECK(lags[0].offset.lag_s.value == Approx(0.24));
  CHECK(lags[0].onset.edges == lags[0].offset.edges);
}

TEST_CASE("fewer than thirty edges give no lag, and who never pressed is not listed") {
  const World world = RandomWorld(3);
  const auto lags = LagsOf(MarkAll(world, {}), world);
  REQUIRE(lags.size() == 1);
  CHECK(lags[0].onset.edges > 0);
  CHECK(lags[0].onset.edges < kLeastLagEdges);
  CHECK(std::isnan(lags[0].onset.lag_s.value));
  CHECK(LagsOf(MarkAll(world, {.speed = 0.0}), world).empty());
}

}  // namespace
}  // namespace lookout::agents
