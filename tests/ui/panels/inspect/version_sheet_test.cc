// Two versions of the cost model side by side, with the mouse and the keys.
#include "ui/panels/inspect/version_sheet.h"

#include <doctest/doctest.h>

#include <memory>
#include <string>

#include "tests/support/ui_window.h"
#include "ui/panels/inspect/version_names.h"
#include "ui/panels/inspect/version_tables.h"
#include "ui/widgets/text.h"

namespace lookout::ui {
namespace {

agents::CostEvaluation Evaluation(double auc, double missed) {
  agents::CostEvaluation evaluation{.episodes = 12, .steps = 9812};
  evaluation.auc = auc;
  evaluation.ratio.value = auc + 0.4;
  evaluation.learned_cost.value = 31.0;
  evaluation.true_cost.value = 26.0;
  evaluation.miss_rate.value = missed;
  evaluation.false_alarm_rate.value = 0.05;
  for (int i = 0; i <= 20; ++i) {
    const float x = static_cast<float>(i) / 20.0F;
    evaluation.roc.push_back({x * x, x});
  }
  for (int i = 0; i < 10; ++i) {
    const float x = (static_cast<float>(i) + 0.5F) / 10.0F;
    evaluation.reliability.push_back({x, x * 0.9F, 1000 / (i + 1)});
  }
  return evaluation;
}

VersionComparison Compared() {
  agents::TwoModels two{.models = {Evaluation(0.97, 0.02), Evaluation(0.91, 0.1)}};
  two.comparison = {.second = 1, .steps = 9812, .first_right = 81, .second_right = 12};
  for (int i = 0; i < 12; ++i) {
    two.episodes.push_back({EpisodeId{i + 1}, 20.0 + i, {22.0 + i, 30.0 - i}});
  }
  for (int i = 0; i < 40; ++i) {
    agents::CostDifference difference{.episode = static_cast<std::size_t>(i % 12),
                                      .unsafe = true,
                                      .first_right = true,
                                      .first_step = 10 * i,
                                      .last_step = 10 * i + 7};
    difference.first.probability = 0.91F;
    difference.second.probability = 0.12F;
    difference.truth.nearest = static_cast<std::size_t>(sim::SceneObjectKind::kHazard);
    two.differences.push_back(difference);
  }
  auto result = std::make_shared<VersionsCompared>();
  result->models = {CostModelId{3}, CostModelId{1}};
  result->rule = {.figures = two, .left_out = 4};
  return {.models = result->models, .result = result, .problem = {}};
}

TEST_CASE("a version is compared with the one in use, from the list of versions") {
  TestWindow test(UiWorld::Busy(), {1600, 1600});
  test.driver.Click("tab/cost_model");
  test.driver.Frames(2);
  const std::int64_t used = test.world.fit.model->id().value;
  CHECK(test.driver.Find(Short("compare_version/%lld", static_cast<long long>(used))) == nullptr);
  test.driver.Click("compare_version/1");
  REQUIRE(test.log.Last<CompareVersions>() != nullptr);
  CHECK(test.log.Last<CompareVersions>()->first == CostModelId{used});
  CHECK(test.log.Last<CompareVersions>()->second == CostModelId{1});
  CHECK(test.log.Last<UseCostModel>() == nullptr);  // the row beneath did nothing
  test.world.versions = VersionComparison{
      .models = {CostModelId{used}, CostModelId{1}}, .measuring = true, .problem = {}};
  test.driver.Frames(2);
  test.driver.Click("versions/cancel");
  CHECK(test.log.Last<EndVersionComparison>() != nullptr);
  CHECK_FALSE(test.window.state().versions.shown);
}

TEST_CASE("the version in use is compared with the model of a file, which the sheet names") {
  TestWindow test(UiWorld::Busy(), {1600, 1600});
  test.driver.Click("tab/cost_model");
  test.driver.Frames(2);
  test.driver.Click("compare_file");
  CHECK(test.log.Last<CompareVersions>() == nullptr);  // no file is named
  test.driver.Click("compared_path");
  test.driver.Type("other/theirs.costmodel");
  test.driver.Frames(2);
  test.driver.Click("compare_file");
  const CompareVersions* asked = test.log.Last<CompareVersions>();
  REQUIRE(asked != nullptr);
  CHECK(asked->first == test.world.fit.model->id());
  CHECK(asked->file == "other/theirs.costmodel");
  VersionComparison compared = Compared();
  compared.file = asked->file;
  CHECK(VersionName(test.world.fit, compared, 1) == "theirs.costmodel");
  CHECK(VersionName(test.world.fit, compared, 0) != "theirs.costmodel");
}

TEST_CASE("at every size the sheet has figures, curves and a list, and nothing leaves it") {
  for (const ImVec2 size : {ImVec2{1280, 720}, ImVec2{800, 500}}) {
    CAPTURE(size.x);
    UiWorld world = UiWorld::Busy();
    world.versions = Compared();
    TestWindow test(std::move(world), size);
    test.window.state().versions.shown = true;
    test.driver.Frames(3);
    for (const char* item :
         {"versions/first", "versions/second", "versions/csv", "versions/svg", "versions/close",
          "versions/auc", "versions/right", "versions/unseen", "version_difference/0"}) {
      CAPTURE(item);
      const RecordedItem* found = test.driver.Find(item);
      REQUIRE(found != nullptr);
      CHECK(found->max.x <= found->clip_max.x + 1.0F);
    }
    CHECK(test.driver.Find("versions/close")->min.x > test.driver.Find("versions/svg")->max.x);
    if (test.driver.Find("versions/calibration")->max.y > size.y - 24.0F) {
      test.driver.MoveTo(test.driver.MiddleOf("versions/auc"));
      for (int i = 0; i < 40; ++i) test.driver.Wheel(-2.0F);
    }
    CHECK(test.driver.MiddleOf("versions/calibration").y < size.y);
  }
}

TEST_CASE("a click on a difference goes there, and keys go on") {
  UiWorld world = UiWorld::Busy();
  world.versions = Compared();
  TestWindow test(std::move(world), {1280, 720});
  test.window.state().versions.shown = true;
  test.driver.Frames(3);
  test.driver.Tap(Key{'V'});
  CHECK(test.log.Last<GoToVersionDifference>() == nullptr);  // the sheet owns the keyboard
  test.driver.Click("version_difference/1");
  REQUIRE(test.log.Last<ShowVersionDifference>() != nullptr);
  CHECK(test.log.Last<ShowVersionDifference>()->index == 1);
  CHECK_FALSE(test.window.state().versions.shown);
  test.world.versions->shown = 1;
  test.driver.Frames(2);
  test.driver.Tap(Key{'V'});
  REQUIRE(test.log.Last<GoToVersionDifference>() != nullptr);
  CHECK(test.log.Last<GoToVersionDifference>()->direction == 1);
  test.driver.Tap({.key = Key{'V'}, .shift = true});
  CHECK(test.log.Last<GoToVersionDifference>()->direction == -1);
}

TEST_CASE("the marks as the reference say so where nothing is marked, and Esc closes") {
  UiWorld world = UiWorld::Busy();
  world.versions = Compared();
  TestWindow test(std::move(world), {1280, 720});
  test.window.state().versions.shown = true;
  test.driver.Frames(3);
  test.driver.Click("versions/marks");
  test.driver.Frames(2);
  CHECK(test.driver.Find("versions/auc") == nullptr);
  CHECK_FALSE(test.driver.Find("versions/csv")->enabled);
  test.driver.Click("versions/rule");
  test.driver.Frames(2);
  CHECK(test.driver.Find("versions/auc") != nullptr);
  test.driver.Click("versions/csv");
  CHECK(test.log.Count<SavePlot>() == 3);
  CHECK_FALSE(test.log.Last<SavePlot>()->svg);
  test.driver.Tap(Key::kEscape);
  CHECK_FALSE(test.window.state().versions.shown);
}

TEST_CASE("who marks blind does not see where a version errs") {
  UiWorld world = UiWorld::Busy();
  world.versions = Compared();
  AnnotatorProfile present = world.marks.annotators().present();
  present.blind = true;
  world.marks.annotators().Put(present);
  TestWindow test(std::move(world), {1280, 720});
  test.window.state().versions.shown = true;
  test.driver.Frames(3);
  CHECK(test.driver.Find("version_difference/0") == nullptr);
  test.driver.Tap(Key::kEscape);
  test.driver.Tap(Key{'V'});
  CHECK(test.log.Last<GoToVersionDifference>() == nullptr);
}

TEST_CASE("the plots are written as they are drawn") {
  const VersionComparison comparison = Compared();
  const auto tables = VersionTables(*comparison.result->rule.figures, {"v3", "v1"}, "rule");
  REQUIRE(tables.size() == 3);
  CHECK(tables[0].title == "ROC of v3 and v1 against the rule");
  CHECK(tables[0].curves[1].x.size() == 21);
  CHECK(tables[2].curves.size() == 3);
  CHECK(tables[2].curves[1].y[2] == 24.0);
}

}  // namespace
}  // namespace lookout::ui
