#include "ui/widgets/timeline/timeline.h"

#include <doctest/doctest.h>

#include <cmath>
#include <vector>

#include "tests/support/ui_driver.h"
#include "ui/widgets/scopes.h"

namespace lookout::ui {
namespace {

// A thousand steps, two annotators, one mark of each.
struct TimelineStage {
  explicit TimelineStage(StepIndex steps = 1000)
      : reward(static_cast<std::size_t>(steps)),
        cost(reward.size()),
        predicted(reward.size(), NAN),
        spread(reward.size()),
        so_far(reward.size()) {
    for (std::size_t i = 0; i < reward.size(); ++i) {
      reward[i] = std::sin(static_cast<float>(i) * 0.1F);
      cost[i] = i % 100 < 10 ? 1.0F : 0.0F;
      so_far[i] = i == 0 ? cost[0] : so_far[i - 1] + cost[i];
    }
    costs = {{"Vases", "", Rgb(0x56B4E9), so_far.data(), 1, so_far.size()},
             {"Hazards", "", Rgb(0x0072B2), so_far.data(), 1, so_far.size()}};
    marks = {{.id = 1, .lane = 0, .first = 200, .last = 400, .label = "Hazard"},
             {.id = 2, .lane = 1, .first = 600, .last = 700}};
    driver.set_ui(ui);
    ui.Apply(ThemeKind::kDark, 1.0F);
    driver.set_draw([this] { Draw(); });
    driver.Frames(2);
  }

  TimelineData Data() const {
    return {.episode = episode,
            .steps = static_cast<StepIndex>(reward.size()),
            .extent = static_cast<StepIndex>(reward.size()),
            .reward = reward,
            .cost = cost,
            .predicted = predicted,
            .spread = spread,
            .costs = costs,
            .lanes = lanes,
            .marks = marks,
            .ghost_cost = ghost,
            .ghost_predicted = ghost,
            .attended = attended,
            .playhead = playhead,
            .live = false,
            .selected = selected};
  }

  void Draw() {
    const ScopedRegion region("stage", {{0, 0}, {1000, 300}}, CurrentTheme().panel, {0, 0},
                              ImGuiWindowFlags_NoScrollWithMouse);
    const TimelineWish command = Timeline("timeline", Data(), state, {1000, timeline_height});
    if (command.seek) {
      playhead = *command.seek;
      ++seeks;
    }
    if (command.select) selected = *command.select;
    if (command.revise) revised = command.revise;
    if (command.add) added = command.add;
  }

  float X(StepIndex step) const { return state.axis.X(step); }
  float LaneY(int lane) const {
    const RecordedItem* lanes_item = driver.Find("timeline/lanes");
    const float height = (lanes_item->max.y - lanes_item->min.y) / 2.0F;
    return lanes_item->min.y + height * (static_cast<float>(lane) + 0.5F);
  }
  float RulerY() const { return driver.MiddleOf("timeline/ruler").y; }

  UiDriver driver;
  UiContext ui;
  std::vector<float> reward, cost, predicted, spread;
  std::vector<float> ghost;
  std::vector<float> so_far;
  std::vector<TimelineCost> costs;
  std::vector<TimelineLane> lanes{{"me", Rgb(0x56B4E9)}, {"oracle", Rgb(0xE69F00)}};
  std::vector<TimelineMark> marks;
  TimelineState state;
  std::int64_t episode = 1;
  std::vector<TimelineAttended> attended;
  StepIndex playhead = 0;
  float timeline_height = 260.0F;
  std::int64_t selected = 0;
  int seeks = 0;
  std::optional<TimelineSpan> revised, added;
};

TEST_CASE("a click on the timeline looks at that step") {
  TimelineStage stage;
  stage.driver.ClickAt({stage.X(750), stage.RulerY()});
  CHECK(std::abs(stage.playhead - 750) <= 1);
}

TEST_CASE("dragging scrubs through every step under the mouse") {
  TimelineStage stage;
  stage.driver.Drag({stage.X(100), 60}, {stage.X(500), 60}, 12);
  CHECK(std::abs(stage.playhead - 500) <= 1);
  CHECK(stage.seeks >= 12);
}

TEST_CASE("scrubbing stays inside the recording") {
  TimelineStage stage;
  stage.driver.Drag({stage.X(500), 60}, {5000, 60});
  CHECK(stage.playhead == 999);
  stage.driver.Drag({stage.X(500), 60}, {stage.X(0) + 1, 60});
  stage.driver.Drag({stage.X(500), 60}, {-300, 60});
  CHECK(stage.playhead == 0);
}

TEST_CASE("a mark's edge can be dragged, the other end stays") {
  TimelineStage stage;
  stage.driver.Drag({stage.X(400) + 1, stage.LaneY(0)}, {stage.X(450), stage.LaneY(0)});
  REQUIRE(stage.revised.has_value());
  CHECK(stage.revised->mark == 1);
  CHECK(stage.revised->first == 200);
  CHECK(std::abs(stage.revised->last - 450) <= 1);
  CHECK(stage.selected == 1);
  CHECK(std::abs(stage.playhead - 450) <= 1);  // the view shows the moment at the edge
}

TEST_CASE("an edge dragged past the other end turns the span round") {
  TimelineStage stage;
  stage.driver.Drag({stage.X(200), stage.LaneY(0)}, {stage.X(500), stage.LaneY(0)});
  REQUIRE(stage.revised.has_value());
  CHECK(stage.revised->first == 400);
  CHECK(std::abs(stage.revised->last - 500) <= 1);
}

TEST_CASE("marks of others that cannot be edited keep their edges") {
  TimelineStage stage;
  stage.marks[1].editable = false;
  stage.driver.Drag({stage.X(700), stage.LaneY(1)}, {stage.X(800), stage.LaneY(1)});
  CHECK_FALSE(stage.revised.has_value());
}

TEST_CASE("Ctrl and dragging on a lane adds a span") {
  TimelineStage stage;
  ImGui::GetIO().KeyCtrl = true;
  stage.driver.Drag({stage.X(820), stage.LaneY(0)}, {stage.X(780), stage.LaneY(0)});
  ImGui::GetIO().KeyCtrl = false;
  REQUIRE(stage.added.has_value());
  CHECK(std::abs(stage.added->first - 780) <= 1);
  CHECK(std::abs(stage.added->last - 820) <= 1);
  CHECK(stage.added->lane == 0);
}

TEST_CASE("a click inside a mark selects it, beside it selects none") {
  TimelineStage stage;
  stage.driver.ClickAt({stage.X(650), stage.LaneY(1)});
  CHECK(stage.selected == 2);
  CHECK_FALSE(stage.revised.has_value());
  stage.driver.ClickAt({stage.X(900), stage.LaneY(1)});
  CHECK(stage.selected == 0);
}

TEST_CASE("the wheel zooms round the step under the mouse, Shift pans") {
  TimelineStage stage;
  const float x = stage.X(600);
  stage.driver.MoveTo({x, 60});
  stage.driver.Wheel(5);
  CHECK(stage.state.axis.last() - stage.state.axis.first() < 500);
  CHECK(stage.state.axis.Step(x) == doctest::Approx(600).epsilon(0.01));
  const double first = stage.state.axis.first();
  ImGui::GetIO().KeyShift = true;
  stage.driver.Wheel(-1);
  ImGui::GetIO().KeyShift = false;
  CHECK(stage.state.axis.first() > first);
}

TEST_CASE("another episode shows all of itself") {
  TimelineStage stage;
  stage.driver.MoveTo({stage.X(600), 60});
  stage.driver.Wheel(8);
  stage.episode = 2;
  stage.driver.Frames();
  CHECK(stage.state.axis.shows_all());
}

TEST_CASE("an empty episode and a tiny place are drawn") {
  TimelineStage stage(0);
  stage.marks.clear();
  stage.driver.Frames(2);
  stage.driver.ClickAt({400, 60});
  CHECK(stage.seeks == 0);
}

TEST_CASE("a timeline of a million steps costs no more than the window can see") {
  double some_s = 0.0;
  {
    TimelineStage some(10'000);
    some_s = some.driver.FrameSeconds(30);
  }
  TimelineStage million(1'000'000);
  CHECK(million.driver.vertices() < 60'000);
  // Looking at every step would take a hundred times as long.
  CHECK(million.driver.FrameSeconds(30) < 10.0 * some_s);
}

TEST_CASE("the axis keeps its bounds whatever is asked of it") {
  TimelineAxis axis;
  axis.Place(100, 500);
  axis.SetExtent(1000);
  CHECK(axis.X(0) == doctest::Approx(100));
  CHECK(axis.X(1000) == doctest::Approx(600));
  axis.Zoom(1e9, 350);
  CHECK(axis.last() - axis.first() == doctest::Approx(4));
  axis.Pan(1e7F);
  CHECK(axis.last() == doctest::Approx(1000));
  axis.Zoom(0.0, 350);
  axis.Zoom(NAN, 350);
  CHECK(axis.last() - axis.first() == doctest::Approx(4));
  axis.Reveal(10);
  CHECK(axis.first() == doctest::Approx(10));
  axis.Zoom(1e-9, 350);
  CHECK(axis.shows_all());
  CHECK(axis.NearestStep(-1e6F, 1000) == 0);
  CHECK(axis.NearestStep(1e6F, 1000) == 999);
  CHECK(axis.NearestStep(350, 0) == 0);
}

TEST_CASE("names of rows never overlap, however short the timeline is") {
  TimelineStage stage;
  for (float height = 30.0F; height < 300.0F; height += 7.0F) {
    CAPTURE(height);
    stage.timeline_height = height;
    stage.driver.Frames(2);
    std::vector<RecordedItem> names;
    for (const RecordedItem& item : stage.driver.items()) {
      if (item.label == "timeline/name") names.push_back(item);
    }
    REQUIRE_FALSE(names.empty());
    for (std::size_t i = 1; i < names.size(); ++i) {
      CHECK(names[i].min.y >= names[i - 1].max.y - 0.5F);
    }
    CHECK(names.back().max.y <= std::max(height, 38.0F) + 1.0F);
  }
}

TEST_CASE("every kind of cost has its row while there is room, then the last ones share one") {
  TimelineStage stage;
  const auto names = [&] {
    stage.driver.Frames(2);
    int count = 0;
    for (const RecordedItem& item : stage.driver.items()) {
      count += item.label == "timeline/name" ? 1 : 0;
    }
    return count;
  };
  const int with_two = names();
  for (const char* name : {"fuel", "jerk", "lateness"}) {
    stage.costs.push_back({name, "", Rgb(0xE69F00), stage.so_far.data(), 1, stage.so_far.size()});
  }
  CHECK(names() == with_two + 3);
  for (int i = 0; i < 195; ++i) {
    stage.costs.push_back({"more", "", Rgb(0xE69F00), stage.so_far.data(), 1, stage.so_far.size()});
  }
  CHECK(names() > with_two + 3);
  CHECK(names() < 25);
}

TEST_CASE("the ghost of a comparison has its costs and predictions on the timeline") {
  TimelineStage stage;
  const int alone = stage.driver.vertices();
  stage.ghost.assign(1000, 0.5F);
  stage.driver.Frames(2);
  CHECK(stage.driver.vertices() > alone + 2000);
}

TEST_CASE("the number of the step on screen leaves room to the steps before that it goes by") {
  TimelineStage stage;
  stage.playhead = 500;
  stage.driver.Frames(2);
  const auto flag = [&] { return *stage.driver.Find("timeline/flag"); };
  CHECK(flag().min.x < stage.X(495));
  stage.attended = {{480, 0.4F}, {490, 0.7F}, {500, 1.0F}};
  stage.driver.Frames(2);
  CHECK(flag().min.x > stage.X(500));
  stage.playhead = 999;
  stage.driver.Frames(2);
  CHECK(flag().max.x <= stage.X(999) + 2.0F);
}

}  // namespace
}  // namespace lookout::ui
