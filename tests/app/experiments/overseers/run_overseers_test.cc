#include "app/experiments/overseers/run_overseers.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/experiments/overseers/overseers_files.h"
#include "app/experiments/overseers/overseers_summary.h"
#include "app/experiments/overseers/train_overseen.h"
#include "app/runs/saved_policy.h"
#include "tests/app/experiments/tiny_support.h"
#include "tests/support/contains.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;

// Hazards are so large that an agent that knows nothing comes across some in every episode.
OverseersSettings TinyOverseers() {
  OverseersSettings settings;
  settings.environment = test::ShortPointGoal1(150);
  settings.environment.hazards.size_m = 0.4;
  settings.training = test::TinyTraining(settings.environment.robot_base, 2400);
  settings.training.workers = 1;
  settings.watched_steps = 1200;
  settings.blocker_alpha = 0.0;  // few blocks are enough for it
  settings.blocker_updates = 50;
  settings.offline_episodes = 8;
  settings.risk_updates = 50;
  settings.evaluation_episodes = 2;
  return settings;
}

OverseersPlan EveryOverseer() {
  OverseersPlan plan;
  for (const Choice<OverseersRow>& row : Choices(OverseersRow{})) plan.rows.push_back(row.value);
  return plan;
}

Result<std::vector<OverseersCell>> DoOverseers(const OverseersPlan& plan, const OverseersRun& run,
                                               const OverseersSettings& settings) {
  return RunOverseers(settings, plan, {}, run, agents::SingleProcess());
}

void CheckCounts(const OverseersCell& cell) {
  CAPTURE(ChoiceName(cell.key.row));
  const bool offline = cell.key.row == OverseersRow::kRecovery;
  const bool watched = cell.key.row == OverseersRow::kHirl;
  CHECK(cell.Whole().steps == 2400 + (offline ? 8 * 150 : 0));
  CHECK(cell.alone.cost.size() == 2);
  CHECK(cell.overseen.cost.size() == (HasOverseer(cell.key.row) ? 2 : 0));
  CHECK(std::isnan(cell.early_blocks) == !HasOverseer(cell.key.row));
  CHECK((cell.Whole().blocks > 0) == HasOverseer(cell.key.row));
  // Of the person alone, in real time. An episode that is under way ends under them.
  CHECK(cell.Whole().person_s ==
        doctest::Approx(watched ? 0.02 * double(cell.phases[0].steps) : 0.0));
  if (watched) CHECK(cell.phases[0].steps >= 1200);
  // No more than what is left of an episode in each of three environments.
  if (watched) CHECK(cell.phases[0].steps < 1200 + 3 * 150);
  if (offline) CHECK(cell.phases[0].steps == 8 * 150);
  if (offline) CHECK(cell.phases[0].blocks == 0);
}

TEST_CASE("agents are trained in every way and what they violated until then is counted") {
  const test::ScratchFolder scratch;
  const OverseersPlan plan = EveryOverseer();
  const OverseersSettings settings = TinyOverseers();
  const auto cells = DoOverseers(plan, {.folder = scratch / "one"}, settings);
  REQUIRE_MESSAGE(cells.ok(), cells.error().message);
  REQUIRE(cells->size() == 5);
  for (const OverseersCell& cell : *cells) CheckCounts(cell);
  CHECK((*cells)[0].Whole().violations > 0);
  CHECK((*cells)[2].Whole().violation_steps < (*cells)[0].Whole().violation_steps);
  CHECK((*cells)[4].phases[0].violations > 0);
  CHECK(fs::exists(scratch / "one/blocker-seed0.lookout"));
  CHECK(fs::exists(scratch / "one/risk-seed0.lookout"));
  for (const OverseersCell& cell : *cells) {
    const auto saved = LoadSavedPolicy(scratch / ("one/" + PolicyFileOf(cell.key)));
    REQUIRE_MESSAGE(saved.ok(), saved.error().message);
    CHECK(saved->environment.id == settings.environment.id);
  }
  // What is told of them.
  const std::vector<OverseersLine> lines = Summarise(*cells, plan);
  const std::string table = OverseersTable(settings, plan, lines);
  CHECK(Contains(table, "| hirl | all | 2400 | "));
  CHECK(Contains(table, "|  | blocker | "));
  CHECK(Contains(table, "|  | offline | 1200 | "));
  CHECK(std::ranges::count(OverseersCsv(*cells), '\n') == 6);
  const std::string svg = OverseersSvg(settings, lines);
  CHECK(svg.starts_with("<svg"));
  CHECK(Contains(svg, ">recovery</text>"));
  const auto json = nlohmann::json::parse(OverseersJson(settings, plan, lines, "lookout"));
  CHECK(json["rows"].size() == 5);
  CHECK(json["rows"][3]["phases"]["person"]["steps"] == (*cells)[3].phases[0].steps);
  CHECK(json["rows"][0]["share_of_constrained"]["value"] == 1.0);
  CHECK(json["seeds"][0]["offline_from"] != json["seeds"][0]["evaluated_from"]);
}

TEST_CASE("an experiment on overseers goes on where it was stopped, whatever the workers") {
  const test::ScratchFolder scratch;
  OverseersPlan plan{.rows = {OverseersRow::kConstrained, OverseersRow::kHirl}, .seeds = 2};
  const OverseersSettings settings = TinyOverseers();
  const fs::path one = scratch / "one";
  const auto cells = DoOverseers(plan, {.folder = one}, settings);
  REQUIRE_MESSAGE(cells.ok(), cells.error().message);
  const fs::path two = scratch / "two";
  const fs::path first = two / FileNameOf((*cells)[0].key);
  const auto stopped = DoOverseers(
      plan, {.folder = two, .progress = [&](int) { return !fs::exists(first); }}, settings);
  REQUIRE_FALSE(stopped.ok());
  CHECK(Contains(stopped.error().message, "stopped"));
  CHECK(fs::exists(first));
  CHECK_FALSE(fs::exists(two / FileNameOf((*cells)[3].key)));
  const auto resumed = DoOverseers(plan, {.folder = two, .workers = 2}, settings);
  REQUIRE_MESSAGE(resumed.ok(), resumed.error().message);
  for (const OverseersCell& cell : *cells) {
    const std::string name = FileNameOf(cell.key);
    CHECK(test::TextOf(one / name) == test::TextOf(two / name));
  }
  CHECK(OverseersJson(settings, plan, Summarise(*cells, plan), "") ==
        OverseersJson(settings, plan, Summarise(*resumed, plan), ""));
  CHECK(test::TextOf(one / "blocker-seed1.lookout") == test::TextOf(two / "blocker-seed1.lookout"));

  // Other settings are refused, before anything is done.
  OverseersSettings changed = settings;
  changed.block_penalty = 0.5;
  const auto refused = DoOverseers(plan, {.folder = two}, changed);
  REQUIRE_FALSE(refused.ok());
  CHECK(Contains(refused.error().message, "was made with other settings"));
}

TEST_CASE("a person who would watch all of the training is refused") {
  const test::ScratchFolder scratch;
  OverseersSettings settings = TinyOverseers();
  settings.watched_steps = 2400;
  const auto refused = DoOverseers(EveryOverseer(), {.folder = scratch / "one"}, settings);
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.starts_with("A person would watch 2400 steps"));
  CHECK_FALSE(fs::exists(scratch / "one"));
}

TEST_CASE("a row has the algorithm, limit and overseer that it is named after") {
  const OverseersSettings settings = TinyOverseers();
  const auto of = [&](OverseersRow row) { return TrainingSettingsOf(settings, {row, 3}); };
  CHECK(of(OverseersRow::kConstrained).cost_limit == 25.0);
  CHECK(of(OverseersRow::kConstrained).algorithm == agents::Algorithm::kPpoLagrangian);
  CHECK(of(OverseersRow::kNoCost).cost_limit == 0.0);
  CHECK(of(OverseersRow::kLookAhead).algorithm == agents::Algorithm::kPpo);
  CHECK(of(OverseersRow::kLookAhead).overseer == "lookahead");
  CHECK(of(OverseersRow::kHirl).overseer == "person:lag=0,misses=0.02,seed=3");
  CHECK(of(OverseersRow::kRecovery).block_penalty == 0.0);
  CHECK(of(OverseersRow::kRecovery).seed == 3);
}

}  // namespace
}  // namespace lookout::app
