// Agreement in the window: when it is measured, and the jumps to what annotators disagree about.
#include <doctest/doctest.h>

#include <memory>
#include <utility>

#include "tests/app/workspace/window_controller_support.h"

namespace lookout::app {
namespace {

// "me" and "anna" have marked episode 1 differently.
struct TwoMarked : Watching {
  TwoMarked() {
    AddMark(10, 40, agents::Verdict::kUnsafe);
    ui::AnnotatorProfile anna;
    anna.name = "anna";
    Do(ui::WindowCommand{ui::SaveAnnotator{anna}});
    Do(ui::WindowCommand{ui::SwitchAnnotator{"anna"}});
    AddMark(20, 40, agents::Verdict::kUnsafe);
    AddMark(60, 62, agents::Verdict::kUnsafe);
  }
  void AddMark(StepIndex first, StepIndex last, agents::Verdict verdict) {
    Do(ui::MarkCommand{ui::AddMark{
        {.episode = EpisodeId{1}, .first_step = first, .last_step = last, .verdict = verdict}}});
  }
  // The worker's answer to the newest request.
  void Answer() { session.OnAgreement(MeasureAgreementOf(workers.agreement_requests.back())); }
  ui::AgreementOnScreen Shown() { return *View().agreement; }
};

TEST_CASE("agreement is measured once for every change of the feedback, while somebody looks") {
  TwoMarked two;
  CHECK(two.workers.agreement_requests.empty());
  for (int i = 0; i < 3; ++i) two.Do(ui::WindowCommand{ui::MeasureAgreement{}});
  REQUIRE(two.workers.agreement_requests.size() == 1);
  CHECK(two.workers.agreement_requests.back().feedback.size() == 3);
  CHECK(two.workers.agreement_requests.back().episodes.size() == 1);
  CHECK(two.Shown().measuring);
  two.Answer();
  REQUIRE(two.Shown().report != nullptr);
  CHECK(two.Shown().report->annotators.size() == 2);
  two.Do(ui::WindowCommand{ui::MeasureAgreement{}});
  CHECK(two.workers.agreement_requests.size() == 1);
  two.AddMark(80, 81, agents::Verdict::kSafe);
  two.Do(ui::WindowCommand{ui::MeasureAgreement{}});
  CHECK(two.workers.agreement_requests.size() == 2);
}

TEST_CASE("a jump measures first, then goes through the disagreements, the longest first") {
  TwoMarked two;
  two.Do(ui::WindowCommand{ui::GoToDisagreement{+1}});
  REQUIRE(two.workers.agreement_requests.size() == 1);
  two.Answer();
  two.Frame();
  CHECK_FALSE(two.View().playhead.live);
  CHECK(two.View().playhead.step == 10);  // 10 to 19
  two.Do(ui::WindowCommand{ui::GoToDisagreement{+1}});
  CHECK(two.View().playhead.step == 60);  // 60 to 62
  two.Do(ui::WindowCommand{ui::GoToDisagreement{+1}});
  CHECK(two.View().playhead.step == 10);  // and round again
  two.Do(ui::WindowCommand{ui::GoToDisagreement{-1}});
  CHECK(two.View().playhead.step == 60);
  CHECK(two.Shown().shown == 1U);
}

TEST_CASE("after a disagreement was settled the next one follows, not the first again") {
  TwoMarked two;
  two.AddMark(90, 91, agents::Verdict::kUnsafe);
  two.Do(ui::WindowCommand{ui::GoToDisagreement{+1}});
  two.Answer();
  two.Do(ui::WindowCommand{ui::GoToDisagreement{+1}});
  REQUIRE(two.View().playhead.step == 60);
  two.Do(ui::WindowCommand{ui::SwitchAnnotator{"me"}});
  two.AddMark(60, 62, agents::Verdict::kUnsafe);
  two.Do(ui::WindowCommand{ui::GoToDisagreement{+1}});
  two.Answer();
  two.Frame();
  CHECK(two.View().playhead.step == 90);
}

TEST_CASE("where nobody disagrees, the jump says so") {
  Watching watching;
  watching.Do(ui::WindowCommand{ui::GoToDisagreement{+1}});
  // Nothing was ever marked, so there is nothing to measure.
  if (!watching.workers.agreement_requests.empty()) {
    watching.session.OnAgreement(MeasureAgreementOf(watching.workers.agreement_requests.back()));
  }
  CHECK_FALSE(watching.View().notices.empty());
}

TEST_CASE("what could not be measured is not asked for again until something changes") {
  TwoMarked two;
  two.Do(ui::WindowCommand{ui::MeasureAgreement{}});
  two.session.OnAgreement({.sequence = two.workers.agreement_requests.back().sequence,
                           .report = nullptr,
                           .problem = "no memory"});
  two.Do(ui::WindowCommand{ui::MeasureAgreement{}});
  CHECK(two.workers.agreement_requests.size() == 1);
  CHECK(two.Shown().problem == "no memory");
}

}  // namespace
}  // namespace lookout::app
