#include "ui/panels/training/training_panel.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <memory>
#include <set>
#include <string_view>
#include <type_traits>
#include <utility>

#include "agents/rl/settings/settings.h"
#include "tests/support/ui_window.h"
#include "ui/panels/training/training_plots.h"

namespace lookout::ui {
namespace {

TEST_CASE("training starts with what the panel shows") {
  TestWindow test;
  test.world.training = {};
  test.driver.Click("tab/training");
  test.driver.Click("algorithm");
  test.driver.Click("algorithm/3");
  test.driver.Click("multiplier");
  test.driver.Click("multiplier/1");
  test.driver.Click("source");
  test.driver.Click("source/1");
  test.driver.Click("preset/ray2019");
  test.driver.Click("start_from");
  test.driver.Click("start_from/1");
  test.driver.Click("start_training");
  REQUIRE(test.log.Last<StartTraining>() != nullptr);
  const StartTraining& start = *test.log.Last<StartTraining>();
  CHECK(start.environment == "Safexp-PointGoal1-v0");
  CHECK(start.settings.algorithm == agents::Algorithm::kTrpoLagrangian);
  CHECK(start.settings.multiplier_kind == agents::MultiplierKind::kPid);
  CHECK(start.settings.start_from == "PPO on PointGoal1");
  CHECK(start.settings.cost_source == agents::CostSource::kLearned);
  CHECK(start.settings.policy_iterations == 80);
  CHECK(start.settings.total_steps == 2'000'000);
}

TEST_CASE("another robot brings its own length of iterations, unless one was chosen") {
  TestWindow test;
  test.world.training = {};
  test.world.environments.emplace_back("Safexp-DoggoGoal1-v0");
  const std::string doggo =
      fmt::format("training_environment/{}", test.world.environments.size() - 1);
  test.driver.Click("tab/training");
  test.driver.Click("preset/ray2019");
  const agents::TrainingSettings& settings = test.window.state().settings.training.settings;
  CHECK(settings.steps_per_iteration == 30'000);
  test.driver.Click("training_environment");
  test.driver.Click(doggo);
  CHECK(settings.steps_per_iteration == 60'000);
  test.driver.Click("training_environment");
  test.driver.Click("training_environment/0");
  CHECK(settings.steps_per_iteration == 30'000);
  test.window.state().settings.training.settings.steps_per_iteration = 3000;
  test.driver.Click("training_environment");
  test.driver.Click(doggo);
  CHECK(settings.steps_per_iteration == 3000);
}

TEST_CASE("training on a learned cost needs a cost model") {
  TestWindow test;
  test.world.training = {};
  test.world.fit.model = nullptr;
  test.driver.Click("tab/training");
  test.driver.Click("source");
  test.driver.Click("source/1");
  CHECK_FALSE(test.driver.Find("start_training")->enabled);
  test.driver.Click("source");
  test.driver.Click("source/0");
  CHECK(test.driver.Find("start_training")->enabled);
}

TEST_CASE("only the kinds of cost that the environment charges are offered, in words") {
  TestWindow test;
  test.world.training = {};
  test.driver.Click("tab/training");
  test.driver.Click("source");
  const int hazards = 5;  // after the rule, the learned cost, none, and two of both
  CHECK(test.driver.Find(fmt::format("source/{}", hazards)) != nullptr);
  CHECK(test.driver.Find(fmt::format("source/{}", hazards + 1)) == nullptr);
  test.driver.Click(fmt::format("source/{}", hazards));
  agents::TrainingSettings& settings = test.window.state().settings.training.settings;
  CHECK(settings.cost_source == agents::CostSource::kHazards);

  settings.cost_source = agents::CostSource::kPillars;  // as another environment may have it
  test.driver.Frames(1);
  CHECK(settings.cost_source == agents::CostSource::kRule);
}

TEST_CASE("a run can be paused, resumed, stopped and watched") {
  TestWindow test;
  test.driver.Click("tab/training");
  test.driver.Click("pause_training");
  CHECK(test.log.Count<PauseTraining>() == 1);
  test.world.training.state = TrainingState::kPaused;
  test.driver.Frames(2);
  test.driver.Click("resume_training");
  CHECK(test.log.Count<ResumeTraining>() == 1);
  test.driver.Click("stop_training");
  CHECK(test.log.Count<StopTraining>() == 1);
  test.driver.Click("watch_newest");
  REQUIRE(test.log.Last<WatchIn>() != nullptr);  // a new episode that plays, also when paused
  CHECK(test.log.Last<WatchIn>()->agent.kind == AgentKind::kNewestPolicy);
  CHECK(test.log.Last<WatchIn>()->environment == test.world.training.environment);
}

TEST_CASE("what the agent heeds has a field, and what does not go together is not started") {
  TestWindow test(UiWorld{}, {1280, 2400});
  test.driver.Click("tab/training");
  CHECK(test.driver.Find("target-kl") == nullptr);
  test.driver.Click("all_settings");
  agents::TrainingSettings& settings = test.window.state().settings.training.settings;
  const auto check_fields = [&] {
    test.driver.Frames(2);
    VisitNumbers(settings, [&](const auto& field, auto&) {
      if (field.name == "steps" || field.name == "seed" || field.name == "cost-limit") return;
      CAPTURE(field.name);
      CHECK((test.driver.Find(field.name) != nullptr) == Applies(field, settings));
    });
  };
  check_fields();
  CHECK(test.driver.Find("clip-ratio") != nullptr);
  settings.algorithm = agents::Algorithm::kCpo;
  check_fields();
  CHECK(test.driver.Find("clip-ratio") == nullptr);
  CHECK(test.driver.Find("fisher-damping") != nullptr);
  CHECK(test.driver.Find("start_training")->enabled);
  settings.environments = 0;
  test.driver.Frames(2);
  CHECK_FALSE(test.driver.Find("start_training")->enabled);
}

TEST_CASE("the fields of all settings stand in one column, at the edge of those above") {
  TestWindow test(UiWorld{}, {1280, 2400});
  test.driver.Click("tab/training");
  test.driver.Click("all_settings");
  test.driver.Frames(2);
  const RecordedItem* above = test.driver.Find("cost_limit");
  REQUIRE(above != nullptr);
  const float right = above->max.x;
  const RecordedItem* gamma = test.driver.Find("gamma");
  REQUIRE(gamma != nullptr);
  const float left = gamma->min.x;
  agents::TrainingSettings& settings = test.window.state().settings.training.settings;
  VisitNumbers(settings, [&]<typename T>(const auto& field, T&) {
    if (field.name == "steps" || field.name == "seed" || field.name == "cost-limit") return;
    if (!Applies(field, settings)) return;
    const RecordedItem* item = test.driver.Find(field.name);
    REQUIRE(item != nullptr);
    CAPTURE(field.name);
    CHECK(item->max.x == doctest::Approx(right));
    if constexpr (!std::is_same_v<T, bool>) CHECK(item->min.x == doctest::Approx(left));
  });
}

// Three runs of the busy world: one in training, an earlier one of another seed, one of CPO.
UiWorld WorldOfRuns() {
  UiWorld world = UiWorld::Busy();
  RunTrack earlier = world.runs.runs().front();
  earlier.id = RunId{2};
  earlier.settings.seed = 5;
  earlier.kept_policies = {3, 6};
  world.runs.Put(earlier);
  RunTrack cpo = earlier;
  cpo.id = RunId{3};
  cpo.settings.algorithm = agents::Algorithm::kCpo;
  auto history = *cpo.history;
  for (agents::IterationReport& report : history) {
    report.cpo_case =
        report.iteration % 2 == 0 ? agents::CpoCase::kInside : agents::CpoCase::kRecovery;
    report.line_search_steps = report.iteration % 3 + 1;
  }
  cpo.history = std::make_shared<std::vector<agents::IterationReport>>(std::move(history));
  world.runs.Put(cpo);
  return world;
}

TEST_CASE("runs are listed, those that differ in their seed become one curve with a band") {
  TestWindow test(WorldOfRuns(), {1280, 1600});
  test.driver.Click("tab/training");
  const TrainingPanelState& state = test.window.state().training;
  CHECK(state.selected == RunId{3});
  CHECK(state.shown == std::set{RunId{3}});
  CHECK(test.driver.Find("cpo_strip") != nullptr);
  CHECK(test.driver.Find("plot/line_search") != nullptr);
  CHECK(test.driver.Find("plot/blocked") == nullptr);
  CHECK(test.driver.Find("plot/violation_steps") == nullptr);
  test.driver.Click("run/1");
  test.driver.Click("run/2/show");
  CHECK(state.selected == RunId{1});
  CHECK(state.shown.size() == 3);
  CHECK(state.curves.groups.size() == 2);
  CHECK(state.curves.groups[1].runs.size() == 2);
  CHECK_FALSE(state.curves.groups[1].of(RunFigure::kReturn).low.empty());
  CHECK(test.driver.Find("cpo_strip") == nullptr);
  test.driver.Click("run/2/show");
  test.driver.Click("run/3/show");
  test.driver.Click("run/1/show");
  CHECK(state.shown.empty());
  CHECK(test.driver.Find("plot/return") == nullptr);
}

TEST_CASE("an earlier run is resumed when no other is in training, and any kept policy watched") {
  TestWindow test(WorldOfRuns(), {1280, 1600});
  test.driver.Click("tab/training");
  test.driver.Click("run/2");
  CHECK_FALSE(test.driver.Find("resume_run")->enabled);
  test.driver.Click("watch_run");
  CHECK(test.log.Last<WatchRun>()->run == RunId{2});
  CHECK(test.log.Last<WatchRun>()->iteration == 0);
  test.window.state().training.kept_choice = 0;
  test.driver.Click("watch_kept");
  CHECK(test.log.Last<WatchRun>()->iteration == 3);
  test.world.training.state = TrainingState::kIdle;
  test.driver.Frames(2);
  test.driver.Click("resume_run");
  CHECK(test.log.Last<ResumeRun>()->run == RunId{2});
}

TEST_CASE("a run that has done all its steps can be given more") {
  UiWorld world = WorldOfRuns();
  world.training.state = TrainingState::kIdle;
  RunTrack done = *world.runs.Find(RunId{2});
  done.settings.total_steps = done.steps();
  world.runs.Put(done);
  TestWindow test(std::move(world), {1280, 1600});
  test.driver.Click("tab/training");
  test.driver.Click("run/2");
  test.window.state().training.more_steps = 50'000;
  test.driver.Click("resume_run");
  REQUIRE(test.log.Last<ResumeRun>() != nullptr);
  CHECK(test.log.Last<ResumeRun>()->more_steps == 50'000);
}

TEST_CASE("a run of a folder is listed, selected when it comes, and can be watched, not resumed") {
  UiWorld world = WorldOfRuns();
  world.training.state = TrainingState::kIdle;
  TestWindow test(std::move(world), {1280, 1600});
  test.driver.Click("tab/training");
  RunTrack opened = *test.world.runs.Find(RunId{2});
  opened.id = RunId{-1};
  opened.folder = "/home/ada/runs/ppo";
  opened.policy = "ppo";
  opened.asked_for = true;
  test.world.runs.Put(opened);
  test.driver.Frames(3);
  CHECK(test.window.state().training.selected == RunId{-1});
  CHECK(test.window.state().training.shown.contains(RunId{-1}));
  CHECK_FALSE(test.driver.Find("resume_run")->enabled);
  test.driver.Click("watch_run");
  CHECK(test.log.Last<WatchRun>()->run == RunId{-1});
}

TEST_CASE("a plot opens large, smooths, and writes what it shows") {
  TestWindow test(WorldOfRuns(), {1280, 1600});
  test.driver.Click("tab/training");
  test.driver.Click("plot/cost");
  REQUIRE(test.window.state().plot.shown);
  CHECK(test.window.state().plot.plot == TrainingPlot::kCost);
  test.driver.Frames(2);
  test.driver.Click("large/csv");
  REQUIRE(test.log.Last<SavePlot>() != nullptr);
  const PlotTable raw = test.log.Last<SavePlot>()->plot;
  CHECK_FALSE(test.log.Last<SavePlot>()->svg);
  CHECK(raw.limit.first == "limit");
  REQUIRE_FALSE(raw.curves.empty());
  CHECK(raw.curves[0].x.size() == raw.curves[0].y.size());
  test.window.state().plot.smoothing = 0.9F;
  test.driver.Frames(2);
  test.driver.Click("large/svg");
  CHECK(test.log.Last<SavePlot>()->svg);
  CHECK(test.log.Last<SavePlot>()->plot.curves[0].y != raw.curves[0].y);
  test.driver.Tap(Key::kEscape);
  CHECK_FALSE(test.window.state().plot.shown);
}

TEST_CASE("in a window of the usual size both costs have their names, and the speed waits") {
  UiWorld world = WorldOfRuns();
  world.training.state = TrainingState::kRunning;
  TestWindow test(std::move(world), {1280, 1600});
  test.driver.Click("tab/training");
  test.window.state().training.shown = {test.window.state().training.selected};
  test.driver.Frames(3);
  REQUIRE(test.window.state().training.curves.groups.size() == 1);
  CHECK(test.driver.Find("curve/true") != nullptr);
  CHECK(test.driver.Find("curve/learned") != nullptr);
  const RecordedItem* progress = test.driver.Find("training_progress");
  REQUIRE(progress != nullptr);
  CHECK(progress->max.x <= progress->clip_max.x + 1.0F);
}

}  // namespace
}  // namespace lookout::ui
