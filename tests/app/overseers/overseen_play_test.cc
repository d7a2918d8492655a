#include "app/overseers/play/overseen_play.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "agents/policies/scripted/scripted_policies.h"
#include "agents/rollout/stepper.h"
#include "app/overseers/ledger_report.h"
#include "app/overseers/overseer_spec.h"
#include "app/runs/saved_policy.h"
#include "sim/config/config_file.h"
#include "tests/support/contains.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

sim::EnvironmentConfig ShortGoal() {
  auto config = sim::ConfigForId("Safexp-PointGoal2-v0");
  REQUIRE(config.ok());
  config->num_steps = 250;
  return *config;
}

// The heedless script in short episodes.
OverseenPlay PlayUnder(const sim::EnvironmentConfig& config, agents::ActionFilterMaker overseers,
                       int episodes, int workers, Project* record = nullptr) {
  const auto make = [&] { return MakeEnvironment(config, {}); };
  const auto environment = make();
  REQUIRE(environment.ok());
  const auto policy = agents::MakeGoToGoalPolicy(config, (*environment)->spec());
  REQUIRE(policy.ok());
  auto play = PlayOverseen(**policy, make,
                           {.episodes = {.episodes = episodes,
                                         .seed = 3,
                                         .workers = workers,
                                         .make_filter = std::move(overseers)},
                            .person_s_per_step = 0.02,
                            .record = record});
  REQUIRE_MESSAGE(play.ok(), (play.ok() ? "" : play.error().message));
  return std::move(*play);
}

OverseenPlay Play(const std::string& overseer, int episodes, int workers,
                  Project* record = nullptr) {
  auto overseers = MakeOverseers(overseer, ShortGoal());
  REQUIRE(overseers.ok());
  return PlayUnder(ShortGoal(), std::move(*overseers), episodes, workers, record);
}

// The step, from 1, of the first cost in the episode of that seed that nobody oversees.
std::int64_t FirstCost(std::uint32_t seed) {
  const auto environment = MakeEnvironment(ShortGoal(), {});
  REQUIRE(environment.ok());
  const auto policy = agents::MakeGoToGoalPolicy(ShortGoal(), (*environment)->spec());
  REQUIRE((*environment)->Reset(seed).ok());
  const auto memory = (*policy)->NewMemory();
  RandomState random(seed);
  agents::Stepper stepper(**environment, nullptr);
  stepper.BeginEpisode();
  for (int step = 1; step <= ShortGoal().num_steps; ++step) {
    if (stepper.Step(**policy, *memory, random).result.costs.total > 0.0) return step;
  }
  return 0;
}

TEST_CASE("the account is the same for any number of workers, recorded or not") {
  const std::string person = "person:misses=0.3,does=drive";
  const agents::LedgerCounts one = Play(person, 6, 1).ledger.Total();
  CHECK(one.blocks > 0);
  CHECK(one.episodes == 6);
  CHECK(Play(person, 6, 3).ledger.Total() == one);
}

TEST_CASE("an attentive person makes violations rarer than nobody does") {
  const agents::LedgerCounts alone = Play("", 6, 2).ledger.Total();
  const agents::LedgerCounts watched = Play("person:misses=0,lag=0.1", 6, 2).ledger.Total();
  CHECK(alone.violations.steps > 20);
  CHECK(alone.blocks == 0);
  CHECK(2 * watched.violations.steps < alone.violations.steps);
}

TEST_CASE("blocks are settled by looking ahead, which a careful look-ahead has no need of") {
  const auto settled = [](const std::string& overseer) {
    auto config = *sim::ConfigForId("Safexp-PointGoal1-v0");  // fewer things to simulate
    config.num_steps = 150;
    auto overseers =
        MakeOverseers(overseer, config, sim::CameraFactory(), OverseerUse{.settles = true});
    REQUIRE(overseers.ok());
    return PlayUnder(config, std::move(*overseers), 1, 1).ledger.Total();
  };
  const agents::LedgerCounts person = settled("person:misses=0,foresight=3");
  CHECK(person.settled_blocks == person.blocks);
  CHECK(person.false_blocks > 0);  // so far ahead nothing had to be done yet
  const agents::LedgerCounts ahead = settled("lookahead");
  CHECK(ahead.settled_blocks == ahead.blocks);
  CHECK(ahead.false_blocks == 0);
  CHECK(ahead.violations.steps == 0);
}

TEST_CASE("the account can be made again from what was recorded") {
  const test::ScratchFolder scratch;
  auto project = Project::Open(scratch / "study.lookout", ProjectAccess::kReadWrite);
  REQUIRE(project.ok());
  const OverseenPlay play = Play("person:misses=0.3", 3, 2, project->get());
  const agents::LedgerCounts told = play.ledger.Total();
  const auto stored = (*project)->Episodes();
  REQUIRE(stored.ok());
  REQUIRE(stored->size() == 3);
  agents::OverseerLedger again;
  std::int64_t steps = 0;
  std::int64_t costly = 0;
  std::int64_t braked = 0;
  for (const StoredEpisode& episode : *stored) {
    CHECK(episode.finished);
    const auto chunks = (*project)->LoadSteps(episode.header.id);
    REQUIRE(chunks.ok());
    again.AddRecorded(*chunks, 0.02);
    // By hand, without the account's own rules.
    for (const sim::ChunkPtr& chunk : *chunks) {
      for (const sim::StepRecord& step : chunk->steps) {
        if (step.executed_action.size() == 0) continue;
        ++steps;
        if (step.costs.total > 0.0) ++costly;
        if (step.overseer != nullptr) {
          CHECK(*step.overseer == "Simulated person");
          CHECK(step.source == sim::ActionSource::kOverseer);
          if (step.proposed_action.size() > 0) ++braked;
        }
      }
    }
  }
  CHECK(steps == told.steps);
  CHECK(costly == told.violations.steps + told.start_steps);
  CHECK(braked >= told.blocks);
  agents::LedgerCounts recorded = again.Total();
  CHECK(recorded.total_return == doctest::Approx(told.total_return).epsilon(1e-5));
  recorded.total_return = told.total_return;  // a recording has single precision
  CHECK(recorded.person_s == doctest::Approx(told.person_s));
  CHECK(recorded == told);
}

TEST_CASE("every episode that something was charged in is told, and can be played again") {
  const OverseenPlay play = Play("", 6, 2);
  std::int64_t violations = 0;
  for (const CostlyEpisode& episode : play.costly) violations += episode.violation_steps;
  CHECK(violations == play.ledger.Total().violations.steps);
  REQUIRE(play.costly.size() == static_cast<std::size_t>(play.ledger.Total().unsafe_episodes));
  REQUIRE_FALSE(play.costly.empty());
  const CostlyEpisode& last = play.costly.back();
  CHECK(FirstCost(last.seed) == last.first_step);
  const auto json = CostlyEpisodesToJson(play.costly);
  CHECK(json.back()["seed"] == last.seed);
  CHECK(json.back()["first_step"] == last.first_step);
  const std::string text = CostlyEpisodesText(play.costly);
  CHECK(Contains(text, fmt::format("seed {}: ", last.seed)));
  CHECK(Contains(text, fmt::format("from step {} on", last.first_step)));
  CHECK(CostlyEpisodesText({}).empty());
}

TEST_CASE("the report says what the account holds, as text and as JSON") {
  const agents::LedgerCounts counts = Play("person:misses=0", 2, 1).ledger.Total();
  const std::vector<sim::CostKind> kinds = {sim::CostKind::kHazards};
  const auto json = LedgerToJson(counts, kinds, 1e6);
  CHECK(json["blocks"] == counts.blocks);
  CHECK(json["violations"]["steps"] == counts.violations.steps);
  CHECK(json["violations_by_kind"].contains("hazards"));
  CHECK(json["projected_person_hours"] == doctest::Approx(1e6 * 0.02 / 3600.0));
  CHECK(json["false_block_share"].is_null());
  const std::string text = LedgerText(counts, kinds, 1e6);
  CHECK(text.find("5.56 hours") != std::string::npos);
  CHECK(text.find("Simulated person") != std::string::npos);
}

}  // namespace
}  // namespace lookout::app
