// What answers a query, what of it is told, and how the queue goes on.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "agents/feedback/kinds/mark.h"
#include "app/workspace/labelling/query_queue.h"
#include "tests/app/workspace/queries_support.h"
#include "tests/app/workspace/window_controller_support.h"

namespace lookout::app {
namespace {

TEST_CASE("a mark on the span that is asked about says so, why it was asked, and what of") {
  AskedSpan asked;
  const agents::Provenance answer = asked.Mark(85, 99);  // seen 15 steps earlier
  CHECK(answer.mode == "queue");
  CHECK(answer.asked_why == "audit");
  CHECK(answer.asked_first == 70);
  CHECK(answer.asked_last == 80);
  CHECK(answer.asked_chance == 0.125);
  CHECK(answer.asked_highest == 0.25);
  CHECK(asked.View().queries->answered == 1);
}

TEST_CASE("a mark beside the span that is asked about is no answer, and the query stays") {
  AskedSpan asked;
  const agents::Provenance beside = asked.Mark(20, 40);
  CHECK(beside.mode == "review");
  CHECK(beside.asked_why.empty());
  CHECK_FALSE(beside.asked_span());
  CHECK(asked.View().queries->answered == 0);
  CHECK(asked.View().queries->open.size() == 1);
  asked.Do(ui::MarkCommand{ui::AddMark{
      {.episode = EpisodeId{3}, .first_step = 72, .last_step = 76, .annotator = {}, .note = {}}}});
  asked.Do(ui::MarkCommand{ui::WriteNote{{EpisodeId{2}, 75}, "odd"}});
  CHECK(asked.workers.journal().back().record.on_screen.mode == "review");
  CHECK(asked.View().queries->answered == 0);
}

TEST_CASE("who says too little of what is asked about, or something else, is told") {
  const auto told = [](AskedSpan& asked, const std::string& words) {
    const auto& notices = asked.View().notices;
    return std::ranges::any_of(notices, [&](const ui::Notice& notice) {
      return notice.text.find(words) != std::string::npos;
    });
  };
  AskedSpan beside;
  beside.Mark(20, 40);
  CHECK(told(beside,
             "beside the steps 70\xE2\x80\x93"
             "80"));
  AskedSpan little;
  little.Mark(85, 86);  // of 15 steps earlier
  CHECK(little.View().queries->answered == 1);
  CHECK(told(little, "covers 2 of the 11 steps"));
  AskedSpan enough;
  enough.Mark(85, 95);
  CHECK_FALSE(told(enough, "covers"));
  CHECK_FALSE(told(enough, "beside"));
}

TEST_CASE("an answer that is moved away from what was asked is none any more") {
  AskedSpan asked;
  asked.Mark(85, 99);
  agents::Mark mark = asked.session.marks().marks().marks().begin()->second;
  mark.first_step = mark.last_step = 10;
  mark.reaction_lag_steps = 0;
  asked.Do(ui::MarkCommand{ui::ReviseMark{mark}});
  CHECK(asked.View().queries->answered == 0);
}

TEST_CASE("what has been answered is counted of the observation on screen alone") {
  AskedSpan asked;
  asked.Mark(85, 99);
  CHECK(asked.View().queries->answered == 1);
  CHECK(asked.View().queries->coverage > 0.0);
  // Another environment comes on screen, of another observation.
  asked.session.OnEpisodeBegan(SceneOf(9, "elsewhere", 7));
  asked.session.OnChunk(Steps(9, 0, 120));
  asked.Do(ui::WindowCommand{ui::Seek{EpisodeId{9}, 3}});
  asked.Frame();
  CHECK(asked.View().queries->answered == 0);
  CHECK(asked.View().queries->coverage == 0.0);
}

TEST_CASE("new proposals do not take away the query that is on screen") {
  QueryQueue queue;
  queue.Adopt({Span(1, 0, 9), Span(1, 20, 29)});
  queue.Go(+1);
  queue.shown().asked = true;
  queue.Adopt({Span(1, 40, 49), Span(1, 60, 69)});
  REQUIRE(queue.shown().open.size() == 3);
  CHECK(queue.shown().now()->first.first == 0);
  queue.Go(+1);
  CHECK(queue.shown().now()->first.first == 40);
  queue.Go(-1);
  queue.Go(-1);
  CHECK(queue.shown().now()->first.first == 60);
}

TEST_CASE("the place in the queue goes on, whatever is answered, taken back or found") {
  const auto all = [](EpisodeId) { return true; };
  QueryQueue queue;
  queue.Adopt({Span(1, 0, 9), Span(1, 20, 29), Span(1, 40, 49)});
  queue.Go(+1);
  queue.shown().asked = true;
  queue.Go(+1);
  CHECK(queue.shown().place() == 2);
  CHECK(queue.shown().count() == 3);
  // More are found, and what was open is still proposed: the one on screen keeps its place.
  queue.Adopt({Span(1, 60, 69), Span(1, 0, 9), Span(1, 20, 29)});
  CHECK(queue.shown().now()->first.first == 20);
  CHECK(queue.shown().place() == 2);
  CHECK(queue.shown().count() == 4);
  queue.SkipCurrent();
  CHECK(queue.shown().place() == 3);
  CHECK(queue.shown().count() == 4);
  queue.Follow({}, all);
  CHECK(queue.shown().place() == 3);
}

}  // namespace
}  // namespace lookout::app
