#include "agents/overseer/ledger.h"

#include <doctest/doctest.h>

#include <memory>
#include <random>
#include <vector>

namespace lookout::agents {
namespace {

using sim::ActionSource;
using sim::CostKind;

sim::Costs Charged(std::initializer_list<CostKind> kinds) {
  sim::Costs costs;
  for (const CostKind kind : kinds) costs.by_kind[static_cast<std::size_t>(kind)] = 1.0;
  costs.total = kinds.size() > 0 ? 1.0 : 0.0;
  return costs;
}

OverseenStep Step(std::initializer_list<CostKind> kinds) {
  return {.reward = 0.5, .costs = Charged(kinds), .overseer = {}};
}

OverseenStep Blocked(std::string_view by, BlockVerdict verdict = BlockVerdict::kNotSettled) {
  return {.costs = {},
          .source = ActionSource::kOverseer,
          .overseer = by,
          .blocked = true,
          .verdict = verdict};
}

TEST_CASE("a stretch of cost counts its steps and begins once, of each kind and of all") {
  OverseerLedger ledger;
  ledger.BeginEpisode();
  const std::vector<std::initializer_list<CostKind>> steps = {
      {}, {CostKind::kHazards}, {CostKind::kHazards, CostKind::kPillars}, {CostKind::kPillars},
      {}, {CostKind::kHazards}};
  for (const auto& kinds : steps) ledger.Add(Step(kinds));
  const LedgerCounts counts = ledger.Total();
  CHECK(counts.steps == 6);
  CHECK(counts.violations == ViolationCount{4, 2});
  CHECK(counts.by_kind[std::size_t(CostKind::kHazards)] == ViolationCount{3, 2});
  CHECK(counts.by_kind[std::size_t(CostKind::kPillars)] == ViolationCount{2, 1});
  CHECK(counts.unsafe_episodes == 1);
  CHECK(counts.starts_in_cost == 0);
  CHECK(MeanReturn(counts) == 3.0);
}

TEST_CASE("who starts in cost is not to blame for it, but for coming into something else") {
  OverseerLedger ledger;
  ledger.BeginEpisode();
  ledger.Add(Step({CostKind::kHazards}));
  ledger.Add(Step({CostKind::kHazards}));
  ledger.Add(Step({CostKind::kHazards, CostKind::kPillars}));
  ledger.Add(Step({}));
  CHECK(ledger.Total().starts_in_cost == 1);
  CHECK(ledger.Total().start_steps == 2);
  CHECK(ledger.Total().violations == ViolationCount{1, 1});
  ledger.Add(Step({CostKind::kHazards}));  // it was out, and is to blame now
  CHECK(ledger.Total().violations == ViolationCount{2, 2});
  ledger.BeginEpisode();
  ledger.Add(Step({CostKind::kHazards}));
  CHECK(ledger.Total().starts_in_cost == 2);
  CHECK(ledger.Total().unsafe_episodes == 1);
}

TEST_CASE("cost of no known kind counts as another one") {
  OverseerLedger ledger;
  ledger.BeginEpisode();
  ledger.Add(Step({}));
  OverseenStep other;
  other.costs.total = 2.0;
  ledger.Add(other);
  CHECK(ledger.Total().by_kind[kOtherCost] == ViolationCount{1, 1});
  CHECK(ledger.Total().violations == ViolationCount{1, 1});
}

TEST_CASE(
    "blocks are counted in steps and stretches, by overseer, and as far as they are settled") {
  OverseerLedger ledger;
  ledger.BeginEpisode();
  for (const OverseenStep& step :
       {Blocked("A", BlockVerdict::kFalse), Blocked("A", BlockVerdict::kNeeded), Step({}),
        Blocked("B"), Step({})}) {
    ledger.Add(step);
  }
  OverseenStep same = Blocked("A");
  same.blocked = false;  // stepped in to do what was proposed anyway
  ledger.Add(same);
  const LedgerCounts counts = ledger.Total();
  CHECK(counts.blocks == 3);
  CHECK(counts.block_runs == 2);
  CHECK(counts.overseen_steps == 4);
  CHECK(counts.settled_blocks == 2);
  CHECK(counts.false_blocks == 1);
  CHECK(counts.blocks_by.at("A") == 2);
  CHECK(counts.blocks_by.at("B") == 1);
  CHECK(FalseBlockShare(counts).value == 0.5);
  CHECK(SourceShare(counts, ActionSource::kOverseer) == doctest::Approx(4.0 / 6.0));
}

TEST_CASE("rates are per million steps, and a person's hours are projected at this pace") {
  OverseerLedger ledger;
  ledger.BeginEpisode();
  for (int i = 0; i < 1000; ++i) {
    OverseenStep step = Step({});
    if (i == 500) step = Step({CostKind::kHazards});
    step.person_s = 0.02;
    ledger.Add(step);
  }
  const LedgerCounts counts = ledger.Total();
  CHECK(ViolationsPerMillion(counts).value == doctest::Approx(1000.0));
  CHECK(ViolationsPerMillion(counts).high > 5000.0);
  CHECK(BlocksPerMillion(counts).value == 0.0);
  CHECK(ProjectedHours(counts, 1e6) == doctest::Approx(1e6 * 0.02 / 3600.0));
  CHECK(UnsafeEpisodeShare(counts).value == 1.0);
}

// Episodes of 30 steps in which all sorts of things happen.
std::vector<std::vector<OverseenStep>> Lives(int episodes) {
  std::mt19937 random(3);
  std::uniform_int_distribution<int> draw(0, 9);
  std::vector<std::vector<OverseenStep>> lives(episodes);
  for (auto& life : lives) {
    for (int i = 0; i < 30; ++i) {
      const int drawn = draw(random);
      OverseenStep step = drawn < 2   ? Step({CostKind::kHazards})
                          : drawn < 4 ? Blocked("A")
                                      : Step({});
      step.reward = 0.1 * drawn;
      life.push_back(step);
    }
  }
  return lives;
}

OverseerLedger AccountOf(std::span<const std::vector<OverseenStep>> lives) {
  OverseerLedger ledger;
  for (const auto& life : lives) {
    ledger.BeginEpisode();
    for (const OverseenStep& step : life) ledger.Add(step);
  }
  return ledger;
}

TEST_CASE("an account is the same in however many parts it was made, to the last bit") {
  const auto lives = Lives(12);
  const std::span all(lives);
  const LedgerCounts whole = AccountOf(all).Total();
  for (const std::size_t cut : {0U, 1U, 5U, 12U}) {
    OverseerLedger parts = AccountOf(all.first(cut));
    parts.Append(AccountOf(all.subspan(cut)));
    CHECK(parts.Total() == whole);
  }
}

TEST_CASE("before and after a moment make up the whole") {
  const auto lives = Lives(10);
  const OverseerLedger ledger = AccountOf(lives);
  const LedgerCounts before = ledger.Counts(0, 4);
  const LedgerCounts after = ledger.Counts(4, ledger.episodes());
  CHECK(before == AccountOf(std::span(lives).first(4)).Total());
  CHECK(before.violations.steps + after.violations.steps == ledger.Total().violations.steps);
  CHECK(before.blocks + after.blocks == ledger.Total().blocks);
  CHECK(before.episodes == 4);
}

TEST_CASE("a recorded step is a block where an overseer had something else done") {
  sim::StepRecord record;
  record.executed_action = Eigen::Vector2d(1.0, 0.25);
  record.proposed_action = Eigen::Vector2f(1.5F, 0.25F);  // what the environment clips
  record.overseer = std::make_shared<const std::string>("Guard");
  CHECK_FALSE(OverseenStep::Of(record, 0.0).blocked);
  CHECK(OverseenStep::Of(record, 0.0).overseer == "Guard");
  record.proposed_action[1] = 0.3F;
  CHECK(OverseenStep::Of(record, 0.0).blocked);
  record.overseer = nullptr;  // nobody stepped in, whatever the difference
  CHECK_FALSE(OverseenStep::Of(record, 0.0).blocked);
}

}  // namespace
}  // namespace lookout::agents
