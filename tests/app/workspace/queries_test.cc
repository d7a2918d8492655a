#include <doctest/doctest.h>

#include <algorithm>
#include <cstdint>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/kinds/preference.h"
#include "app/workspace/labelling/query_queue.h"
#include "tests/app/workers/worker_support.h"
#include "tests/app/workspace/queries_support.h"
#include "tests/app/workspace/window_controller_support.h"

namespace lookout::app {
namespace {

TEST_CASE("nothing is looked for and nothing is shown of queries until somebody asks") {
  Watching watching;
  watching.Frame();
  CHECK(watching.workers.query_requests.empty());
  CHECK(watching.View().queries == nullptr);
  CHECK(watching.View().pair == nullptr);
}

TEST_CASE("who asks before there are queries gets them as soon as they are found") {
  Watching watching;
  watching.session.OnEpisodeBegan(SceneOf(2));
  watching.session.OnChunk(Steps(2, 0, 120));
  watching.Do(ui::QueryCommand{ui::ComparePairs{}});
  CHECK(watching.View().pair == nullptr);
  REQUIRE(watching.workers.query_requests.size() == 1);
  CHECK(watching.View().queries->looking);
  watching.session.OnQueries({.queries = {Pair(kLeft, kThird)}, .problem = {}});
  watching.Frame();
  CHECK(watching.View().pair != nullptr);
}

TEST_CASE("after the last query it is said what brings more of them") {
  Watching asked;
  asked.session.OnEpisodeBegan(SceneOf(2));
  asked.session.OnChunk(Steps(2, 0, 120));
  asked.Do(ui::QueryCommand{ui::FillQueries{}});
  asked.session.OnQueries({.queries = {Span(2, 70, 80)}, .problem = {}});
  asked.Do(ui::QueryCommand{ui::GoToQuery{+1}});
  // Reaction lags move it back.
  const auto at = [](StepIndex step) { return ui::Moment{EpisodeId{2}, step}; };
  asked.Do(ui::MarkCommand{ui::BeginMark{agents::Verdict::kUnsafe, at(80)}});
  asked.Do(ui::MarkCommand{ui::EndMark{at(105)}});
  CHECK(asked.View().queries->open.empty());
  asked.session.OnQueries({.queries = {}, .problem = "No finished episode is at hand"});
  asked.Do(ui::QueryCommand{ui::GoToQuery{+1}});
  CHECK(asked.View().notices.back().text.starts_with("No queries: All that is at hand is judged"));
}

TEST_CASE("pairs are judged one after the other, and the answers are feedback at once") {
  Asked asked;
  asked.Do(ui::QueryCommand{ui::ComparePairs{}});
  REQUIRE(asked.View().pair != nullptr);
  CHECK(asked.View().pair->first == kLeft);
  CHECK(asked.View().pair->loaded);
  CHECK(asked.workers.CountPlayer<ui::SetPlaying>() == 1);  // the live episode rests
  asked.Frame(2.5);
  const std::size_t fits = asked.workers.label_sources.size();
  asked.Answer({.safer = ui::SaferClip::kFirst, .clearly = true, .blind = true});

  const agents::FeedbackRecord record = asked.workers.journal().back().record;
  CHECK(asked.Last().first == kLeft);
  CHECK(asked.Last().second == kRight);
  CHECK(asked.Last().first_is_safer == 1.0);
  CHECK(asked.Last().strength == 2.0);
  CHECK(record.annotator == "me");
  CHECK(record.time_spent_ms >= 2500);
  CHECK(record.on_screen.blind);
  CHECK_FALSE(record.on_screen.model);
  CHECK(record.on_screen.mode == "queue");
  CHECK(record.on_screen.playback_speed == 1.0);
  CHECK(asked.workers.label_sources.size() == fits + 1);
  CHECK(asked.View().queries->answered == 1);
  // The next pair is there by itself; after the last one the live episode goes on.
  REQUIRE(asked.View().pair != nullptr);
  CHECK(asked.View().pair->first == kThird);
  asked.Answer({.safer = ui::SaferClip::kCannotTell});
  CHECK(asked.Last().first_is_safer == 0.5);
  CHECK(asked.Last().strength == 1.0);
  CHECK_FALSE(asked.workers.journal().back().record.on_screen.blind);
  CHECK(asked.View().pair == nullptr);
  CHECK(asked.workers.CountPlayer<ui::SetPlaying>() == 2);
}

TEST_CASE("the clips play in step and in a circle, and the play key and the step keys are theirs") {
  Asked asked;
  asked.Do(ui::QueryCommand{ui::ComparePairs{}});
  asked.Frame(0.5);
  const ui::PairOnScreen& pair = *asked.View().pair;
  CHECK(pair.moment == 25);
  CHECK(pair.StepOf(kLeft) == 35);
  CHECK(pair.StepOf(kRight) == 75);
  asked.Frame(0.4);
  CHECK(pair.moment == 45);
  CHECK(pair.StepOf(kLeft) == 39);  // the shorter one waits
  asked.Frame(0.5);
  CHECK(pair.moment == 0);  // 50 steps and a rest
  asked.Do(ui::PlayerCommand{ui::SetPlaying{false}});
  asked.Frame(0.5);
  CHECK(pair.moment == 0);
  asked.Do(ui::WindowCommand{ui::SeekBy{-1}});
  CHECK(pair.moment == 49);
  asked.Do(ui::PlayerCommand{ui::StepForward{2}});
  CHECK(pair.moment == 1);
  CHECK(asked.View().playhead.live);
}

TEST_CASE("undo takes a pair back, says so and asks it again") {
  Asked asked;
  asked.Do(ui::QueryCommand{ui::ComparePairs{}});
  asked.Answer({.safer = ui::SaferClip::kSecond});
  CHECK(asked.View().pair->first == kThird);
  asked.Do(ui::MarkCommand{ui::Undo{}});
  CHECK(asked.View().pair->first == kLeft);
  CHECK_FALSE(asked.View().pair->answered);
  CHECK(asked.View().queries->answered == 0);
  REQUIRE_FALSE(asked.View().notices.empty());
  CHECK(asked.View().notices.back().text.find("Undid: pair, steps 10") == 0);
  asked.Answer({.safer = ui::SaferClip::kFirst});
  CHECK(asked.View().pair->first == kThird);
  CHECK(asked.session.marks().marks().pairs().size() == 1);
}

TEST_CASE("an answered pair can be looked at again, answered otherwise and removed") {
  Asked asked;
  asked.Do(ui::QueryCommand{ui::ComparePairs{}});
  asked.Answer({.safer = ui::SaferClip::kSecond});
  asked.Do(ui::QueryCommand{ui::LeavePairs{}});
  const MarkId id = asked.session.marks().marks().pairs().begin()->first;
  asked.Do(ui::QueryCommand{ui::ShowPair{id}});
  REQUIRE(asked.View().pair != nullptr);
  CHECK(asked.View().pair->answered == id);
  asked.Answer({.safer = ui::SaferClip::kFirst});
  CHECK(asked.View().pair == nullptr);
  CHECK(asked.workers.journal().back().op == agents::JournalOp::kRevise);
  CHECK(asked.session.marks().marks().pairs().at(id).first_is_safer == 1.0);
  asked.Do(ui::MarkCommand{ui::DeleteMark{id}});
  CHECK(asked.session.marks().marks().pairs().empty());
}

TEST_CASE(
    "whatever brings another moment on screen leaves the pair, and a read-only project keeps "
    "none") {
  Asked asked;
  asked.Do(ui::QueryCommand{ui::ComparePairs{}});
  asked.Do(ui::WindowCommand{ui::Seek{EpisodeId{2}, 5}});
  CHECK(asked.View().pair == nullptr);
  asked.Do(ui::QueryCommand{ui::ComparePairs{}});
  asked.Do(ui::PlayerCommand{ui::ResetEpisode{}});
  CHECK(asked.View().pair == nullptr);
  asked.Do(ui::QueryCommand{ui::ComparePairs{}});
  asked.workers.project.read_only = true;
  asked.Answer({.safer = ui::SaferClip::kFirst});
  CHECK(asked.workers.journal().empty());
  CHECK(asked.View().pair != nullptr);
}

TEST_CASE("the next pair's episodes are loaded before it is needed") {
  Asked asked;
  asked.session.OnQueries(
      {.queries = {Pair(kLeft, kRight), Pair({EpisodeId{8}, 0, 9}, kRight)}, .problem = {}});
  asked.Do(ui::QueryCommand{ui::ComparePairs{}});
  const auto* load = std::get_if<LoadEpisode>(&asked.workers.write_requests.back());
  REQUIRE(load != nullptr);
  CHECK(load->id == EpisodeId{8});
  asked.session.OnLoadFailed(EpisodeId{8}, "it is gone");
  CHECK(asked.View().queries->open.size() == 1);
}

TEST_CASE("a span is replayed with its lead, and the mark on it answers it") {
  Asked asked;
  asked.session.OnQueries({.queries = {Span(2, 70, 80), Span(3, 20, 30)}, .problem = {}});
  asked.Do(ui::QueryCommand{ui::GoToQuery{+1}});
  CHECK(asked.View().playhead.episode == EpisodeId{2});
  CHECK(asked.View().playhead.step == 20);  // a second before
  CHECK(asked.View().playhead.replaying);
  asked.Do(ui::MarkCommand{ui::AddMark{
      {.episode = EpisodeId{2}, .first_step = 75, .last_step = 76, .annotator = {}, .note = {}}}});
  REQUIRE(asked.View().queries->open.size() == 1);
  CHECK(asked.View().queries->now()->first.episode == EpisodeId{3});
  asked.Do(ui::MarkCommand{ui::Undo{}});
  CHECK(asked.View().queries->open.size() == 2);
}

TEST_CASE("what was skipped does not come again, also in the next sitting") {
  Asked asked;
  asked.Do(ui::QueryCommand{ui::ComparePairs{}});
  asked.Do(ui::QueryCommand{ui::SkipQuery{}});
  CHECK(asked.View().pair->first == kThird);
  CHECK(asked.View().queries->skipped == 1);
  const auto* saved = std::get_if<SaveSetting>(&asked.workers.write_requests.back());
  REQUIRE(saved != nullptr);
  CHECK(saved->key == "skipped_queries");
  QueryQueue next;
  next.LoadSkipped(saved->value);
  next.Adopt({Pair(kRight, kLeft), Pair(kThird, kRight)});  // the order of the clips is no matter
  REQUIRE(next.shown().open.size() == 1);
  CHECK(next.shown().open.front().first == kThird);
  next.LoadSkipped("not a list");
  CHECK(next.shown().skipped == 1);
}

}  // namespace
}  // namespace lookout::app
