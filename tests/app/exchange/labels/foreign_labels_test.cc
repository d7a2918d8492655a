// Labels as the files of annotation programs: Label Studio, BORIS, ELAN.
#include <doctest/doctest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <tuple>
#include <utility>
#include <vector>

#include "app/exchange/labels/label_exchange.h"
#include "app/exchange/labels/rows/mark_words.h"
#include "tests/app/exchange/labels/labels_support.h"
#include "tests/support/contains.h"

namespace lookout::app {
namespace {

// What is left of marks without when and while seeing what they were made.
std::vector<agents::Mark> Carried(std::vector<agents::Mark> marks) {
  for (agents::Mark& mark : marks) {
    mark.created_unix_ms = 99;
    mark.time_spent_ms = 0;
    mark.on_screen = {.mode = "imported"};
  }
  return marks;
}

TEST_CASE("the marks of annotation programs' files come back as they went") {
  for (const char* format : {"label-studio", "boris", "elan"}) {
    CAPTURE(format);
    const test::TestFolder folder;
    const auto project = test::BlankProject(folder / "a.lookout");
    test::WriteFeedback(*project);
    const ExportReport out = test::ExportTo(folder / "out", *project, format);
    CHECK(Contains(out.left_out, "1 pair, 2 notes, when and while seeing what marks were made"));
    const auto copy = test::BlankProject(folder / "b.lookout");
    const ImportReport in = test::ImportFrom(folder / "out", *copy, format);
    for (const RejectedRow& row : in.rejected) MESSAGE(row.row << " " << row.cause);
    CHECK(test::MarksOf(*copy) == Carried(test::MarksOf(*project)));
    CHECK(test::ImportFrom(folder / "out", *copy, format).plan.entries.empty());
    CHECK(test::ImportFrom(folder / "out", *project, format).plan.entries.empty());
  }
}

TEST_CASE("dangers that are there at the same time come back in every format, each for itself") {
  for (const char* format : {"jsonl", "csv", "label-studio", "boris", "elan"}) {
    CAPTURE(format);
    const test::TestFolder folder;
    const auto project = test::BlankProject(folder / "a.lookout");
    test::JournalWriter journal(*project);
    // Inside each other, across each other, and two classes on the very same steps.
    for (const auto& [first, last, danger] :
         {std::tuple(10, 60, 1), std::tuple(20, 30, 2), std::tuple(50, 80, 3),
          std::tuple(20, 30, 3), std::tuple(25, 70, 1), std::tuple(60, 61, 0)}) {
      agents::Mark mark = test::FullMark({1}, first, last);
      mark.danger = static_cast<agents::DangerClass>(danger);
      journal.Add(mark);
    }
    test::ExportTo(folder / "out", *project, format);
    const auto copy = test::BlankProject(folder / "b.lookout");
    const ImportReport in = test::ImportFrom(folder / "out", *copy, format);
    CHECK(in.rejected_count == 0);
    CHECK(in.plan.conflicts.empty());
    CHECK(Carried(test::MarksOf(*copy)) == Carried(test::MarksOf(*project)));
    CHECK(test::ImportFrom(folder / "out", *copy, format).plan.entries.empty());
  }
}

TEST_CASE("details and labels in words are read as they were written") {
  for (const char* note : {"", "a", "severity 3", "lag 2; b", "a; b", "; a", "severity 99x; c"}) {
    for (const int severity : {agents::kNoSeverity, 0, 10}) {
      for (const int lag : {0, 12}) {
        for (const int release : {agents::kLagOfPressing, 0, 9}) {
          const agents::Mark mark{.reaction_lag_steps = lag,
                                  .release_lag_steps = release,
                                  .note = note,
                                  .severity = severity};
          agents::Mark read;
          ReadDetails(DetailsOf(mark), read);
          CHECK_MESSAGE(read == mark, DetailsOf(mark));
        }
      }
    }
  }
  agents::Mark mark;
  CHECK(ReadLabelName("unsure 9", mark));
  CHECK(LabelName(mark) == "unsure 9");
  for (const char* name : {"", "danger", "unsafe ", "unsafe x", "unsafe 256", "unsafe -1"}) {
    CHECK_MESSAGE(!ReadLabelName(name, mark), name);
  }
  CHECK(EpisodeInName("/data/episode-12.mp4") == EpisodeId{12});
  CHECK(EpisodeInName("episode 7") == EpisodeId{7});
  CHECK(!EpisodeInName("clip-12.mp4"));
  CHECK(!EpisodeInName("episode-99999999999999999999"));
}

TEST_CASE("Label Studio's frames count from 1 and hold both ends") {
  const test::TestFolder folder;
  const auto project = test::BlankProject(folder / "a.lookout");
  test::JournalWriter(*project).Add(
      {.episode = {2}, .first_step = 0, .last_step = 4, .annotator = "Ann"});
  test::ExportTo(folder / "out.json", *project, "label-studio");
  const auto tasks = nlohmann::json::parse(test::ReadFile(folder / "out.json"));
  CHECK(tasks.at(0).at("data").at("fps") == 50.0);
  const auto& region = tasks.at(0).at("annotations").at(0).at("result").at(0);
  CHECK(region.at("value").at("ranges").at(0) == nlohmann::json{{"start", 1}, {"end", 5}});
  CHECK(region.at("value").at("timelinelabels").at(0) == "unsafe");
}

TEST_CASE("what Label Studio cannot mean is refused by task and region") {
  const auto with = [](const std::string& region) {
    return R"([{"data": {"video": "x/episode-1.mp4"}, "annotations": [{"completed_by": 3, )"
           R"("result": [)" +
           region + "]}]}]";
  };
  const auto labelled = [&](const std::string& range, const std::string& label) {
    return with(R"({"type": "timelinelabels", "value": {"ranges": [)" + range +
                R"(], "timelinelabels": [)" + label + "]}}");
  };
  for (const auto& [text, part] : std::vector<std::pair<std::string, std::string>>{
           {labelled(R"({"start": 0, "end": 4})", R"("safe")"),
            "task 1, region 1 lies on frames 0"},
           {labelled(R"({"start": 9, "end": 4})", R"("safe")"), "lies on frames 9 to 4"},
           {labelled(R"({"start": 1, "end": 9e30})", R"("safe")"), "whole numbers"},
           {labelled(R"({"start": 1, "end": 900})", R"("safe")"), "ends at step 899"},
           {labelled(R"({"start": 1, "end": 9})", R"("bad")"), "has the label"},
           {labelled(R"({"start": 1, "end": 9})", "7"), "has the label 7"},
           {with(R"({"type": "timelinelabels"})"), "needs lists"},
           {"{}", "is no list of tasks"},
           {"[", "is not JSON"}}) {
    const std::string causes = test::Rejections(text, "label-studio");
    CHECK_MESSAGE(Contains(causes, part), part << " in\n" << causes);
  }
  const test::TestFolder folder;
  const auto project = test::BlankProject(folder / "a.lookout");
  test::WriteFile(folder / "in.json", with(R"({"type": "choices"}, {"type": "timelinelabels", )"
                                           R"("value": {"ranges": [{"start": 1, "end": 2}], )"
                                           R"("timelinelabels": ["safe"]}})"));
  const ImportReport in = test::ImportFrom(folder / "in.json", *project, "label-studio");
  CHECK(in.skipped == 1);
  CHECK(test::MarksOf(*project).at(0).annotator == "user 3");
}

TEST_CASE("what BORIS cannot mean is refused by observation and event") {
  const auto with = [](const std::string& events, const std::string& name = "episode 1") {
    return R"({"behaviors_conf": {"0": {"type": "Point event", "code": "safe"}}, )"
           R"("observations": {")" +
           name + R"(": {"events": [)" + events + "]}}}";
  };
  const std::string start = R"([0.2, "Ann", "unsafe", "", "", 5], )";
  for (const auto& [text, part] : std::vector<std::pair<std::string, std::string>>{
           {with(R"([0.2, "Ann", "unsafe", "", ""])"),
            "observation \"episode 1\", event 1 starts and never stops"},
           {with(start + R"([1e9, "Ann", "unsafe", "", ""])"), "where no step is"},
           {with(start + R"([-1.0, "Ann", "unsafe", "", ""])"), "where no step is"},
           {with(start + R"([9.0, "Ann", "unsafe", "", ""])"), "ends at step 449"},
           {with(R"([0.2, "A", "jump", "", ""], [0.3, "A", "jump", "", ""])"),
            "behaviour \"jump\""},
           {with(R"(["x", "A", "jump"])"), "event 1 needs a time"},
           {with("", "walk") + "", "is about no episode"},
           {R"({"observations": {"episode 1": {}}})", "\"events\" has to be a list"},
           {"[]", "is no project of BORIS"}}) {
    const std::string causes = test::Rejections(text, "boris");
    CHECK_MESSAGE(Contains(causes, part), part << " in\n" << causes);
  }
  const test::TestFolder folder;
  const auto project = test::BlankProject(folder / "a.lookout");
  test::WriteFile(folder / "in.boris", with(R"([0.5, "", "safe", "", "lag 3; here"])"));
  test::ImportFrom(folder / "in.boris", *project, "boris");
  const agents::Mark mark = test::MarksOf(*project).at(0);  // a point is one step
  CHECK(mark.first_step == 25);
  CHECK(mark.last_step == 25);
  CHECK(mark.annotator == "imported");
  CHECK(mark.reaction_lag_steps == 3);
  CHECK(mark.note == "here");
}

std::string Elan(const std::string& slots, const std::string& tier, const std::string& value) {
  return R"(<?xml version="1.0"?><ANNOTATION_DOCUMENT><HEADER TIME_UNITS="milliseconds">)"
         R"(<PROPERTY NAME="lookout.episode">1</PROPERTY></HEADER><TIME_ORDER>)" +
         slots + "</TIME_ORDER>\n<TIER TIER_ID=\"" + tier +
         R"("><ANNOTATION><ALIGNABLE_ANNOTATION ANNOTATION_ID="a1" TIME_SLOT_REF1="t1" )"
         R"(TIME_SLOT_REF2="t2"><ANNOTATION_VALUE>)" +
         value +
         "</ANNOTATION_VALUE></ALIGNABLE_ANNOTATION></ANNOTATION></TIER></ANNOTATION_DOCUMENT>";
}

std::string Slot(const std::string& id, const std::string& time_ms) {
  return "<TIME_SLOT TIME_SLOT_ID=\"" + id + "\"" +
         (time_ms.empty() ? "" : " TIME_VALUE=\"" + time_ms + "\"") + "/>";
}

TEST_CASE("what ELAN cannot mean is refused by line, and times between are found") {
  for (const auto& [text, part] : std::vector<std::pair<std::string, std::string>>{
           {Elan(Slot("t1", "500") + Slot("t2", "400"), "safe", ""),
            "line 2 ends at 0.4 s, before"},
           {Elan(Slot("t1", "-500") + Slot("t2", "400"), "safe", ""), "where no step is"},
           {Elan(Slot("t1", "0") + Slot("t2", "999999"), "safe", ""), "ends at step 49999"},
           {Elan(Slot("t1", "0"), "safe", ""), "refers to a time that is not there"},
           {Elan(Slot("t1", "0") + Slot("t2", "9e99x"), "safe", ""), "not there"},
           {Elan(Slot("t1", "0") + Slot("t2", "40"), "Gestures", "waves"), "\"waves\" on the tier"},
           {"<a>", "is no XML"},
           {"<a/>", "begins no document of ELAN"}}) {
    const std::string causes = test::Rejections(text, "elan");
    CHECK_MESSAGE(Contains(causes, part), part << " in\n" << causes);
  }
  const test::TestFolder folder;
  const auto project = test::BlankProject(folder / "a.lookout");
  test::WriteFile(folder / "in.eaf",
                  Elan(Slot("t0", "0") + Slot("t1", "") + Slot("t3", "") + Slot("t2", "600"),
                       "Danger", "unsafe 4"));
  test::ImportFrom(folder / "in.eaf", *project, "elan");
  const agents::Mark mark = test::MarksOf(*project).at(0);
  CHECK(mark.first_step == 10);  // a third of the way
  CHECK(mark.last_step == 29);
  CHECK(mark.danger == 4);
}

}  // namespace
}  // namespace lookout::app
