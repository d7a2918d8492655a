#include "ui/model/run_store.h"

#include <doctest/doctest.h>

#include <cmath>
#include <memory>
#include <vector>

#include "ui/model/run_curves.h"

namespace lookout::ui {
namespace {

RunTrack RunOf(std::int64_t id, std::uint32_t seed, std::vector<double> returns) {
  RunTrack run{.id = RunId{id}, .environment = "Safexp-PointGoal1-v0"};
  run.settings.seed = seed;
  auto history = std::make_shared<std::vector<agents::IterationReport>>();
  for (const double value : returns) {
    history->push_back({.iteration = static_cast<int>(history->size()) + 1,
                        .mean_return = value,
                        .mean_learned_cost = NAN});
  }
  run.history = std::move(history);
  return run;
}

TEST_CASE("runs are listed newest first, and news of one replaces what was known") {
  RunStore store;
  store.Put(RunOf(2, 0, {}));
  RunTrack older = RunOf(1, 0, {1.0});
  older.started_unix_ms = 77;
  store.Put(older);
  store.Put(RunOf(5, 0, {}));
  store.Put(RunOf(1, 0, {1.0, 2.0}));
  REQUIRE(store.runs().size() == 3);
  CHECK(store.runs()[0].id == RunId{5});
  CHECK(store.runs()[2].id == RunId{1});
  CHECK(store.Find(RunId{1})->iterations() == 2);
  CHECK(store.Find(RunId{1})->started_unix_ms == 77);
  CHECK(store.Find(RunId{3}) == nullptr);
  CHECK(store.version() == 4);
}

TEST_CASE("the speed of a run is that of its last iteration") {
  RunTrack run = RunOf(1, 0, {});
  CHECK(run.steps_per_second() == 0.0);
  run.history =
      std::make_shared<std::vector<agents::IterationReport>>(std::vector<agents::IterationReport>{
          {.iteration = 1, .steps = 100, .sample_seconds = 9.0, .update_seconds = 1.0},
          {.iteration = 2, .steps = 500, .sample_seconds = 1.0, .update_seconds = 1.0}});
  CHECK(run.steps_per_second() == doctest::Approx(200.0));
}

TEST_CASE("seeds of one experiment are one curve with a band") {
  const RunTrack first = RunOf(1, 0, {1.0, 2.0, 9.0});
  const RunTrack second = RunOf(2, 1, {3.0, 6.0});
  RunTrack other = RunOf(3, 0, {5.0});
  other.settings.algorithm = agents::Algorithm::kTrpo;
  const auto curves = CurvesOf(std::vector<const RunTrack*>{&first, &other, &second});
  REQUIRE(curves.size() == 2);
  CHECK(curves[0].runs == std::vector{RunId{1}, RunId{2}});
  CHECK(curves[1].label == "TRPO");
  const BandCurve& band = curves[0].of(RunFigure::kReturn);
  REQUIRE(band.mean.size() == 3);
  CHECK(band.mean[0] == doctest::Approx(2.0));
  CHECK(band.mean[2] == doctest::Approx(9.0));
  // Two values a and b: half the width is t |a - b| / 2, with t = 1.8373 for one degree of freedom.
  CHECK(band.high[1] - band.mean[1] == doctest::Approx(1.8373 * 2.0));
  CHECK(band.low[1] == doctest::Approx(4.0 - 1.8373 * 2.0));
  CHECK(std::isnan(band.low[2]));
  CHECK(curves[1].of(RunFigure::kReturn).low.empty());
  CHECK(std::isnan(curves[0].of(RunFigure::kLearnedCost).mean[0]));
}

TEST_CASE("curves that would be called alike are told apart") {
  RunTrack recipe = RunOf(1, 0, {1.0});
  RunTrack other = RunOf(2, 0, {1.0});
  std::vector<std::string> labels;
  SUBCASE("by the settings in which they differ") {
    other.settings.clip_ratio = 0.1;
    labels = {"PPO, clip-ratio 0.2", "PPO, clip-ratio 0.1"};
  }
  SUBCASE("by their presets, however long they ran") {
    other.settings = *agents::SettingsPreset("fast", sim::RobotKind::kPoint);
    other.settings.total_steps /= 10;
    labels = {"PPO, ray2019", "PPO, fast"};
  }
  SUBCASE("by their environments") {
    other.environment = "Safexp-CarGoal1-v0";
    labels = {"Safexp-PointGoal1-v0: PPO", "Safexp-CarGoal1-v0: PPO"};
  }
  const auto curves = CurvesOf(std::vector<const RunTrack*>{&recipe, &other});
  REQUIRE(curves.size() == 2);
  CHECK(curves[0].label == labels[0]);
  CHECK(curves[1].label == labels[1]);
}

TEST_CASE("a seed that was run twice counts once, by its longer run") {
  const RunTrack shorter = RunOf(1, 4, {1.0});
  const RunTrack longer = RunOf(2, 4, {1.0, 3.0});
  for (const auto& order : {std::vector{&shorter, &longer}, std::vector{&longer, &shorter}}) {
    const auto curves = CurvesOf(order);
    REQUIRE(curves.size() == 1);
    CHECK(curves[0].runs.size() == 2);
    CHECK(curves[0].seeds == 1);
    CHECK(curves[0].of(RunFigure::kReturn).mean == std::vector{1.0F, 3.0F});
    CHECK(curves[0].of(RunFigure::kReturn).low.empty());
  }
}

}  // namespace
}  // namespace lookout::ui
