#include "app/experiments/loop/run_loop.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "agents/rl/settings/settings.h"
#include "app/experiments/loop/loop_files.h"
#include "app/experiments/loop/loop_seeds.h"
#include "tests/app/experiments/tiny_support.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

// Hazards look dangerous from so far off that an agent that knows nothing comes across some.
LoopSettings Small() {
  LoopSettings settings;
  settings.environment = test::ShortPointGoal1(150);
  settings.annotator = "Ann: distance hazard < 0.6; flip 0.05";
  settings.training = test::TinyTraining(settings.environment.robot_base, 1800);
  settings.rounds = 2;
  settings.answers = 24;
  settings.batch = 6;
  settings.clip_steps = 25;
  settings.asked_episodes = 6;
  settings.audit_clips = 10;
  settings.audit_episodes = 6;
  settings.evaluation_episodes = 4;
  return settings;
}

TEST_CASE("the loop trains, asks and audits in rounds") {
  const test::ScratchFolder scratch;
  const auto rounds = RunLoop(Small(), {}, {.folder = scratch / "one"});
  REQUIRE_MESSAGE(rounds.ok(), rounds.error().message);
  REQUIRE(rounds->size() == 3);
  CHECK((*rounds)[0].steps == 600);
  CHECK((*rounds)[2].steps == 1800);
  CHECK((*rounds)[0].asked == 12);
  CHECK((*rounds)[0].unsafe_asked > 0);
  CHECK((*rounds)[2].asked == 0);
  CHECK((*rounds)[2].answers == 24 + 3 * 10);
  CHECK((*rounds)[2].viewing_minutes == doctest::Approx(54 * 25 * 0.02 / 60.0));
  // There is no model before the first answers; afterwards it is held to the limit.
  CHECK(std::isnan((*rounds)[0].figures.learned_cost.value));
  CHECK(std::isnan((*rounds)[0].limit));
  CHECK((*rounds)[0].refitted_cost > 0.0);
  CHECK((*rounds)[1].limit == 25.0);
  CHECK((*rounds)[1].figures.learned_cost.value > 0.0);
  CHECK((*rounds)[2].audit.audited.high > (*rounds)[2].audit.audited.low);
}

// With another number of workers, and the last round done by another program.
TEST_CASE("the loop goes on where it was stopped, whatever the number of workers") {
  const test::ScratchFolder scratch;
  const std::filesystem::path one = scratch / "one";
  const auto rounds = RunLoop(Small(), {}, {.folder = one});
  REQUIRE_MESSAGE(rounds.ok(), rounds.error().message);
  LoopSettings two = Small();
  two.training.workers = 2;
  const std::filesystem::path other = scratch / "two";
  int calls = 0;
  const auto stopped =
      RunLoop(two, {}, {.folder = other, .progress = [&](double) {
                          return !std::filesystem::exists(other / "round-1.json") || ++calls < 3;
                        }});
  REQUIRE_FALSE(stopped.ok());
  CHECK(stopped.error().message.find("stopped") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(other / "round-2.json"));
  int done = 0;
  const auto resumed =
      RunLoop(two, {}, {.folder = other, .round_done = [&](const LoopRound&) { ++done; }});
  REQUIRE_MESSAGE(resumed.ok(), resumed.error().message);
  CHECK(done == 3);
  CHECK(LoopCsv(*resumed) == LoopCsv(*rounds));
  for (const char* file :
       {"round-2.json", "round-2/policy.lookout", "round-1/cost_model.lookout"}) {
    CHECK(test::TextOf(one / file) == test::TextOf(other / file));
  }
  // A round is not trained without the model of the round before.
  std::filesystem::remove(other / "round-2.json");
  std::filesystem::remove(other / "round-1/cost_model.lookout");
  const auto lost = RunLoop(two, {}, {.folder = other});
  REQUIRE_FALSE(lost.ok());
  CHECK(lost.error().message.find("round-1/cost_model.lookout is missing") != std::string::npos);
  LoopSettings changed = Small();
  changed.training.cost_limit = 20.0;
  const auto refused = RunLoop(changed, {}, {.folder = one});
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("was made with other settings") != std::string::npos);
}

TEST_CASE("held to the audit's upper end, training is given a limit that is scaled by it") {
  LoopSettings settings = Small();
  settings.rounds = 1;
  settings.answers = 18;
  settings.training.total_steps = 1200;
  settings.constrain = LoopConstraint::kAuditUpper;
  const test::ScratchFolder scratch;
  const auto rounds = RunLoop(settings, {}, {.folder = scratch / "out"});
  REQUIRE_MESSAGE(rounds.ok(), rounds.error().message);
  const LoopRound& first = rounds->front();
  CHECK(rounds->back().limit ==
        doctest::Approx(25.0 * first.refitted_cost / first.audit.audited.high));
  CHECK(rounds->back().limit != 25.0);
}

TEST_CASE("a round's file says what the round came to, and a damaged one is refused by name") {
  const LoopSettings settings = Small();
  LoopRound round{.round = 1, .steps = 1200, .limit = 25.0};
  round.figures.true_cost = {30.0, 20.0, 40.0};
  round.feedback.push_back({.episodes = {EpisodeId{7}},
                            .kind = "span",
                            .version = 2,
                            .content = "{}",
                            .annotator = "Ann"});
  const auto read = DecodeRound(EncodeRound(round, settings), settings, "round-1.json");
  REQUIRE_MESSAGE(read.ok(), read.error().message);
  CHECK(read->figures.true_cost.high == 40.0);
  CHECK(std::isnan(read->figures.learned_cost.value));
  CHECK(read->feedback == round.feedback);
  const auto damaged = DecodeRound("{\"settings\": 1, \"round\": 1}", settings, "out/round-1.json");
  REQUIRE_FALSE(damaged.ok());
  CHECK(damaged.error().message.starts_with("out/round-1.json is not a round"));

  CHECK(LoopSvg(settings, {&round, 1}).starts_with("<svg"));
  const auto json = nlohmann::json::parse(LoopJson(settings, {&round, 1}, "lookout loop"));
  CHECK(json["rounds"][0]["true_cost"]["low"] == 20.0);
}

TEST_CASE("no two purposes of a loop have a seed in common, training among them") {
  for (const std::uint32_t seed : {0U, 1U, 2U, 999U, 4'000'000'000U}) {
    LoopSettings settings = Small();
    settings.training.seed = seed;
    settings.training.total_steps = 3'000'000;
    const LoopSeeds seeds(settings);
    std::vector<std::uint64_t> begins;
    for (int round = 0; round <= settings.rounds; ++round) {
      begins.insert(begins.end(),
                    {seeds.asked(round), seeds.audited(round), seeds.evaluated(round)});
    }
    std::ranges::sort(begins);
    for (std::size_t i = 1; i < begins.size(); ++i) {
      CHECK(begins[i] - begins[i - 1] >= seeds.each());
    }
    const std::uint64_t end = begins.back() + seeds.each();
    const auto environments = static_cast<std::uint32_t>(settings.training.environments);
    for (std::uint32_t i = 0; i < environments; ++i) {
      const std::uint64_t first = agents::StreamSeed(seed, agents::Stream::kEpisodes, i);
      CHECK((first >= end || first + 3'000'000 / environments < begins.front()));
    }
  }
}

}  // namespace
}  // namespace lookout::app
