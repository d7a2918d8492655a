// The labels of two projects in a third.
#include <doctest/doctest.h>

#include <string>

#include "agents/feedback/kinds/note.h"
#include "app/exchange/labels/label_exchange.h"
#include "tests/app/exchange/labels/labels_support.h"

namespace lookout::app {
namespace {

using agents::Verdict;
using test::FullMark;

// Two copies of a project with feedback, which may go on by themselves.
struct Copies {
  Copies() {
    const auto origin = test::BlankProject(folder / "a.lookout");
    test::WriteFeedback(*origin);
    REQUIRE(origin->CopyTo(folder / "b.lookout").ok());
  }
  MergePlan Merge() const {
    const std::string a = test::ReadFile(folder / "a.lookout");
    const std::string b = test::ReadFile(folder / "b.lookout");
    const auto plan = MergeProjects({.first = folder / "a.lookout",
                                     .second = folder / "b.lookout",
                                     .out = folder / "c.lookout"});
    REQUIRE_MESSAGE(plan.ok(), (plan.ok() ? "" : plan.error().message));
    CHECK(test::ReadFile(folder / "a.lookout") == a);
    CHECK(test::ReadFile(folder / "b.lookout") == b);
    return plan->plan;
  }
  std::unique_ptr<Project> Open(const std::string& name) const {
    return test::OpenProject(folder / name);
  }
  test::TestFolder folder;
};

TEST_CASE("what either copy got is in the merged project, what both have once") {
  const Copies copies;
  const agents::Mark same = FullMark({1}, 100, 109, Verdict::kUnsafe, "Cem");
  test::JournalWriter(*copies.Open("a.lookout")).Add(FullMark({1}, 80, 89));
  test::JournalWriter(*copies.Open("a.lookout")).Add(same);
  {
    const auto project = copies.Open("b.lookout");
    test::JournalWriter journal(*project);
    journal.Add(FullMark({2}, 80, 89, Verdict::kSafe, "Dee"));
    journal.Add(same);
    agents::FeedbackRecord note{.annotator = "Dee"};
    SetContent(agents::Note{{1}, 3, "see here"}, note);
    journal.Add(note);
  }
  const MergePlan plan = copies.Merge();
  CHECK(plan.added == 2);
  CHECK(plan.known == 11);
  CHECK(plan.conflicts.empty());
  const auto merged = copies.Open("c.lookout");
  const auto marks = test::MarksOf(*merged);
  CHECK(marks.size() == 7 + 3);
  CHECK(std::ranges::count(marks, same) == 1);
  CHECK(std::ranges::count(marks, FullMark({2}, 80, 89, Verdict::kSafe, "Dee")) == 1);
  CHECK(merged->LoadFeedback()->records().size() == 10 + 4);
  CHECK(merged->Episodes()->size() == 2);
}

TEST_CASE("a record that one copy went on with has its newest form") {
  const Copies copies;
  const auto id_of = [&](StepIndex first) {
    const auto set = copies.Open("a.lookout")->LoadFeedback().value();
    for (const auto& [id, mark] : set.marks()) {
      if (mark.first_step == first) return id;
    }
    return MarkId{};
  };
  const MarkId revised = id_of(0);
  const MarkId retracted = id_of(20);
  const MarkId parted = id_of(190);
  const auto edit = [&](const char* file, MarkId id, StepIndex last) {
    const auto project = copies.Open(file);
    agents::Mark mark = project->LoadFeedback()->marks().at(id);
    mark.last_step = last;
    test::JournalWriter(*project).Revise(RecordOf(mark));
  };
  edit("b.lookout", revised, 33);
  test::JournalWriter(*copies.Open("b.lookout")).Retract(retracted, "Ann");
  edit("a.lookout", parted, 191);
  edit("b.lookout", parted, 192);
  edit("a.lookout", id_of(5), 31);  // this copy alone
  const MergePlan plan = copies.Merge();
  CHECK(plan.changed == 1);
  CHECK(plan.removed == 1);
  CHECK(plan.parted == 1);
  CHECK(plan.added == 1);
  const auto merged = copies.Open("c.lookout")->LoadFeedback().value();
  CHECK(merged.marks().at(revised).last_step == 33);
  CHECK(!merged.marks().contains(retracted));
  CHECK(merged.marks().at(id_of(5)).last_step == 31);
  CHECK(merged.marks().at(parted).last_step == 191);
  CHECK(std::ranges::count_if(merged.marks(), [](const auto& mark) {
          return mark.second.first_step == 190 && mark.second.last_step == 192;
        }) == 1);
}

TEST_CASE("an annotator who says two things of the same steps is told") {
  const Copies copies;
  test::JournalWriter(*copies.Open("a.lookout")).Add(FullMark({1}, 120, 129));
  {
    const auto project = copies.Open("b.lookout");
    test::JournalWriter journal(*project);
    journal.Add(FullMark({1}, 129, 140, Verdict::kSafe));
    journal.Add(FullMark({1}, 130, 131, Verdict::kUnsure, "Bob"));  // somebody else
    journal.Add(FullMark({2}, 120, 129, Verdict::kSafe));           // elsewhere
    journal.Add(FullMark({1}, 125, 126));                           // the same verdict
  }
  const MergePlan plan = copies.Merge();
  REQUIRE(plan.conflicts.size() == 1);
  CHECK(plan.conflicts[0].first.verdict == Verdict::kUnsafe);
  CHECK(plan.conflicts[0].first.last_step == 129);
  CHECK(plan.conflicts[0].second.verdict == Verdict::kSafe);
  CHECK(copies.Open("c.lookout")->LoadFeedback()->marks().size() == 7 + 5);  // both stay
}

TEST_CASE("projects of other recordings are not merged, by name") {
  const test::TestFolder folder;
  {
    const auto a = test::BlankProject(folder / "a.lookout");
    const auto b = test::OpenProject(folder / "b.lookout");
    sim::EpisodeHeader other = test::SampleHeader({1});
    other.seed = 8;
    REQUIRE(b->SaveEpisode(other).ok());
    REQUIRE(b->SaveChunk(test::SampleChunk({1}, 0, 50)).ok());
    test::JournalWriter(*b).Add(FullMark({1}, 1, 2));
  }
  const auto merged = MergeProjects(
      {.first = folder / "a.lookout", .second = folder / "b.lookout", .out = folder / "c.lookout"});
  REQUIRE(!merged.ok());
  CHECK(merged.error().code == ErrorCode::kBadInput);
  CHECK(merged.error().message.find("episode 1 is Safexp-PointGoal1-v0, seed 7, 200 steps, begun "
                                    "2023-11-14 22:13:20.000 UTC in ") != std::string::npos);
  CHECK(!std::filesystem::exists(folder / "c.lookout"));
  const auto replacing = MergeProjects(
      {.first = folder / "a.lookout", .second = folder / "a.lookout", .out = folder / "b.lookout"});
  REQUIRE(!replacing.ok());
  CHECK(replacing.error().message.find("there already") != std::string::npos);
}

}  // namespace
}  // namespace lookout::app
