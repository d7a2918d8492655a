#include "app/experiments/loop/run_loop.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "agents/feedback/kinds/mark.h"
#include "agents/rl/settings/settings.h"
#include "app/experiments/loop/loop_files.h"
#include "app/experiments/loop/loop_seeds.h"
#include "tests/app/experiments/tiny_support.h"
#include "tests/support/contains.h"
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
}

TEST_CASE("the loop goes on from nothing that is missing, damaged or of another loop") {
  const test::ScratchFolder scratch;
  const std::filesystem::path other = scratch / "two";
  LoopSettings two = Small();
  two.training.workers = 2;
  REQUIRE(RunLoop(two, {}, {.folder = other}).ok());
  // A round is not trained without the model of the round before.
  std::filesystem::remove(other / "round-2.json");
  std::filesystem::remove(other / "round-1/cost_model.lookout");
  const auto refusal = [&] {
    const auto refused = RunLoop(two, {}, {.folder = other});
    return refused ? std::string() : refused.error().message;
  };
  CHECK(Contains(refusal(), "round-1/cost_model.lookout is missing"));
  // Nor is one gone on with whose agent is damaged, or that is another one.
  const std::filesystem::path checkpoint = other / "round-1/checkpoint.lookout";
  const std::string whole = test::TextOf(checkpoint);
  REQUIRE(WriteWholeFile(checkpoint, whole.substr(0, whole.size() / 2)));
  CHECK(Contains(refusal(), checkpoint.string() + ": The checkpoint is cut short"));
  CHECK(Contains(refusal(), "round-1.json and all after it"));
  std::filesystem::copy_file(other / "round-0.json", other / "round-1.json",
                             std::filesystem::copy_options::overwrite_existing);
  CHECK(Contains(refusal(), "round-1.json is damaged: it is of round 0 after 600 steps, not"));
  LoopSettings changed = Small();
  changed.training.cost_limit = 20.0;
  const auto refused = RunLoop(changed, {}, {.folder = other});
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
  round.figures.total_reward = round.figures.meant_cost = round.figures.true_cost;
  round.audit.audited = round.figures.true_cost;
  const agents::FeedbackRecord mark = agents::RecordOf(
      agents::Mark{.episode = EpisodeId{7}, .first_step = 3, .last_step = 9, .annotator = "Ann"});
  round.feedback.push_back({.episodes = mark.episodes,
                            .kind = mark.kind,
                            .version = mark.version,
                            .content = mark.content,
                            .annotator = mark.annotator});
  const auto read = DecodeRound(EncodeRound(round, settings), settings, "round-1.json");
  REQUIRE_MESSAGE(read.ok(), read.error().message);
  CHECK(read->figures.true_cost.high == 40.0);
  CHECK(std::isnan(read->figures.learned_cost.value));
  CHECK(read->feedback == round.feedback);
  const auto damaged = DecodeRound("{\"settings\": 1, \"round\": 1}", settings, "out/round-1.json");
  REQUIRE_FALSE(damaged.ok());
  CHECK(damaged.error().message.starts_with("out/round-1.json is not a round"));
  const auto changed = [&](const char* name, const nlohmann::json& value) {
    auto json = nlohmann::json::parse(EncodeRound(round, settings));
    json[name] = value;
    const auto refused = DecodeRound(json.dump(), settings, "round-1.json");
    return refused ? std::string() : refused.error().message;
  };
  CHECK(
      Contains(changed("refitted_cost", -3.0), "round-1.json is damaged: its 'refitted_cost' is "));
  CHECK(Contains(changed("viewing_minutes", nullptr), "its 'viewing_minutes' is null"));
  CHECK(Contains(changed("true_cost", {{"value", nullptr}, {"low", 1}, {"high", 2}}), "true_cost"));
  CHECK(Contains(changed("unsafe_asked", 5), "more of its clips are unsafe than there are"));
  CHECK(Contains(changed("feedback", {{{"episode", 1}}}), "'feedback' is no list of answers"));

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
