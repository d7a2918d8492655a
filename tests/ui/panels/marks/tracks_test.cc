// Several dangers at the same time: marked by held digits, and on the timeline's rows.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <cmath>

#include "tests/support/ui_window.h"

namespace lookout::ui {
namespace {

using agents::Verdict;

// X is held on a danger of class 1.
struct Holding : TestWindow {
  Holding() {
    driver.KeyDown(Chord{Key::kX});
    world.open_marks = {{Verdict::kUnsafe, 1, EpisodeId{5}, 600, 610}};
    driver.Frames(2);
    log.commands.clear();
  }
};
constexpr Chord kTwo{static_cast<Key>('2')};

TEST_CASE("a digit held while X is held marks a second danger for as long as it is held") {
  Holding test;
  test.driver.KeyDown(kTwo);
  REQUIRE(test.log.Last<BeginMark>() != nullptr);
  CHECK(test.log.Last<BeginMark>()->verdict == Verdict::kUnsafe);
  CHECK(test.log.Last<BeginMark>()->track == 2);
  CHECK(test.log.Count<SetDangerClass>() == 0);  // the first one stays what it is
  test.world.open_marks.push_back({Verdict::kUnsafe, 2, EpisodeId{5}, 605, 610, 2});
  test.driver.Frames(30);
  CHECK(test.log.Count<BeginMark>() == 1);
  // Each ends with its own key, the first one first.
  test.driver.KeyUp(Chord{Key::kX});
  REQUIRE(test.log.Count<EndMark>() == 1);
  CHECK(test.log.Last<EndMark>()->track == kMainTrack);
  test.world.open_marks.erase(test.world.open_marks.begin());
  test.driver.KeyUp(kTwo);
  REQUIRE(test.log.Count<EndMark>() == 2);
  CHECK(test.log.Last<EndMark>()->track == 2);
  CHECK(test.log.Count<CancelMark>() == 0);
}

TEST_CASE("a digit that is tapped while X is held gives the span that class") {
  Holding test;
  test.driver.Tap(kTwo);
  REQUIRE(test.log.Last<CancelMark>() != nullptr);
  CHECK(test.log.Last<CancelMark>()->track == 2);
  REQUIRE(test.log.Last<SetDangerClass>() != nullptr);
  CHECK(test.log.Last<SetDangerClass>()->danger == 2);
  CHECK(test.log.Count<EndMark>() == 0);
}

TEST_CASE("what has no class yet gets that of the digit, and a safe span has none") {
  Holding test;
  test.world.open_marks.front().danger = 0;
  test.driver.KeyDown(kTwo);
  CHECK(test.log.Count<BeginMark>() == 0);
  CHECK(test.log.Last<SetDangerClass>()->danger == 2);
  test.driver.KeyUp(kTwo);
  test.log.commands.clear();
  test.world.open_marks.front() = {Verdict::kSafe, 0, EpisodeId{5}, 600, 610};
  test.driver.KeyDown(kTwo);
  CHECK(test.log.Count<BeginMark>() == 0);
}

// The busy world's episode 5 with a second danger, class 3, across mark 3 (class 1, 130 to 158).
struct TwoDangers : TestWindow {
  TwoDangers() {
    agents::Mark mark = world.marks.marks().marks().at(MarkId{3});
    mark.first_step = 145;
    mark.last_step = 200;
    mark.danger = 3;
    second = world.marks.Add(mark).record.id;
    driver.Frames(3);
    driver.Click("mark_row/2");
    driver.Frames(2);
    log.commands.clear();
  }
  const RecordedItem& MarkItem(MarkId id) {
    const RecordedItem* item = driver.Find(fmt::format("mark/{}", id.value));
    REQUIRE(item != nullptr);
    return *item;
  }
  MarkId second;
};

TEST_CASE("dangers that overlap lie on rows of their own, named, and each is dragged on its row") {
  TwoDangers test;
  const auto lanes = test.window.state().marks.index.lanes();
  REQUIRE(lanes.size() == 2);
  CHECK(lanes[1].title == "Gremlin");
  CHECK(lanes[1].further);
  const RecordedItem first = test.MarkItem(MarkId{3});
  const RecordedItem second = test.MarkItem(test.second);
  CHECK(second.min.y >= first.max.y);
  CHECK(second.max.y - second.min.y >= 12.0F);
  // The edges of both lie on the other one's steps, but not on its row.
  const TimelineAxis& axis = test.window.state().timeline.axis;
  const float to = axis.X(150);
  test.driver.Drag({first.max.x, (first.min.y + first.max.y) * 0.5F},
                   {to, (first.min.y + first.max.y) * 0.5F});
  REQUIRE(test.log.Last<ReviseMark>() != nullptr);
  CHECK(test.log.Last<ReviseMark>()->mark.id == MarkId{3});
  test.driver.Drag({second.min.x, (second.min.y + second.max.y) * 0.5F},
                   {axis.X(135), (second.min.y + second.max.y) * 0.5F});
  CHECK(test.log.Last<ReviseMark>()->mark.id == test.second);
  CHECK(std::abs(test.log.Last<ReviseMark>()->mark.first_step - 135) <= 2);
}

TEST_CASE("Ctrl and dragging on the row of a danger adds one of it, wherever others are") {
  TwoDangers test;
  const RecordedItem second = test.MarkItem(test.second);
  const float y = (second.min.y + second.max.y) * 0.5F;
  const TimelineAxis& axis = test.window.state().timeline.axis;
  ImGui::GetIO().KeyCtrl = true;
  test.driver.Drag({axis.X(292), y}, {axis.X(310), y});
  ImGui::GetIO().KeyCtrl = false;
  REQUIRE(test.log.Last<AddMark>() != nullptr);
  CHECK(test.log.Last<AddMark>()->mark.danger == 3);
  CHECK(test.log.Last<AddMark>()->mark.verdict == Verdict::kUnsafe);
}

TEST_CASE("what is being made has its row, too, and the rows go when nothing overlaps any more") {
  TwoDangers test;
  test.world.open_marks = {{Verdict::kUnsafe, 1, EpisodeId{5}, 600, 630},
                           {Verdict::kUnsafe, 2, EpisodeId{5}, 610, 630, 2}};
  test.driver.Frames(2);
  const MarksIndex& index = test.window.state().marks.index;
  REQUIRE(index.open().size() == 2);
  CHECK(index.open()[0].lane == 0);
  CHECK(index.open()[1].lane == 1);
  CHECK(index.open()[1].label == "Vase");
  CHECK(index.lanes()[1].title == "Vase, Gremlin");
  CHECK_FALSE(index.lanes()[1].track.has_value());
  test.world.open_marks = {{Verdict::kSafe, 0, EpisodeId{5}, 600, 630}};
  test.driver.Frames(2);
  REQUIRE(index.open().size() == 1);
  CHECK(index.open()[0].label.empty());
  test.world.open_marks.clear();
  test.world.marks.Retract(test.second);
  test.driver.Frames(2);
  CHECK(index.lanes().size() == 1);
}

}  // namespace
}  // namespace lookout::ui
