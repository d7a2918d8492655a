// What the window tells a person: for how long, where it stays readable, and what undo says.
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <string>

#include "tests/app/workspace/window_controller_support.h"

namespace lookout::app {
namespace {

using agents::JournalEntry;
using agents::JournalOp;

// A project that another sitting left: a mark in episode 7, made and then moved.
agents::FeedbackSet EarlierMarks() {
  agents::FeedbackSet marks;
  agents::Mark mark{.id = MarkId{1},
                    .episode = EpisodeId{7},
                    .first_step = 30,
                    .last_step = 52,
                    .verdict = agents::Verdict::kUnsafe,
                    .annotator = "me"};
  JournalEntry add{.sequence = 1, .op = JournalOp::kAdd, .record = RecordOf(mark), .unix_ms = 1000};
  add.annotator = "me";
  REQUIRE(marks.Apply(add).ok());
  mark.first_step = 40;
  JournalEntry revise = add;
  revise.sequence = 2;
  revise.op = JournalOp::kRevise;
  revise.record = RecordOf(mark);
  REQUIRE(marks.Apply(revise).ok());
  return marks;
}

TEST_CASE("what undo takes back of an earlier sitting is told, with when, and shown") {
  Watching watching;
  watching.session.LoadMarks(EarlierMarks());
  watching.Do(ui::MarkCommand{ui::Undo{}});
  REQUIRE(watching.View().notices.size() == 1);
  CHECK(
      watching.View().notices[0].text.starts_with("Undid: change of unsafe, steps 30\xE2\x80\x93"
                                                  "52 of episode 7, made on "));
  // It is not in memory, so it comes on screen as soon as the project has delivered it.
  CHECK(watching.session.playhead().live);
  watching.session.OnEpisodeLoaded(SceneOf(7), {Steps(7, 0, 64)});
  CHECK(watching.session.playhead().episode == EpisodeId{7});
  CHECK(watching.session.playhead().step == 30);
  watching.Do(ui::MarkCommand{ui::Redo{}});
  CHECK(watching.View().notices.back().text.starts_with("Redid: change of unsafe, steps 40"));
  CHECK(watching.session.playhead().step == 40);  // told although its episode is on screen
  watching.Do(ui::MarkCommand{ui::Undo{}});
  watching.Do(ui::MarkCommand{ui::Undo{}});
  CHECK(watching.View().notices.back().text.starts_with("Undid: unsafe, steps 30"));
  CHECK(watching.session.marks().marks().records().empty());
}

TEST_CASE("what undo takes back before one's eyes is not told, but elsewhere it is and is shown") {
  Watching watching;
  watching.Do(ui::MarkCommand{ui::BeginMark{agents::Verdict::kSafe}});
  watching.LiveAt(110);
  watching.Do(ui::MarkCommand{ui::EndMark{}});
  watching.Do(ui::MarkCommand{ui::Undo{}});
  CHECK(watching.View().notices.empty());
  CHECK(watching.session.playhead().live);
  watching.Do(ui::MarkCommand{ui::Redo{}});

  watching.session.OnEpisodeBegan(SceneOf(2));
  watching.session.OnChunk(Steps(2, 0, 1));
  watching.workers.player.episode = EpisodeId{2};
  watching.workers.player.step = 0;
  watching.Frame();
  watching.Do(ui::MarkCommand{ui::Undo{}});
  REQUIRE(watching.View().notices.size() == 1);
  CHECK(
      watching.View().notices[0].text.starts_with("Undid: safe, steps 100\xE2\x80\x93"
                                                  "110 of episode 1, made today "));
  CHECK(watching.session.playhead().episode == EpisodeId{1});
  CHECK(watching.session.playhead().step == 100);
}

TEST_CASE("news goes soon, a warning later, an error stays, what is told again is the newest") {
  Watching watching;
  watching.session.Notify(ui::NoticeLevel::kInfo, "saved");
  watching.session.Notify(ui::NoticeLevel::kWarning, "no layout");
  watching.session.Notify(ui::NoticeLevel::kError, "broken");
  watching.Frame(2.5);
  watching.session.Notify(ui::NoticeLevel::kInfo, "saved");
  watching.Frame(2.5);
  REQUIRE(watching.View().notices.size() == 3);
  CHECK(watching.View().notices.back().text == "saved");
  watching.Frame(2.5);
  CHECK(watching.View().notices.size() == 2);
  watching.Frame(2.5);
  REQUIRE(watching.View().notices.size() == 1);
  CHECK(watching.View().notices[0].text == "broken");
  watching.Frame(3600.0);
  REQUIRE(watching.View().notices.size() == 1);
  watching.Do(ui::WindowCommand{ui::DismissNotice{watching.View().notices[0].id}});
  CHECK(watching.View().notices.empty());
}

TEST_CASE("a long text stays long enough to be read") {
  Watching watching;
  watching.session.Notify(ui::NoticeLevel::kInfo, std::string(300, 'w'));
  watching.Frame(9.0);
  CHECK(watching.View().notices.size() == 1);
  watching.Frame(9.0);
  CHECK(watching.View().notices.empty());
}

TEST_CASE("all that was told can be read afterwards, up to a bound") {
  Watching watching;
  for (int i = 0; i < 1000; ++i) {
    watching.session.Notify(ui::NoticeLevel::kInfo, fmt::format("news {}", i));
    watching.session.Notify(ui::NoticeLevel::kInfo, fmt::format("news {}", i));
  }
  watching.Frame(3600.0);
  const ui::Snapshots view = watching.View();
  CHECK(view.notices.empty());
  CHECK(view.messages.size() == 300);
  CHECK(view.messages.back().text == "news 999");
  CHECK(view.messages.front().text == "news 700");
  CHECK(view.messages.back().unix_ms > 1'600'000'000'000);
}

}  // namespace
}  // namespace lookout::app
