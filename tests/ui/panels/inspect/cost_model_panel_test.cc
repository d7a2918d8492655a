#include "ui/panels/inspect/cost_model_panel.h"

#include <doctest/doctest.h>

#include <cmath>
#include <string>

#include "tests/support/contains.h"
#include "tests/support/ui_window.h"
#include "ui/panels/inspect/model_inputs.h"
#include "ui/panels/inspect/model_trust.h"

namespace lookout::ui {
namespace {

TEST_CASE("versions of the cost model are put in use, named, deleted and brought back") {
  TestWindow test(UiWorld::Busy(), {1600, 1600});
  test.driver.Click("tab/cost_model");
  test.driver.Frames(2);
  test.driver.Click("version/2");
  REQUIRE(test.log.Last<UseCostModel>() != nullptr);
  CHECK(test.log.Last<UseCostModel>()->id == CostModelId{2});

  test.driver.Click("delete_version/1");
  REQUIRE(test.log.Last<DeleteCostModel>() != nullptr);
  CHECK(test.log.Last<DeleteCostModel>()->id == CostModelId{1});
  CHECK(test.log.Last<UseCostModel>()->id == CostModelId{2});  // the row beneath did nothing
  test.world.fit.versions[0].deleted = true;
  test.driver.Frames();
  test.driver.Click("restore_version/1");
  REQUIRE(test.log.Last<RestoreCostModel>() != nullptr);
  CHECK(test.log.Last<RestoreCostModel>()->id == CostModelId{1});

  test.driver.Click("model_name");
  test.driver.Type("cautious");
  test.driver.Tap(Key::kEnter);
  REQUIRE(test.log.Last<NameCostModel>() != nullptr);
  CHECK(test.log.Last<NameCostModel>()->id == test.world.fit.model->id());
  CHECK(test.log.Last<NameCostModel>()->name == "cautious");
}

TEST_CASE("the cost model in use is saved as a file") {
  TestWindow test(UiWorld::Busy(), {1600, 1600});
  test.driver.Click("tab/cost_model");
  test.driver.Frames(2);
  test.driver.Click("model_path");
  test.driver.Type("/tmp/cautious.model");
  test.driver.Click("export_model");
  REQUIRE(test.log.Last<ExportCostModel>() != nullptr);
  CHECK(test.log.Last<ExportCostModel>()->path == "/tmp/cautious.model");
}

TEST_CASE("one switch decides whose predictions are on screen") {
  TestWindow test(UiWorld::Busy(), {1600, 1600});
  PredictionSeries present{.episode = test.world.playhead.episode, .model = CostModelId{9}};
  for (int i = 0; i < 1000; ++i) present.Append(0.5F, 0.1F);
  test.world.present_predictions = present;
  const ShownPredictions now = test.world.View().shown_predictions();
  CHECK(now.model == CostModelId{9});
  CHECK_FALSE(now.recorded);
  CHECK(now.cost[3] == 0.5F);
  CHECK(now.so_far[3] == 1.5F);
  test.driver.Click("tab/cost_model");
  test.driver.Frames(2);
  test.driver.Click("recorded_predictions");
  REQUIRE(test.log.Last<ShowRecordedPredictions>() != nullptr);
  CHECK(test.log.Last<ShowRecordedPredictions>()->recorded);
  test.world.recorded_predictions = true;
  const ShownPredictions then = test.world.View().shown_predictions();
  CHECK(then.recorded);
  CHECK(then.cost.data() == test.world.View().shown_episode()->predicted_cost.data());
}

TEST_CASE("figures of a report stand below each other where the panel is too narrow for all") {
  TestWindow test(UiWorld::Busy(), {1600, 1600});
  test.driver.Click("tab/cost_model");
  test.window.state().settings.layout.right_px = 900;
  test.driver.Frames(2);
  const auto y_of = [&](const char* tile) { return test.driver.Find(tile)->min.y; };
  CHECK(y_of("AUC") == y_of("Brier"));
  test.window.state().settings.layout.right_px = 270;
  test.driver.Frames(2);
  CHECK(y_of("AUC") < y_of("Brier"));
}

TEST_CASE("a report says how annotators err, and what it was calibrated to") {
  agents::CostModelReport report;
  CHECK(agents::SlipsInWords(report).empty());
  report.annotators = {{"Ann", 900, 0.1, 0.02}, {"Bob", 20, 0.0, 0.3}};
  CHECK(agents::SlipsInWords(report) ==
        "By the estimate, Ann calls 10 % of what is safe unsafe, and 2 % of what is unsafe not so; "
        "Bob calls 0 % of what is safe unsafe, and 30 % of what is unsafe not so.");
  report.viewed_rows = 24000;
  report.unsafe_share = 0.031;
  CHECK(agents::SlipsInWords(report).starts_with(
      "Calibrated to 3.1 % unsafe of 24000 viewed steps. By the estimate, Ann"));
}

TEST_CASE("how far a cost model can be trusted is said in words") {
  agents::CostModelReport report{.held_out_rows = 812, .held_out_by_episode = true, .auc = 0.52};
  CHECK(TrustInWords(report).starts_with(
      "No better than chance on 812 steps of episodes that were held out"));
  CHECK(std::string(QualityOf(report)) == "no better than chance");
  CHECK(TrustOf(report) == ModelTrust::kChance);
  report.auc = 0.3;
  CHECK(TrustInWords(report).starts_with("Worse than chance"));
  CHECK(std::string(QualityOf(report)) == "worse than chance");  // one word everywhere
  report.auc = 0.65;
  CHECK(TrustOf(report) == ModelTrust::kSome);
  CHECK(TrustInWords(report) ==
        "Little better than chance on 812 steps of episodes that were held out. More marks help.");
  report.auc = 0.97;
  report.held_out_by_episode = false;
  CHECK(TrustInWords(report) ==
        "Excellent on 812 steps held out of the marked episodes. Of other episodes it may know "
        "less.");
  report.auc = NAN;
  CHECK(TrustOf(report) == ModelTrust::kUntested);
  CHECK(TrustInWords(report).starts_with("Not tested: what was held out"));
  report.held_out_rows = 0;
  CHECK(TrustInWords(report).starts_with("Not tested: too few marks"));
}

TEST_CASE("a model that charges far from what the rule does is said to, however well it ranks") {
  agents::CostModelReport report{.held_out_rows = 812, .held_out_by_episode = true, .auc = 0.998};
  CHECK(ChargeInWords(report).empty());  // nothing is known
  report.true_cost = 0.0;
  report.learned_cost = 3.0;
  CHECK(ChargeInWords(report).empty());
  report.learned_cost = 132.0;
  CHECK(Contains(ChargeInWords(report), "charges 132 an episode where the rule does nothing"));
  report.true_cost = 25.0;
  report.learned_cost = 30.0;
  CHECK(ChargeInWords(report).empty());
  report.learned_cost = 355.0;
  CHECK(Contains(ChargeInWords(report), "charges 14.2 times what the rule does"));
  report.learned_cost = 5.0;
  CHECK(Contains(ChargeInWords(report), "charges 0.20 of what the rule does"));
}

TEST_CASE("what an audit says of the agent on screen stands beside its meters") {
  TestWindow test;
  test.driver.Frames(2);
  CHECK(test.driver.Find("meter/audited") == nullptr);
  const EpisodeTrack* shown = test.world.episodes.Find(test.world.playhead.episode);
  REQUIRE(shown != nullptr);
  test.world.audits.push_back({.environment = shown->header().config.id,
                               .agent = "somebody else",
                               .episodes = 3,
                               .clips = 12,
                               .unsafe_clips = 2,
                               .cost = {31.0, 8.0, 70.0}});
  test.driver.Frames(2);
  CHECK(test.driver.Find("meter/audited") == nullptr);
  test.world.audits[0].agent = shown->agents_in_words();
  test.driver.Frames(2);
  CHECK(test.driver.Find("meter/audited") != nullptr);
}

TEST_CASE("the meter and the cost model tab say that a model only guesses") {
  TestWindow test;
  PredictionSeries present{.episode = test.world.playhead.episode, .model = CostModelId{1}};
  for (int i = 0; i < 1000; ++i) present.Append(0.5F, 0.1F);
  test.world.present_predictions = present;
  test.driver.Frames(2);
  CHECK(test.driver.Find("meter/doubtful") == nullptr);
  test.world.fit.versions[0].report.auc = 0.51;
  test.driver.Frames(2);
  CHECK(test.driver.Find("meter/doubtful") != nullptr);
  test.driver.Click("tab/cost_model");
  test.driver.Frames(2);
  CHECK(test.driver.Find("trust") != nullptr);  // of the model in use, which is another one
}

TEST_CASE("live, the meter shows what was predicted last, as long as that is not long ago") {
  TestWindow test;
  test.world.fit.versions[0].report.auc = 0.51;  // so that a prediction has a meter of its own name
  test.world.playhead.live = true;
  const StepIndex now = test.world.playhead.step;
  REQUIRE(now > 200);
  PredictionSeries present{.episode = test.world.playhead.episode, .model = CostModelId{1}};
  for (StepIndex i = 0; i < now - 200; ++i) present.Append(0.5F, 0.1F);
  test.world.present_predictions = present;
  test.driver.Frames(2);
  CHECK(test.driver.Find("meter/doubtful") == nullptr);
  while (present.steps() < now - 3) present.Append(0.5F, 0.1F);
  test.world.present_predictions = present;
  test.driver.Frames(2);
  CHECK(test.driver.Find("meter/doubtful") != nullptr);
}

// How much of the newest frame is drawn in that colour.
int Vertices(ImU32 colour) {
  int count = 0;
  const ImDrawData* data = ImGui::GetDrawData();
  for (int i = 0; i < data->CmdListsCount; ++i) {
    for (const ImDrawVert& vertex : data->CmdLists[i]->VtxBuffer) count += vertex.col == colour;
  }
  return count;
}

TEST_CASE("the cost of a model that only guesses is no alarm, however great") {
  TestWindow test;
  PredictionSeries present{.episode = test.world.playhead.episode, .model = CostModelId{1}};
  for (int i = 0; i < 1000; ++i) present.Append(0.9F, 0.1F);
  test.world.present_predictions = present;
  test.driver.Frames(2);
  const int trusted = Vertices(CurrentTheme().limit);
  test.world.fit.versions[0].report.auc = 0.51;
  test.driver.Frames(2);
  CHECK(Vertices(CurrentTheme().limit) < trusted);
}

TEST_CASE("in a small window the versions are scrolled to, and no line leaves the panel") {
  TestWindow test(UiWorld::Busy(), {1280, 720});
  test.driver.Click("tab/cost_model");
  const RecordedItem* whose = test.driver.Find("whose_marks");
  REQUIRE(whose != nullptr);
  CHECK(whose->max.x <= whose->clip_max.x);
  test.driver.MoveTo(test.driver.MiddleOf("whose_marks"));
  for (int i = 0; i < 40; ++i) test.driver.Wheel(-2.0F);
  test.driver.Click("version/2");
  REQUIRE(test.log.Last<UseCostModel>() != nullptr);
  CHECK(test.log.Last<UseCostModel>()->id == CostModelId{2});
  CHECK(test.driver.Find("recorded_predictions") != nullptr);
  test.driver.Click("model_path");
  test.driver.Type("/tmp/cautious.model");
  test.driver.Click("export_model");
  CHECK(test.log.Last<ExportCostModel>() != nullptr);
}

TEST_CASE("in a small window the agents are one key away") {
  TestWindow test(UiWorld::Busy(), {1280, 720});
  CHECK(test.driver.Find("agent/0") == nullptr);
  test.driver.Tap(Key::kTab);
  test.driver.Frames(2);
  CHECK(test.driver.Find("agent/0") != nullptr);
}

TEST_CASE("what a cost model looks at is said in words") {
  CHECK(InputsInWords({}) == "full observation");
  CHECK(InputsInWords({.inputs = agents::InputChoice::kWorld,
                       .history = 2,
                       .with_action = true,
                       .traces = 3}) == "world alone, 2 before it, 3 traces, the action");
  CHECK(OfStatesInWords({}).empty());
  CHECK(
      OfStatesInWords({.history = 2, .action_dim = 2}) ==
      "It looks at the 2 observations before a step and the action of a step. On the floor it says "
      "what standing still and doing nothing there would cost.");
  CHECK(OfStatesInWords({.action_dim = 2}).starts_with("It looks at the action of a step. On"));
  CHECK(OfStatesInWords({.history = 2, .action_dim = 2, .traces = 1})
            .starts_with("It looks at the 2 observations before a step, what was there longer ago "
                         "and the action of a step. On"));
  CHECK(OfStatesInWords({.history = 1}).starts_with("It looks at the observation before a step."));
}

}  // namespace
}  // namespace lookout::ui
