#include "app/experiments/memory/run_memory.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/experiments/memory/memory_files.h"
#include "app/experiments/memory/memory_summary.h"
#include "app/runs/saved_policy.h"
#include "tests/app/experiments/tiny_support.h"
#include "tests/support/contains.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;
using agents::NetworkKind;

MemorySettings TinyMemory() {
  MemorySettings settings;
  settings.worlds = {test::ShortPointGoal1(100), test::ShortPointGoal1(100)};
  settings.worlds[1].id = "half_blind";
  settings.worlds[1].lidar_flicker = 0.5;
  settings.training = test::TinyTraining(settings.worlds[0].robot_base, 1200);
  settings.training.cost_source = agents::CostSource::kRule;
  settings.training.memory_length = 4;
  settings.evaluation_episodes = 2;
  return settings;
}

Result<std::vector<MemoryCell>> DoMemory(const MemoryPlan& plan, const MemoryRun& run,
                                         const MemorySettings& settings) {
  return RunMemory(settings, plan, {}, run, agents::SingleProcess());
}

// But for the times.
void CheckSameCell(const MemoryCell& a, const MemoryCell& b) {
  CHECK(a.key == b.key);
  CHECK(a.total_reward == b.total_reward);
  CHECK(a.cost == b.cost);
  CHECK(a.curve.total_reward == b.curve.total_reward);
}

TEST_CASE("every network learns in every world, and what it came to is told") {
  const test::ScratchFolder scratch;
  const MemorySettings settings = TinyMemory();
  const MemoryPlan plan{.networks = {NetworkKind::kMlp, NetworkKind::kStacked, NetworkKind::kGru,
                                     NetworkKind::kTrxl, NetworkKind::kGtrxl},
                        .step_sizes = {StepSize::kSmall}};
  const auto cells = DoMemory(plan, {.folder = scratch / "one"}, settings);
  REQUIRE_MESSAGE(cells.ok(), cells.error().message);
  REQUIRE(cells->size() == 10);
  for (const MemoryCell& cell : *cells) {
    CHECK(cell.curve.steps == std::vector<double>{600, 1200});
    CHECK(cell.cost.size() == 2);
    CHECK(std::ranges::is_sorted(cell.curve.processor_s));
    // The policy plays wherever any other does.
    const auto policy =
        LoadSavedPolicy(fs::path(scratch / "one") / PolicyFileOf(settings, cell.key));
    REQUIRE_MESSAGE(policy.ok(), policy.error().message);
    CHECK(policy->actor.mean.has_memory() == (cell.key.network != NetworkKind::kMlp));
  }
  const std::vector<MemoryLine> lines = Summarise(*cells, settings, plan);
  const std::string table = MemoryTable(settings, plan, lines);
  CHECK(Contains(table, "| half_blind | small | stacked | "));
  CHECK(Contains(table, "small: --policy-learning-rate 0.001, --target-kl 0.02"));
  CHECK(std::ranges::count(MemoryCsv(settings, *cells), '\n') == 11);
  CHECK(Contains(MemorySvg(settings, plan, lines), ">GTrXL</text>"));
  const auto json = nlohmann::json::parse(MemoryJson(settings, plan, lines, "lookout"));
  CHECK(json["rows"].size() == 10);
  CHECK(json["rows"][0]["return_gain"]["value"].is_null());
  CHECK(json["rows"][1]["return_gain"]["value"].is_number());
  CHECK(json["rows"][7]["curve"]["steps"].size() == 2);
}

TEST_CASE("an experiment on memory goes on where it was stopped, whatever the workers") {
  const test::ScratchFolder scratch;
  const MemorySettings settings = TinyMemory();
  const MemoryPlan plan{.networks = {NetworkKind::kStacked, NetworkKind::kGru},
                        .step_sizes = {StepSize::kUsual}};
  const auto cells = DoMemory(plan, {.folder = scratch / "one"}, settings);
  REQUIRE_MESSAGE(cells.ok(), cells.error().message);
  const fs::path two = scratch / "two";
  const fs::path first = two / FileNameOf(settings, (*cells)[0].key);
  const auto stopped = DoMemory(
      plan, {.folder = two, .progress = [&](int) { return !fs::exists(first); }}, settings);
  REQUIRE_FALSE(stopped.ok());
  CHECK_FALSE(fs::exists(two / FileNameOf(settings, (*cells)[3].key)));
  const auto resumed = DoMemory(plan, {.folder = two, .workers = 2}, settings);
  REQUIRE_MESSAGE(resumed.ok(), resumed.error().message);
  for (std::size_t i = 0; i < cells->size(); ++i) CheckSameCell((*cells)[i], (*resumed)[i]);

  // A further world is added to what is there; other settings are refused.
  MemorySettings more = settings;
  more.worlds.push_back(settings.worlds[0]);
  more.worlds[2].id = "another";
  CHECK(DoMemory(plan, {.folder = two}, more).ok());
  more.training.gamma = 0.9;
  const auto refused = DoMemory(plan, {.folder = two}, more);
  REQUIRE_FALSE(refused.ok());
  CHECK(Contains(refused.error().message, "was made with other settings"));
}

TEST_CASE("step sizes are the same for every network, and training meets none of the episodes") {
  const MemorySettings settings = TinyMemory();
  const auto of = [&](NetworkKind network, StepSize size) {
    return TrainingSettingsOf(settings, {0, network, size, 3});
  };
  CHECK(of(NetworkKind::kGru, StepSize::kSmall).max_gradient_norm == 0.5);
  CHECK(of(NetworkKind::kMlp, StepSize::kSmall).target_kl == 0.02);
  CHECK(of(NetworkKind::kTrxl, StepSize::kLarge).policy_learning_rate == 3e-3);
  CHECK(of(NetworkKind::kTrxl, StepSize::kUsual).target_kl == settings.training.target_kl);
  CHECK(of(NetworkKind::kTrxl, StepSize::kUsual).seed == 3);
  CHECK(EvaluationSeedOf(settings, 0) != EvaluationSeedOf(settings, 1));
}

TEST_CASE("curves are compared at equal time by their last three iterations until then") {
  const double none = std::numeric_limits<double>::quiet_NaN();
  const MemoryCurve curve{.steps = {10, 20, 30, 40, 50},
                          .total_reward = {1, 2, none, 6, 100},
                          .cost = {9, 8, none, 4, 100},
                          .wall_s = {1, 2, 3, 4, 5},
                          .processor_s = {1, 2, 3, 4, 5}};
  const CurvePoint then = AtTime(curve, 4.5);
  CHECK(then.steps == 40);
  CHECK(then.total_reward == 4.0);
  CHECK(then.cost == 6.0);
  CHECK(AtTime(curve, 1.0).total_reward == 1.0);
  CHECK(std::isnan(AtTime(curve, 0.5).cost));
}

TEST_CASE("what memory brings is told against the perceptron from the same seed") {
  const MemorySettings settings = TinyMemory();
  const MemoryPlan plan{.networks = {NetworkKind::kMlp, NetworkKind::kGru},
                        .step_sizes = {StepSize::kUsual},
                        .seeds = 2};
  std::vector<MemoryCell> cells;
  for (const MemoryKey& key : CellsOf(settings, plan)) {
    const double more = key.network == NetworkKind::kGru ? 1.0 + key.seed : 0.0;
    cells.push_back({.key = key,
                     .parameters = 1,
                     .curve = {{600}, {more}, {2.0}, {1.0}, {1.0 + more}},
                     .total_reward = {4.0 * key.seed + more, 4.0 * key.seed + more},
                     .cost = {3.0, 5.0 - more}});
  }
  const std::vector<MemoryLine> lines = Summarise(cells, settings, plan);
  REQUIRE(lines.size() == 4);
  CHECK(std::isnan(lines[0].reward_gain.value));
  CHECK(lines[1].reward_gain.value == doctest::Approx(1.5));
  CHECK(lines[1].reward_gain.low == doctest::Approx(1.0));
  CHECK(lines[1].reward_gain.high == doctest::Approx(2.0));
  CHECK(lines[1].cost_gain.value == doctest::Approx(-0.75));
  CHECK(lines[1].equal_s == doctest::Approx(1.0));
  CHECK(std::isnan(lines[1].reward_then.value));  // it was not that far then
  CHECK(lines[0].reward_then.value == 0.0);
}

}  // namespace
}  // namespace lookout::app
