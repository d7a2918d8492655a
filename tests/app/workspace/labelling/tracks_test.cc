// Several dangers that are marked at the same time.
#include <doctest/doctest.h>

#include <vector>

#include "tests/app/workspace/window_controller_support.h"

namespace lookout::app {
namespace {

using agents::Mark;
using agents::Verdict;

ui::MarkCommand Beside(int danger) {
  return ui::BeginMark{.verdict = Verdict::kUnsafe, .track = danger};
}

// A span of class 1 begins at step 100.
struct Marked : Watching {
  Marked() {
    Do(ui::MarkCommand{ui::SetDangerClass{1}});
    Do(ui::MarkCommand{ui::BeginMark{}});
  }
  std::vector<Mark> marks() {
    std::vector<Mark> all;
    for (const auto& [id, mark] : session.marks().marks().marks()) all.push_back(mark);
    return all;
  }
};

TEST_CASE("two dangers are marked at once, each for as long as its own key is held") {
  Marked test;
  test.LiveAt(110);
  test.Do(Beside(2));
  test.LiveAt(120);
  REQUIRE(test.View().open_marks.size() == 2);
  CHECK(test.View().open_marks[0].danger == 1);
  CHECK(test.View().open_marks[1].danger == 2);
  CHECK(test.View().open_marks[1].first_step == 110);
  CHECK(test.View().open_marks[1].last_step == 120);
  test.Do(ui::MarkCommand{ui::EndMark{.track = ui::kMainTrack}});
  test.LiveAt(130);
  REQUIRE(test.View().open_marks.size() == 1);
  test.Do(ui::MarkCommand{ui::EndMark{.track = 2}});
  REQUIRE(test.marks().size() == 2);
  CHECK(test.marks()[0].danger == 1);
  CHECK(test.marks()[0].first_step == 100);
  CHECK(test.marks()[0].last_step == 120);
  CHECK(test.marks()[1].danger == 2);
  CHECK(test.marks()[1].first_step == 110);
  CHECK(test.marks()[1].last_step == 130);
  CHECK(test.marks()[1].reaction_lag_steps == test.marks()[0].reaction_lag_steps);
  // One undo takes back one of them.
  test.Do(ui::MarkCommand{ui::Undo{}});
  REQUIRE(test.marks().size() == 1);
  CHECK(test.marks()[0].danger == 1);
}

TEST_CASE(
    "beside a danger comes no second one of its class, nor one beside nothing or what is safe") {
  Marked test;
  test.Do(Beside(1));
  CHECK(test.View().open_marks.size() == 1);
  test.Do(Beside(2));
  test.Do(Beside(2));
  CHECK(test.View().open_marks.size() == 2);
  test.Do(ui::MarkCommand{ui::CancelMark{2}});
  CHECK(test.View().open_marks.size() == 1);
  test.Do(ui::MarkCommand{ui::CancelMark{}});
  test.Do(Beside(2));
  CHECK(test.View().open_marks.empty());
  test.Do(ui::MarkCommand{ui::BeginMark{Verdict::kSafe}});
  test.Do(Beside(2));
  CHECK(test.View().open_marks.size() == 1);
  CHECK(test.marks().empty());
}

TEST_CASE("another verdict, another episode or the end of the program ends all of them") {
  for (const int how : {0, 1, 2}) {
    Marked test;
    test.Do(Beside(2));
    test.LiveAt(110);
    if (how == 0) test.Do(ui::MarkCommand{ui::BeginMark{Verdict::kSafe}});
    if (how == 1) {
      test.session.OnEpisodeBegan(SceneOf(2));
      test.session.OnChunk(Steps(2, 0, 20));
      test.Do(ui::WindowCommand{ui::Seek{EpisodeId{2}, 3}});
    }
    if (how == 2) test.Do(ui::WindowCommand{ui::Quit{}});
    REQUIRE(test.marks().size() == 2);
    CHECK(test.marks()[0].danger == 1);
    CHECK(test.marks()[1].danger == 2);
    CHECK(test.View().open_marks.size() == (how == 0 ? 1 : 0));
  }
}

TEST_CASE("a digit's class is for the span of X alone") {
  Marked test;
  test.Do(Beside(2));
  test.Do(ui::MarkCommand{ui::SetDangerClass{4}});
  CHECK(test.View().open_marks[0].danger == 4);
  CHECK(test.View().open_marks[1].danger == 2);
}

}  // namespace
}  // namespace lookout::app
