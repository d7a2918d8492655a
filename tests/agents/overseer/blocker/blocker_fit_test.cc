#include "agents/overseer/blocker/blocker_fit.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>
#include <string>

#include "tests/agents/overseer/blocker/blocker_support.h"
#include "tests/support/contains.h"

namespace lookout::agents {
namespace {

std::set<std::int64_t> EpisodesOf(const BlockerData& data, const std::vector<int>& rows) {
  std::set<std::int64_t> episodes;
  for (const int row : rows) episodes.insert(data.episode[std::size_t(row)]);
  return episodes;
}

TEST_CASE("the split keeps episodes whole, and every part has blocks") {
  const BlockerData data = test::WallData(20);
  const auto split = SplitBlockerData(data, 4);
  REQUIRE(split.ok());
  CHECK(split->fit.size() + split->threshold.size() + split->report.size() ==
        std::size_t(data.rows()));
  const auto fit = EpisodesOf(data, split->fit);
  const auto threshold = EpisodesOf(data, split->threshold);
  const auto report = EpisodesOf(data, split->report);
  CHECK(fit.size() + threshold.size() + report.size() == 20);
  for (const auto& rows : {split->fit, split->threshold, split->report}) {
    CHECK(std::ranges::any_of(rows, [&](int row) { return data.blocked[std::size_t(row)] != 0; }));
  }
}

TEST_CASE("a blocker learns what the overseer blocks, in episodes that it has not seen") {
  const auto model = FitBlocker(test::WallData(60), test::QuickFit(), "Ann", "Wall");
  REQUIRE_MESSAGE(model.ok(), model.error().message);
  CHECK((*model)->report.auc > 0.98);
  const BlockerData unseen = test::WallData(20, 99);
  const BlockerScores scores = ScoreRows(**model, unseen);
  const BlockerConsequences at = ConsequencesAt(scores.rows(), (*model)->threshold);
  CHECK(at.overseer_blocks > 50);
  CHECK(at.missed_start_share().value < 0.06);
  CHECK(at.false_block_share().value < 0.15);
}

TEST_CASE("both rules are reported with what they cost, and one odd mark costs the lowest dear") {
  BlockerSettings settings = test::QuickFit();
  settings.alpha = 0.1;
  const auto model = FitBlocker(test::WallData(120, 1, 0.01), settings, "Ann", "Wall");
  REQUIRE(model.ok());
  const std::vector<RuleReport>& rules = (*model)->report.rules;
  REQUIRE(rules.size() == 2);
  CHECK(rules[0].rule == ThresholdRule::kConformal);
  CHECK((*model)->threshold == rules[0].consequences.threshold);
  CHECK(rules[1].consequences.threshold < rules[0].consequences.threshold);
  CHECK(rules[1].consequences.false_blocks > rules[0].consequences.false_blocks);
  CHECK((*model)->report.table.size() >= 4);
}

TEST_CASE("scores are probabilities: they sum to what is blocked") {
  const auto model = FitBlocker(test::WallData(60, 1, 0.05), test::QuickFit(), "Ann", "Wall");
  REQUIRE(model.ok());
  const BlockerScores scores = ScoreRows(**model, test::WallData(40, 50, 0.05));
  double sum = 0.0;
  for (const float score : scores.scores) sum += double(score);
  const auto blocked = double(std::ranges::count(scores.blocked, 1));
  CHECK(sum == doctest::Approx(blocked).epsilon(0.2));
}

TEST_CASE("the same data and seed give the same bytes for any number of workers") {
  const BlockerData data = test::WallData(30);
  BlockerSettings settings = test::QuickFit();
  settings.updates = 60;
  settings.rule = ThresholdRule::kLowest;
  const std::string one = EncodeBlocker(**FitBlocker(data, settings, "Ann", "Wall"));
  settings.workers = 3;
  CHECK(EncodeBlocker(**FitBlocker(data, settings, "Ann", "Wall")) == one);
  settings.seed = 1;
  CHECK(EncodeBlocker(**FitBlocker(data, settings, "Ann", "Wall")) != one);
}

TEST_CASE("what was kept for the threshold is told in runs and episodes") {
  const auto model = FitBlocker(test::WallData(60), test::QuickFit(), "Ann", "Wall");
  REQUIRE(model.ok());
  const BlockerReport& report = (*model)->report;
  CHECK(report.threshold_episodes >= 19);
  CHECK(report.threshold_episodes <= 24);
  CHECK(report.threshold_runs > report.threshold_episodes);
  CHECK(report.threshold_runs < report.threshold_blocks);
}

TEST_CASE("too few blocks for the rule are refused with what is lacking, not fitted loosely") {
  BlockerSettings settings = test::QuickFit();
  settings.updates = 20;
  const BlockerData few = test::WallData(6);
  const auto refused = FitBlocker(few, settings, "Ann", "Wall");
  REQUIRE_FALSE(refused.ok());
  CHECK(Contains(refused.error().message, "episodes with blocks that are kept for the threshold"));
  settings.rule = ThresholdRule::kLowest;
  const auto fitted = FitBlocker(few, settings, "Ann", "Wall");
  REQUIRE(fitted.ok());
  CHECK(Contains((*fitted)->report.rules[0].refusal, "takes 19 episodes"));
}

TEST_CASE("data without blocks, or of nothing else, are refused") {
  BlockerData data = test::WallData(10);
  std::ranges::fill(data.blocked, 0);
  CHECK_FALSE(FitBlocker(data, test::QuickFit(), "Ann", "Wall").ok());
  std::ranges::fill(data.blocked, 1);
  CHECK_FALSE(FitBlocker(data, test::QuickFit(), "Ann", "Wall").ok());
}

TEST_CASE("a fit that is stopped says so") {
  BlockerSettings settings = test::QuickFit();
  settings.rule = ThresholdRule::kLowest;
  const auto stopped =
      FitBlocker(test::WallData(20), settings, "Ann", "Wall", [](double) { return false; });
  REQUIRE_FALSE(stopped.ok());
  CHECK(Contains(stopped.error().message, "stopped"));
}

TEST_CASE("about one row in a hundred of the kind that was learned counts as unknown") {
  const auto model = FitBlocker(test::WallData(60), test::QuickFit(), "Ann", "Wall");
  REQUIRE(model.ok());
  const BlockerScores same = ScoreRows(**model, test::WallData(40, 50));
  CHECK(double(std::ranges::count(same.unknown, 1)) / double(same.unknown.size()) < 0.04);
  BlockerData other = test::WallData(5, 50);
  for (float& value : other.observations) value += 30.0F;
  const BlockerScores far = ScoreRows(**model, other);
  CHECK(std::ranges::count(far.unknown, 1) == std::ssize(far.unknown));
}

}  // namespace
}  // namespace lookout::agents
