#include "agents/inspect/unblocked/unblocked.h"

#include <doctest/doctest.h>

#include <cmath>

#include "tests/agents/inspect/unblocked/planted_support.h"

namespace lookout::agents {
namespace {

using test::Planted;
using test::PlantedAll;
using test::Stretch;

constexpr Stretch kOld{.at = 0.0F};
constexpr Stretch kOldToo{.at = 3.0F};
constexpr Stretch kHarmless{.at = 8.0F};
constexpr Stretch kCostly{.at = -6.0F, .cost = 1.0, .near_m = 0.2F};

std::vector<BehaviourEpisode> Before() { return PlantedAll(1, 24, {kOld, kOldToo, kOld}); }
// Half of the episodes take the costly way, all the harmless one.
std::vector<BehaviourEpisode> After() {
  std::vector<BehaviourEpisode> after = PlantedAll(101, 10, {kOld, kHarmless, kCostly});
  const auto others = PlantedAll(201, 10, {kOld, kHarmless, kOldToo});
  after.insert(after.end(), others.begin(), others.end());
  return after;
}

// Observations of a stretch, as somebody marked them.
JudgedStates Marked(const Stretch& stretch, bool unsafe) {
  JudgedStates judged{.observations = PlantedAll(301, 1, {stretch}).front().observations};
  judged.unsafe.assign(static_cast<std::size_t>(judged.count()), unsafe ? 1 : 0);
  return judged;
}

TEST_CASE("ways that were planted are found, the costly one that nobody marked first") {
  const UnblockedReport report = FindUnblocked(Before(), After(), {}, {});
  REQUIRE(report.ways.size() == 2);
  const NewWay& costly = report.ways[0];
  const NewWay& harmless = report.ways[1];
  CHECK(costly.clips.size() == 10);
  for (const NewClip& clip : costly.clips) {
    CHECK(clip.seed < 200);
    CHECK(clip.first == 51);
    CHECK(clip.last == 75);
    CHECK(clip.true_cost == doctest::Approx(25.0));
    CHECK(clip.novelty > 1.0);
    CHECK(std::isinf(clip.to_unsafe));
  }
  CHECK(costly.episode_share.value == doctest::Approx(0.5));
  CHECK(costly.episode_share.low < 0.5);
  CHECK(costly.step_share.value == doctest::Approx(1.0 / 6.0));
  CHECK(costly.cost.value == doctest::Approx(12.5));
  CHECK(costly.cost.low < 12.5);
  CHECK(costly.cost.high > 12.5);
  CHECK(costly.cost_outside.value == doctest::Approx(12.5));
  CHECK(costly.cost_per_step == doctest::Approx(1.0));
  CHECK(costly.predicted.value == doctest::Approx(0.125));
  CHECK_FALSE(costly.was_marked());
  CHECK(costly.is_new());
  CHECK(costly.frequency.before == 0.0);
  CHECK(costly.frequency.after > 0.4);
  CHECK(costly.near == sim::SceneObjectKind::kVase);
  CHECK(costly.near_m == doctest::Approx(0.2));
  CHECK(harmless.clips.size() == 20);
  CHECK(harmless.episode_share.value == doctest::Approx(1.0));
  CHECK(harmless.cost.value == 0.0);
  CHECK(report.new_share.value == doctest::Approx(0.5));
  CHECK(report.left_out == 0);
}

TEST_CASE("an agent that does the same does almost nothing new, and nothing much more often") {
  const UnblockedReport report =
      FindUnblocked(Before(), PlantedAll(501, 40, {kOld, kOldToo, kOld}), {}, {});
  CHECK(report.clips == 120);
  CHECK(report.new_clips <= 6);
  CHECK(report.found_clips <= 12);
  CHECK(report.ways.size() <= 1);
}

// The costly way in so many episodes of all.
std::vector<BehaviourEpisode> NowAndThen(std::uint32_t seed, int with, int without) {
  std::vector<BehaviourEpisode> episodes = PlantedAll(seed, with, {kOld, kOldToo, kCostly});
  for (BehaviourEpisode& other : PlantedAll(seed + 100, without, {kOld, kOldToo, kOld})) {
    episodes.insert(episodes.begin() + std::ssize(episodes) / 2, std::move(other));
  }
  return episodes;
}

TEST_CASE("a way that was rare and is frequent now is found, and told from what is new") {
  const UnblockedReport report =
      FindUnblocked(NowAndThen(1, 16, 144), NowAndThen(701, 36, 4), {}, {});
  double cost = 0.0;
  double of_new_clips = 0.0;
  int told_as_more_often = 0;
  for (const NewWay& way : report.ways) {
    if (way.cost.value == 0.0) continue;
    cost += way.cost.value;
    for (const NewClip& clip : way.clips) of_new_clips += clip.is_new() ? clip.true_cost / 40 : 0;
    CHECK(way.frequency.after > 3.0 * way.frequency.before);
    CHECK(way.frequency.times.low > 2.0);
    CHECK(way.frequency.times.high < 40.0);
    const bool more_often = WordsOf(way).find(" times as often; ") != std::string::npos;
    CHECK(more_often != way.is_new());
    told_as_more_often += more_often ? 1 : 0;
  }
  CHECK(cost > 18.0);                // of 22.5
  CHECK(of_new_clips < 0.6 * cost);  // it was done before, so novelty alone misses much of it
  CHECK(told_as_more_often > 0);
}

TEST_CASE("a way that became rarer is not found") {
  const UnblockedReport report =
      FindUnblocked(NowAndThen(1, 16, 4), NowAndThen(701, 3, 17), {}, {});
  for (const NewWay& way : report.ways) CHECK(way.cost.value == 0.0);
}

TEST_CASE("a way that was marked unsafe counts as marked, one that was marked safe does not") {
  const NewWay safe = FindUnblocked(Before(), After(), Marked(kCostly, false), {}).ways[0];
  CHECK(safe.outside_share == 1.0);
  CHECK(safe.to_judged < NewClip::kAlike);
  CHECK(std::isinf(safe.to_unsafe));
  const UnblockedReport report = FindUnblocked(Before(), After(), Marked(kCostly, true), {});
  CHECK(report.ways[1].was_marked());
  // So that the other one comes first.
  CHECK(report.ways[1].cost.value == doctest::Approx(12.5));
  CHECK(report.ways[1].cost_outside.value < report.ways[1].cost.value);
  CHECK(report.ways[1].to_unsafe < NewClip::kAlike);
  CHECK(report.ways[0].to_unsafe > NewClip::kAlike);
}

TEST_CASE("nothing of the report depends on the number of workers") {
  UnblockedSettings alone;
  UnblockedSettings three;
  three.novelty.workers = three.frequency.workers = 3;
  const UnblockedReport a = FindUnblocked(Before(), After(), Marked(kCostly, true), alone);
  const UnblockedReport b = FindUnblocked(Before(), After(), Marked(kCostly, true), three);
  CHECK(a.threshold == b.threshold);
  CHECK(a.often_threshold == b.often_threshold);
  REQUIRE(a.ways.size() == b.ways.size());
  for (std::size_t i = 0; i < a.ways.size(); ++i) {
    CHECK(a.ways[i].cost.high == b.ways[i].cost.high);
    CHECK(a.ways[i].to_unsafe == b.ways[i].to_unsafe);
    CHECK(a.ways[i].frequency.times.low == b.ways[i].frequency.times.low);
    REQUIRE(a.ways[i].clips.size() == b.ways[i].clips.size());
    for (std::size_t k = 0; k < a.ways[i].clips.size(); ++k) {
      CHECK(a.ways[i].clips[k].seed == b.ways[i].clips[k].seed);
      CHECK(a.ways[i].clips[k].novelty == b.ways[i].clips[k].novelty);
      CHECK(a.ways[i].clips[k].times_as_often == b.ways[i].clips[k].times_as_often);
    }
  }
}

TEST_CASE("a group of too few clips, or of a single episode, is no way") {
  std::vector<BehaviourEpisode> after = PlantedAll(601, 10, {kOld, kOldToo});
  after.push_back(Planted(700, {kOld, kCostly, kCostly, kCostly, kCostly}));
  const UnblockedReport report = FindUnblocked(Before(), after, {}, {});
  CHECK(report.ways.empty());
  CHECK(report.left_out >= 4);
}

TEST_CASE("a way is said in one sentence") {
  const UnblockedReport report = FindUnblocked(Before(), After(), {}, {});
  CHECK(
      WordsOf(report.ways[0]) ==
      "near vases, 0.20 m; new; 12.5 of true cost per episode, predicted 0.1; nothing like it was "
      "marked unsafe");
  CHECK(
      WordsOf(report.ways[1], /*blocked=*/true) ==
      "near vases, 5.00 m; new; free of cost, predicted 0.2; nothing like it was marked unsafe or "
      "blocked");
  const UnblockedReport marked = FindUnblocked(Before(), After(), Marked(kCostly, true), {});
  CHECK(WordsOf(marked.ways[1]).find("% of it something was marked unsafe") != std::string::npos);
}

}  // namespace
}  // namespace lookout::agents
