#include "app/workspace/labelling/coverage.h"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

#include "agents/feedback/kinds/intervention.h"
#include "agents/feedback/kinds/note.h"
#include "agents/feedback/kinds/preference.h"
#include "agents/feedback/kinds/region.h"
#include "app/workspace/labelling/error_search.h"
#include "tests/app/workspace/window_controller_support.h"

namespace lookout::app {
namespace {

TEST_CASE("leaving the mark mode says what the marking came to") {
  Watching watching;
  for (int i = 0; i < 3; ++i) {
    watching.Do(ui::MarkCommand{ui::BeginMark{agents::Verdict::kUnsafe}});
    watching.Do(ui::MarkCommand{ui::EndMark{}});
    watching.Frame(10.0);
  }
  watching.Do(ui::WindowCommand{ui::SetMode{ui::InputMode::kView}});
  REQUIRE_FALSE(watching.View().notices.empty());
  CHECK(watching.View().notices.back().text ==
        "Marked 3 in 30 s: 3 unsafe. 1.0 % of what was recorded is judged.");
  const std::size_t notices = watching.View().notices.size();
  watching.Do(ui::WindowCommand{ui::SetMode{ui::InputMode::kMark}});
  watching.Do(ui::WindowCommand{ui::SetMode{ui::InputMode::kView}});
  CHECK(watching.View().notices.size() == notices);  // nothing was marked since
}

TEST_CASE("quitting keeps the summary for the next start") {
  Watching watching;
  watching.Do(ui::MarkCommand{ui::BeginMark{agents::Verdict::kSafe}});
  watching.Do(ui::WindowCommand{ui::Quit{}});
  const auto* saved = std::get_if<SaveSetting>(&watching.workers.write_requests.back());
  REQUIRE(saved != nullptr);
  CHECK(saved->key == WindowController::kLastMarking);
  CHECK(saved->value.find("1 safe") != std::string::npos);
}

TEST_CASE("a summary counts what stays, and the rate by the minute") {
  ui::MarkStore store;
  store.Add({.episode = EpisodeId{1}, .last_step = 9, .annotator = {}, .note = {}});
  const std::int64_t since = store.marks().last_sequence();
  store.Add({.episode = EpisodeId{1}, .last_step = 9, .annotator = {}, .note = {}});
  store.Undo();
  store.Add({.episode = EpisodeId{1},
             .last_step = 9,
             .verdict = agents::Verdict::kSafe,
             .annotator = {},
             .note = {}});
  store.Retract(MarkId{1});
  const MarkingSummary summary = SummariseMarking(store.marks(), since, "me", 120.0, 0.25);
  CHECK(summary.unsafe == 0);
  CHECK(summary.safe == 1);
  CHECK(summary.changed == 1);
  CHECK(InWords(summary) ==
        "Marked 1 in 2.0 minutes (0.5 a minute): 1 safe, 1 changed. 25.0 % of what was recorded is "
        "judged.");
  CHECK(InWords(SummariseMarking(store.marks(), 99, "me", 5.0, 0.0)).empty());
  CHECK(SummariseMarking(store.marks(), since, "you", 5.0, 0.0).empty());
}

TEST_CASE("a summary names every kind of what was added") {
  ui::MarkStore store;
  agents::FeedbackRecord record;
  for (int i = 0; i < 2; ++i) {
    SetContent(agents::Intervention{.episode = EpisodeId{1},
                                    .first_step = 40 + 40 * i,
                                    .last_step = 50 + 40 * i,
                                    .note = {}},
               record);
    store.AddRecord(record);
  }
  SetContent(agents::Region{.episode = EpisodeId{1},
                            .points = {0.0, 0.0},
                            .radius_m = 0.4,
                            .around = {},
                            .layout = "L",
                            .note = {}},
             record);
  store.AddRecord(record);
  SetContent(agents::Note{.episode = EpisodeId{1}, .step = 1, .text = "hm"}, record);
  store.AddRecord(record);
  CHECK(InWords(SummariseMarking(store.marks(), 0, "me", 60.0, 0.1)) ==
        "Marked 4 in 1.0 minutes (4.0 a minute): 2 take-overs, 1 note, 1 region. 10.0 % of what "
        "was recorded is judged.");
  // What led to the take-overs and what was driven: 0 to 24 and 40 to 50, 40 to 64 and 80 to 90.
  const std::vector<ui::EpisodeSummary> episodes{
      {.id = EpisodeId{1}, .environment = {}, .agent = {}, .steps = 100}};
  CHECK(CoverageOf(store.marks(), episodes) == doctest::Approx(0.6));
}

TEST_CASE("steps that several marks and pairs are about are covered once") {
  ui::MarkStore store;
  store.Add(
      {.episode = EpisodeId{1}, .first_step = 10, .last_step = 29, .annotator = {}, .note = {}});
  store.Add(
      {.episode = EpisodeId{1}, .first_step = 20, .last_step = 39, .annotator = {}, .note = {}});
  agents::FeedbackRecord pair;
  SetContent(
      agents::Preference{
          .first = {EpisodeId{1}, 35, 44}, .second = {EpisodeId{2}, 90, 199}, .note = {}},
      pair);
  store.AddRecord(pair);
  const std::vector<ui::EpisodeSummary> episodes{
      {.id = EpisodeId{1}, .environment = {}, .agent = {}, .steps = 100},
      {.id = EpisodeId{2}, .environment = {}, .agent = {}, .steps = 100}};
  CHECK(CoverageOf(store.marks(), episodes) == doctest::Approx(46.0 / 200.0));
  CHECK(CoverageOf(store.marks(), {}) == 0.0);
}

TEST_CASE("errors of the cost model are stretches, one way or the other") {
  const std::vector<float> predicted{0.9F, 0.9F, 0.1F, 0.1F, 0.8F, 0.2F};
  const std::vector<int> unsafe{1, 0, 0, 1, 0, -1};
  const Reference reference = [&](StepIndex step) -> std::optional<bool> {
    const int said = unsafe[static_cast<std::size_t>(step)];
    return said < 0 ? std::nullopt : std::optional(said == 1);
  };
  using agents::QueryReason;
  CHECK(NextErrorIn(predicted, reference, QueryReason::kFalseAlarm, 0) == 1);
  CHECK(NextErrorIn(predicted, reference, QueryReason::kFalseAlarm, 2) == 4);
  CHECK(NextErrorIn(predicted, reference, QueryReason::kFalseAlarm, 5) == std::nullopt);
  CHECK(NextErrorIn(predicted, reference, QueryReason::kMiss, 0) == 3);
  CHECK(NextErrorIn(predicted, reference, QueryReason::kMiss, 4) == std::nullopt);
}

TEST_CASE("others' marks are a reference where they are of one mind") {
  agents::FeedbackSet feedback;
  const auto add = [&](StepIndex first, StepIndex last, agents::Verdict verdict,
                       const std::string& who) {
    agents::FeedbackRecord record = RecordOf(agents::Mark{.id = feedback.next_id(),
                                                          .episode = EpisodeId{1},
                                                          .first_step = first,
                                                          .last_step = last,
                                                          .verdict = verdict,
                                                          .annotator = who,
                                                          .note = {}});
    REQUIRE(feedback.Apply(
        {.sequence = feedback.last_sequence() + 1, .record = record, .annotator = who}));
  };
  add(0, 4, agents::Verdict::kUnsafe, "ann");
  add(4, 9, agents::Verdict::kSafe, "bob");
  add(9, 9, agents::Verdict::kUnsafe, "me");
  const Reference others = MarksOfOthers(feedback, EpisodeId{1}, "me", 12);
  CHECK(others(0) == true);
  CHECK(others(4) == std::nullopt);
  CHECK(others(9) == false);
  CHECK(others(11) == std::nullopt);
}

}  // namespace
}  // namespace lookout::app
