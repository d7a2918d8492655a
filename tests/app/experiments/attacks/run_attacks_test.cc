#include "app/experiments/attacks/run_attacks.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "app/experiments/attacks/attacks_report.h"
#include "tests/app/experiments/tiny_support.h"
#include "tests/support/contains.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

AttacksSettings Small() {
  AttacksSettings settings;
  settings.environment = test::ShortPointGoal1(300);
  settings.policy = test::CarelessPolicy();
  settings.annotator = "oracle: cost";
  settings.answers = 40;
  settings.batch = 20;
  settings.pool_episodes = 10;
  settings.evaluation_episodes = 3;
  settings.rounds = 1;
  settings.finds = 2;
  settings.measured = 2;
  settings.attack.search = {.generations = 3, .population = 12};
  return settings;
}

// Of one seed, with figures that say which arm and round they are of.
AttacksSeed Told(std::uint32_t seed, double lowest) {
  AttacksSeed result{.seed = seed, .figures = {}};
  for (const AttacksArm arm : kAttacksArms) {
    for (int round = 0; round <= 1; ++round) {
      const double of = lowest + 0.1 * round + (arm == AttacksArm::kEven ? 0.2 : 0.0);
      result.figures.push_back({.arm = arm, .round = round, .fooled = 0.5, .lowest = of});
    }
  }
  return result;
}

TEST_CASE("attacks are measured before and after what they found was labelled, for both arms") {
  const AttacksSettings settings = Small();
  const test::ScratchFolder scratch;
  const auto results = RunAttacks(settings, {}, {.folder = scratch / "out", .seeds = 1});
  REQUIRE_MESSAGE(results.ok(), results.error().message);
  REQUIRE(results->size() == 1);
  const AttacksSeed& seed = results->front();
  REQUIRE(seed.figures.size() == 4);
  for (const AttacksFigures& of : seed.figures) {
    CHECK(of.fooled >= 0.0);
    CHECK(of.lowest >= 0.0);
    CHECK(of.even_misses >= 0.0);
    CHECK(of.auc > 0.5);
    CHECK(of.cost_ratio > 0.0);
  }
  // Both arms begin with the same model, and go on from different labels.
  const AttacksFigures& found = *seed.Find(AttacksArm::kFound, 0);
  const AttacksFigures& even = *seed.Find(AttacksArm::kEven, 0);
  CHECK(found.lowest == even.lowest);
  CHECK(found.auc == even.auc);
  CHECK(seed.Find(AttacksArm::kFound, 1)->lowest != seed.Find(AttacksArm::kEven, 1)->lowest);
  CHECK(seed.Find(AttacksArm::kFound, 1)->lowest != found.lowest);

  // What is there is taken from there.
  const std::string before = test::TextOf(scratch / "out/seed-0.json");
  const auto again = RunAttacks(settings, {}, {.folder = scratch / "out", .seeds = 1});
  REQUIRE(again.ok());
  CHECK(EncodeSeed(again->front(), settings) == before);
}

TEST_CASE("the seeds of an experiment on attacks are summed up by arm and round") {
  AttacksSettings settings = Small();
  const std::vector<AttacksSeed> seeds{Told(0, 0.1), Told(1, 0.3)};
  const std::vector<RoundSummary> rounds = Summarise(settings, seeds);
  REQUIRE(rounds.size() == 4);
  CHECK(rounds[0].lowest.value == doctest::Approx(0.2));
  CHECK(rounds[1].lowest.value == doctest::Approx(0.3));
  CHECK(rounds[3].lowest.value == doctest::Approx(0.5));
  CHECK(rounds[0].lowest.low == doctest::Approx(0.1));
  CHECK(rounds[0].lowest.high == doctest::Approx(0.3));
  CHECK(std::isnan(rounds[0].auc.value));
  CHECK(Contains(AttacksText(rounds), "even    1      50"));
  CHECK(AttacksCsv(seeds).starts_with("seed,labels,round,fooled"));
  CHECK(Contains(AttacksCsv(seeds), "1,even,1,0.5,0.6,,,"));
  CHECK(AttacksSvg(settings, rounds).starts_with("<svg"));
}

TEST_CASE("a seed's file of attacks that is damaged or of other settings is refused") {
  const AttacksSettings settings = Small();
  const std::string text = EncodeSeed(Told(3, 0.1), settings);
  const auto read = DecodeSeed(text, settings, "seed-3.json");
  REQUIRE(read.ok());
  CHECK(EncodeSeed(*read, settings) == text);
  AttacksSettings other = settings;
  other.attack.depth_m = 0.1;
  CHECK_FALSE(DecodeSeed(text, other, "seed-3.json").ok());
  AttacksSettings longer = settings;
  AttacksSeed lacking = Told(3, 0.1);
  lacking.figures.pop_back();
  const auto refused = DecodeSeed(EncodeSeed(lacking, longer), longer, "seed-3.json");
  REQUIRE_FALSE(refused.ok());
  CHECK(Contains(refused.error().message, "it lacks round 1 of 'even'"));
}

}  // namespace
}  // namespace lookout::app
