#include "app/experiments/unblocked/run_unblocked.h"

#include <doctest/doctest.h>

#include <cmath>
#include <filesystem>
#include <string>

#include "app/experiments/unblocked/unblocked_report.h"
#include "tests/app/experiments/tiny_support.h"
#include "tests/support/contains.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

// So many hazards that an agent that knows nothing comes across some.
UnblockedStudySettings Small() {
  UnblockedStudySettings settings;
  settings.environment = test::ShortPointGoal1(100);
  settings.environment.hazards.num = 20;
  settings.environment.hazards.keepout_m = 0.2;
  settings.annotator = "oracle: cost";
  settings.training = test::TinyTraining(settings.environment.robot_base, 600);
  settings.training.cost_limit = 3.0;
  settings.rounds = 1;
  settings.answers = 20;
  settings.batch = 10;
  settings.ways = 2;
  settings.way_clips = 3;
  settings.asked_episodes = 10;
  settings.evaluation_episodes = 4;
  settings.iteration_steps = 300;
  settings.environments = 3;
  return settings;
}

UnblockedRound Told(int round, double true_cost, double learned_cost) {
  UnblockedRound told{.round = round,
                      .total_reward = {3.0, 2.5, 3.5},
                      .true_cost = {true_cost, true_cost - 1.0, true_cost + 1.0},
                      .learned_cost = {learned_cost, learned_cost, learned_cost}};
  told.cost_by_kind[static_cast<std::size_t>(sim::CostKind::kVasesContact)] = true_cost;
  told.iteration_true = {0.0, NAN, true_cost};
  told.iteration_learned = {NAN, NAN, learned_cost};
  told.answers = 20;
  return told;
}

// The second agent goes through vases, of which a way tells.
UnblockedSeed Told(std::uint32_t seed) {
  UnblockedSeed result{.seed = seed, .rounds = {Told(0, 40.0, NAN), Told(1, 20.0, 1.0)}};
  result.rounds[1].ways.push_back({.words = "near vases, 0.10 m",
                                   .near = "vase",
                                   .cost = {18.0, 17.0, 19.0},
                                   .cost_unmarked = 16.0 + seed,
                                   .predicted = 0.5,
                                   .episode_share = 1.0,
                                   .judged = 3,
                                   .unsafe = 2});
  return result;
}

TEST_CASE("agents are trained, compared and judged in rounds, and what is there is kept") {
  const UnblockedStudySettings settings = Small();
  const test::ScratchFolder scratch;
  const auto results = RunUnblocked(settings, {}, {.folder = scratch / "out", .seeds = 1});
  REQUIRE_MESSAGE(results.ok(), results.error().message);
  const UnblockedSeed& seed = results->front();
  REQUIRE(seed.rounds.size() == 2);
  CHECK(std::isnan(seed.rounds[0].learned_cost.value));
  CHECK(seed.rounds[0].ways.empty());
  CHECK(seed.rounds[0].answers == 20);
  CHECK(seed.rounds[0].true_cost.value > 0.0);
  CHECK(seed.rounds[0].danger() == "hazard");
  CHECK(seed.rounds[1].learned_cost.value > 0.0);
  CHECK(seed.rounds[1].iteration_learned.size() == 2);
  CHECK(seed.rounds[1].answers <= 20 + 2 * 3);
  for (const char* file :
       {"round-0/policy.lookout", "round-1/policy.lookout", "round-1/cost_model.lookout"}) {
    CHECK(std::filesystem::exists(std::filesystem::path(scratch / "out/seed-0") / file));
  }
  CHECK_FALSE(std::filesystem::exists(scratch / "out/seed-0/round-0/cost_model.lookout"));
  const std::string before = test::TextOf(scratch / "out/seed-0.json");
  std::filesystem::remove_all(scratch / "out/seed-0");
  const auto again = RunUnblocked(settings, {}, {.folder = scratch / "out", .seeds = 1});
  REQUIRE(again.ok());
  CHECK(EncodeSeed(again->front(), settings) == before);
  CHECK_FALSE(std::filesystem::exists(scratch / "out/seed-0"));
}

TEST_CASE("the seeds of an experiment on unblocked ways are summed up by round") {
  const UnblockedStudySettings settings = Small();
  std::vector<UnblockedSeed> seeds{Told(0), Told(1)};
  seeds[1].rounds[1].ways[0].near = "hazard";  // which is not what the cost comes from
  const auto rounds = Summarise(settings, seeds);
  REQUIRE(rounds.size() == 2);
  CHECK(rounds[0].true_cost.value == doctest::Approx(40.0));
  CHECK(rounds[1].learned_cost.value == doctest::Approx(1.0));
  CHECK(rounds[1].unmarked.value == doctest::Approx(16.5));
  CHECK(rounds[1].unmarked.low == doctest::Approx(16.0));
  CHECK(rounds[1].costly == 2);
  CHECK(rounds[1].named == 1);
  const std::string text = UnblockedStudyText(settings, seeds, rounds);
  CHECK(Contains(text, "1 of 2"));
  CHECK(Contains(text, "seed 0, round 1: near vases, 0.10 m (2 of 3 clips called unsafe)"));
  CHECK(Contains(text, "vases_contact 20.0"));
  CHECK(Contains(UnblockedCsv(seeds), "1,1,3,20,1,vase,0,1,20"));
  CHECK(UnblockedSvg(settings, seeds, rounds).starts_with("<svg"));
  CHECK(Contains(UnblockedJson(settings, seeds, rounds, "again"), "\"command\": \"again\""));
}

TEST_CASE("a seed's file of unblocked ways that is damaged or of other settings is refused") {
  const UnblockedStudySettings settings = Small();
  const std::string text = EncodeSeed(Told(3), settings);
  const auto read = DecodeSeed(text, settings, "seed-3.json");
  REQUIRE_MESSAGE(read.ok(), read.error().message);
  CHECK(EncodeSeed(*read, settings) == text);
  CHECK(read->rounds[1].named());
  UnblockedStudySettings other = settings;
  other.way_clips = 4;
  CHECK_FALSE(DecodeSeed(text, other, "seed-3.json").ok());
  UnblockedSeed wrong = Told(3);
  wrong.rounds[1].ways[0].unsafe = 4;
  const auto refused = DecodeSeed(EncodeSeed(wrong, settings), settings, "seed-3.json");
  REQUIRE_FALSE(refused.ok());
  CHECK(Contains(refused.error().message, "more clips of a way are unsafe than were judged"));
}

TEST_CASE("an annotator of the experiment goes by costs alone") {
  UnblockedStudySettings settings = Small();
  settings.annotator = "Ann: distance vase < 0.4";
  const test::ScratchFolder scratch;
  const auto refused = RunUnblocked(settings, {}, {.folder = scratch / "out", .seeds = 1});
  REQUIRE_FALSE(refused.ok());
  CHECK(Contains(refused.error().message, "goes by costs alone"));
}

}  // namespace
}  // namespace lookout::app
