#include "app/experiments/labels/run_labels.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/experiments/labels/labels_files.h"
#include "tests/app/experiments/tiny_support.h"
#include "tests/support/contains.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

// Hazards look dangerous from so far off that an agent that knows nothing comes across some.
LabelsSettings Small() {
  LabelsSettings settings;
  settings.environment = test::ShortPointGoal1(150);
  settings.policy = test::CarelessPolicy();
  settings.annotator = "Ann: distance hazard < 0.6";
  settings.training = test::TinyTraining(settings.environment.robot_base, 1200);
  settings.training.workers = 1;
  settings.batch = 10;
  settings.clip_steps = 25;
  settings.pool_episodes = 8;
  settings.audit_clips = 10;
  settings.evaluation_episodes = 4;
  return settings;
}

LabelsPlan EveryRow() {
  LabelsPlan plan;
  for (const Choice<CostRow>& row : Choices(CostRow{})) plan.rows.push_back(row.value);
  plan.flips = {0.05};
  plan.budgets = {20};
  return plan;
}

TEST_CASE("every row's agent is trained, measured and audited") {
  const test::ScratchFolder scratch;
  const LabelsPlan plan = EveryRow();
  const auto cells = RunLabels(Small(), plan, {}, {.folder = scratch / "one"});
  REQUIRE_MESSAGE(cells.ok(), cells.error().message);
  REQUIRE(cells->size() == 7);
  CHECK(JobsOf(plan) == 4 + 7);
  for (const LabelsCell& cell : *cells) {
    CAPTURE(ChoiceName(cell.key.row));
    CHECK(cell.episodes.total_reward.size() == 4);
    CHECK(cell.audit.clips == 10);
    const bool is_rule = cell.key.row == CostRow::kRule;
    CHECK(cell.episodes.learned_cost.size() == (is_rule ? 0 : 4));
    CHECK(cell.answers.answers == (is_rule ? 0 : 20));
    CHECK(cell.answers.viewing_minutes == doctest::Approx(is_rule ? 0.0 : 20 * 25 * 0.02 / 60.0));
    CHECK(std::isnan(cell.auc) == is_rule);
    const bool is_cut = cell.key.row == CostRow::kStump || cell.key.row == CostRow::kRlsf;
    if (!is_cut) continue;
    for (const double cost : cell.episodes.learned_cost) {  // whole steps
      CHECK(cost == doctest::Approx(std::round(cost)));
    }
  }
  const CellKey& sights = (*cells)[6].key;
  REQUIRE(sights.row == CostRow::kSights);
  CHECK(sights.answers_key() != (*cells)[5].key.answers_key());
  // What is told of them.
  const LabelsSummary summary = Summarise(*cells, plan);
  const std::string table = LabelsTable(Small(), plan, summary);
  CHECK(table.find("| rule |  |  |  | 25 | 1 | ") != std::string::npos);
  CHECK(table.find("| queue | 5 % | 20 | ") != std::string::npos);
  CHECK(table.find("Training seeds 0 to 0.") != std::string::npos);
  CHECK(LabelsSvg(Small(), plan, summary).starts_with("<svg"));
  const std::string csv = LabelsCsv(*cells);
  CHECK(std::ranges::count(csv, '\n') == 8);
  const auto json = nlohmann::json::parse(LabelsJson(Small(), plan, summary, "lookout"));
  CHECK(json["rows"].size() == 7);
  CHECK(json["rows"][0]["cost_from"] == "rule");
  CHECK(json["seeds"][0]["asked_from"] != json["seeds"][0]["evaluated_from"]);
}

LabelsPlan TwoRows() {
  LabelsPlan plan;
  plan.rows = {CostRow::kRule, CostRow::kQueue};
  plan.flips = {0.1};
  plan.budgets = {20};
  plan.seeds = 2;
  return plan;
}

TEST_CASE("an experiment on labels goes on where it was stopped, whatever the number of workers") {
  const test::ScratchFolder scratch;
  const std::filesystem::path one = scratch / "one";
  const std::filesystem::path two = scratch / "two";
  const auto cells = RunLabels(Small(), TwoRows(), {}, {.folder = one});
  REQUIRE_MESSAGE(cells.ok(), cells.error().message);
  REQUIRE(cells->size() == 4);
  const std::string first = FileNameOf((*cells)[0].key);
  const auto stopped = RunLabels(
      Small(), TwoRows(), {},
      {.folder = two, .progress = [&](int) { return !std::filesystem::exists(two / first); }});
  REQUIRE_FALSE(stopped.ok());
  CHECK(stopped.error().message.find("stopped") != std::string::npos);
  CHECK_FALSE(std::filesystem::exists(two / FileNameOf((*cells)[3].key)));
  const auto resumed = RunLabels(Small(), TwoRows(), {}, {.folder = two, .workers = 2});
  REQUIRE_MESSAGE(resumed.ok(), resumed.error().message);
  CHECK(LabelsCsv(*resumed) == LabelsCsv(*cells));
  for (const LabelsCell& cell : *cells) {
    CHECK(test::TextOf(one / FileNameOf(cell.key)) == test::TextOf(two / FileNameOf(cell.key)));
  }
  const std::string model = ModelFileOf(CostRow::kQueue, (*cells)[1].key.answers_key());
  CHECK(test::TextOf(one / model) == test::TextOf(two / model));

  // An agent is not trained without the model that its answers gave.
  std::filesystem::remove(two / model);
  std::filesystem::remove(two / FileNameOf((*cells)[1].key));
  const auto lost = RunLabels(Small(), TwoRows(), {}, {.folder = two});
  REQUIRE_FALSE(lost.ok());
  CHECK(lost.error().message.find("is missing; remove") != std::string::npos);

  // More rows and seeds are added to what is there; other settings are refused.
  LabelsSettings changed = Small();
  changed.batch = 5;
  const auto refused = RunLabels(changed, TwoRows(), {}, {.folder = one});
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.find("was made with other settings") != std::string::npos);
}

TEST_CASE("fewer clips than answers are refused before an agent is trained on them") {
  const test::ScratchFolder scratch;
  LabelsSettings settings = Small();
  settings.clip_steps = 2000;
  const auto refused = RunLabels(settings, EveryRow(), {}, {.folder = scratch / "one"});
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.starts_with("Only 0 clips can be asked about"));
}

TEST_CASE("a damaged file of an agent is refused by name") {
  const auto refused = DecodeCell("{\"returns\": 1}", {}, Small(), "out/cell.json");
  REQUIRE_FALSE(refused.ok());
  CHECK(refused.error().message.starts_with(
      "out/cell.json is not the result of an experiment on labels"));
  LabelsCell cell;
  cell.episodes = {.total_reward = {1.0}, .true_cost = {2.0}, .meant_cost = {2.0}};
  cell.audit.audited = {2.0, 1.0, 3.0};
  const auto changed = [&](const char* name, const nlohmann::json& value) {
    auto json = nlohmann::json::parse(EncodeCell(cell, Small()));
    json[name] = value;
    const auto read = DecodeCell(json.dump(), {}, Small(), "cell.json");
    return read ? std::string() : read.error().message;
  };
  CHECK(changed("auc", nullptr).empty());
  CHECK(Contains(changed("auc", 1.2), "cell.json is damaged: its 'auc' is 1.2, not a number from"));
  CHECK(Contains(changed("true_costs", {-2.0}), "its 'true_costs' has one that is -2"));
  CHECK(Contains(changed("true_costs", {2.0, 2.0}), "not of as many episodes"));
  CHECK(Contains(changed("unsafe_answers", 1), "more of its answers are unsafe than there are"));
  const std::string whole = EncodeCell(cell, Small());
  const auto cut = DecodeCell(whole.substr(0, whole.size() / 2), {}, Small(), "cell.json");
  REQUIRE_FALSE(cut.ok());
  CHECK(cut.error().message.starts_with("cell.json is damaged: it is not JSON"));
}

TEST_CASE("agents that are given different limits or answers have files of their own") {
  CHECK(FileNameOf(CellKey{.limit = 25.0}) == "cell-rule-limit25-seed0.json");
  CHECK(FileNameOf(CellKey{.limit = 25.0}) != FileNameOf(CellKey{.limit = 25.00001}));
  CHECK(FileNameOf(AnswersKey{.flips = 0.1}) != FileNameOf(AnswersKey{.flips = 0.1000001}));
}

TEST_CASE("agents without a cost model are told in the table") {
  const test::ScratchFolder scratch;
  LabelsSettings settings = Small();
  settings.annotator = "Ann: distance hazard < 0.0001";  // nobody comes so near
  LabelsPlan plan = TwoRows();
  plan.flips = {0.0};
  plan.seeds = 1;
  const auto cells = RunLabels(settings, plan, {}, {.folder = scratch / "one"});
  REQUIRE_MESSAGE(cells.ok(), cells.error().message);
  const LabelsSummary summary = Summarise(*cells, plan);
  CHECK(summary.lines[0].without_model == 0);
  CHECK(summary.lines[1].without_model == 1);
  CHECK(Contains(LabelsTable(settings, plan, summary),
                 "queue, 0 % flips, 20 answers, limit 25: 1 of 1 seeds."));
}

TEST_CASE("answers and evaluations of an experiment on labels have no seed in common") {
  std::vector<std::uint32_t> begins;
  std::uint32_t each = 0;
  for (std::uint32_t seed = 0; seed < 10; ++seed) {
    const EpisodeSeeds seeds = EpisodeSeedsOf(Small(), seed);
    begins.insert(begins.end(), {seeds.pool, seeds.evaluation});
    each = seeds.each;
  }
  std::ranges::sort(begins);
  for (std::size_t i = 1; i < begins.size(); ++i) CHECK(begins[i] - begins[i - 1] >= each);
}

}  // namespace
}  // namespace lookout::app
