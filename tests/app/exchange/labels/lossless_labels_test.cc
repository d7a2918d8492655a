// Labels as JSON Lines and as CSV.
#include <doctest/doctest.h>

#include <algorithm>
#include <string>

#include "app/exchange/labels/label_exchange.h"
#include "tests/app/exchange/labels/labels_support.h"
#include "tests/support/contains.h"

namespace lookout::app {
namespace {

TEST_CASE("JSON Lines bring a journal into another project entry by entry") {
  const test::TestFolder folder;
  const auto project = test::BlankProject(folder / "a.lookout");
  test::WriteFeedback(*project);
  const ExportReport out = test::ExportTo(folder / "a.jsonl", *project, "jsonl");
  CHECK(out.spans == 7);
  CHECK(out.pairs == 1);
  CHECK(out.notes == 2);
  CHECK(out.left_out.empty());

  const auto copy = test::BlankProject(folder / "b.lookout");
  const ImportReport in = test::ImportFrom(folder / "a.jsonl", *copy, "jsonl");
  CHECK(in.rejected_count == 0);
  CHECK(in.plan.added == 10);
  const auto there = project->LoadFeedback().value();
  const auto here = copy->LoadFeedback().value();
  REQUIRE(here.last_sequence() == there.last_sequence());
  CHECK(std::ranges::equal(here.entries(), there.entries(), test::IsSame));
  CHECK(here.records() == there.records());

  // The same file once more brings nothing, one that went on brings the rest.
  CHECK(test::ImportFrom(folder / "a.jsonl", *copy, "jsonl").plan.entries.empty());
  test::JournalWriter(*project).Add(test::FullMark({1}, 100, 101));
  test::ExportTo(folder / "later.jsonl", *project, "jsonl");
  CHECK(test::ImportFrom(folder / "later.jsonl", *copy, "jsonl").plan.entries.size() == 1);
  CHECK(copy->LoadFeedback()->records() == project->LoadFeedback()->records());
}

TEST_CASE("one annotator's JSON Lines hold that annotator's records alone") {
  const test::TestFolder folder;
  const auto project = test::BlankProject(folder / "a.lookout");
  test::WriteFeedback(*project);
  const ExportReport out = test::ExportTo(folder / "ann.jsonl", *project, "jsonl", "Ann");
  CHECK(out.annotators == 1);
  CHECK(out.spans == 5);
  const auto copy = test::BlankProject(folder / "b.lookout");
  test::ImportFrom(folder / "ann.jsonl", *copy, "jsonl");
  const auto there = project->LoadFeedback().value();
  const auto here = copy->LoadFeedback().value();
  for (const auto& [id, record] : there.records()) {
    CHECK(here.records().contains(id) == (record.annotator == "Ann"));
  }
  CHECK(here.last_sequence() == 14);  // with what was taken back
  const auto nobody = ExportLabels(*project, *FindLabelFormat("csv", false).value(),
                                   {.out = folder / "x.csv", .annotator = "Nobody"});
  REQUIRE(!nobody.ok());
  CHECK(Contains(nobody.error().message, "no feedback of Nobody"));
}

TEST_CASE("CSV brings spans into another project with all that they say") {
  const test::TestFolder folder;
  const auto project = test::BlankProject(folder / "a.lookout");
  test::WriteFeedback(*project);
  const ExportReport out = test::ExportTo(folder / "a.csv", *project, "csv");
  CHECK(Contains(out.left_out, "1 pair, 2 notes"));
  const auto copy = test::BlankProject(folder / "b.lookout");
  const ImportReport in = test::ImportFrom(folder / "a.csv", *copy, "csv");
  CHECK(in.rejected_count == 0);
  std::vector<agents::Mark> expected = test::MarksOf(*project);
  // The project itself keeps what the queue had asked.
  CHECK(expected.front().on_screen == test::FullMark({1}, 0, 9).on_screen);
  for (agents::Mark& mark : expected) {
    if (mark.created_unix_ms == 0) mark.created_unix_ms = 99;  // when it came in
  }
  CHECK(test::MarksOf(*copy) == expected);
  const ImportReport again = test::ImportFrom(folder / "a.csv", *copy, "csv");
  CHECK(again.plan.entries.empty());
  CHECK(again.plan.known == 7);
}

TEST_CASE("a table by hand may say seconds and little else") {
  const test::TestFolder folder;
  const auto project = test::BlankProject(folder / "a.lookout");
  test::WriteFile(folder / "hand.csv",
                  "\xEF\xBB\xBFverdict,episode,start_s,end_s\r\nunsafe,1,0.2,0.4\r\n\r\n"
                  "safe,2,1.009,1.031\r\nunsafe,2,3.0,3.0\r\nunsafe,1,0.2,0.4\r\n");
  const ImportReport in = test::ImportFrom(folder / "hand.csv", *project, "csv");
  CHECK(in.rows == 4);
  CHECK(in.plan.added == 3);
  CHECK(in.plan.known == 1);  // said twice, there once
  const auto marks = test::MarksOf(*project);
  REQUIRE(marks.size() == 3);
  CHECK(marks[0].first_step == 10);
  CHECK(marks[0].last_step == 19);
  CHECK(marks[0].annotator == "imported");
  CHECK(marks[0].created_unix_ms == 99);
  CHECK(marks[1].first_step == 50);
  CHECK(marks[1].last_step == 51);
  CHECK(marks[2].first_step == 150);  // a moment is one step
  CHECK(marks[2].last_step == 150);
}

TEST_CASE("a table with wrong rows is refused row by row and as a whole") {
  const std::string causes = test::Rejections(
      "episode,first_step,last_step,verdict,severity,danger,annotator,seed\n"
      "1,5,9,unsafe,,,Ann,7\n"                    // the only right one
      "1,9,5,unsafe,,,Ann,\n"                     // 3
      "1,-4,5,unsafe,,,Ann,\n"                    // 4
      "1,0,200,unsafe,,,Ann,\n"                   // 5
      "99,0,1,unsafe,,,Ann,\n"                    // 6
      "1,0,1,dangerous,,,Ann,\n"                  // 7
      "1,0,1,unsafe,11,,Ann,\n"                   // 8
      "1,0,1,unsafe,,10,Ann,\n"                   // 9
      "1,1e300,1,unsafe,,,Ann,\n"                 // 10
      "1,NaN,1,unsafe,,,Ann,\n"                   // 11
      "1,0,99999999999999999999,unsafe,,,Ann,\n"  // 12
      "1,0,1,unsafe\n"                            // 13
      "1,0,1,unsafe,,,\xff\xfe,\n"                // 14
      "1,0,1,unsafe,,,Ann,8\n"                    // 15
      ",0,1,unsafe,,,Ann,\n"                      // 16
      "1,,,unsafe,,,Ann,\n"                       // 17
      "1,0,1,unsafe,,,\"Ann,7\n",                 // 18
      "csv");
  for (const char* part :
       {"line 3 ends at step 5, before its first step 9", "line 4 begins at step -4",
        "line 5 ends at step 200, but episode 1 ends at step 199",
        "line 6 is about episode 99, which the project does not have",
        "line 7 has the verdict \"dangerous\"; write unsafe, safe or unsure",
        "line 8 has the severity 11", "line 9 has the danger class 10",
        "line 10 has \"1e300\" as first_step", "line 11 has \"NaN\" as first_step",
        "line 12 has \"99999999999999999999\" as last_step", "line 13 has 4 cells where",
        "line 14 has text that is not UTF-8", "line 15 is about another recording",
        "line 16 needs an episode", "line 17 needs first_step and last_step",
        "line 18 has a quote that is never closed"}) {
    CHECK_MESSAGE(Contains(causes, part), part << " in\n" << causes);
  }
  CHECK(!Contains(causes, "line 2 "));
}

TEST_CASE("a table with wrong times or columns is refused") {
  CHECK(Contains(test::Rejections("episode,verdict,start_s,end_s\n1,unsafe,inf,2\n", "csv"),
                 "has \"inf\" as start_s"));
  CHECK(Contains(test::Rejections("episode,verdict,start_s,end_s\n1,unsafe,1e300,2e300\n", "csv"),
                 "where no step is"));
  CHECK(Contains(test::Rejections("episode,verdict,start_s,end_s\n1,unsafe,3,2\n", "csv"),
                 "ends at 2 s, before its start at 3 s"));
  CHECK(Contains(test::Rejections("episode,verdikt\n", "csv"), "Did you mean verdict?"));
  CHECK(Contains(test::Rejections("episode,first_step\n", "csv"), "needs the column \"verdict\""));
  CHECK(Contains(test::Rejections("", "csv"), "needs the column"));
}

TEST_CASE("two recordings that look the same are told apart by when they begun") {
  const std::string ours =
      "Safexp-PointGoal1-v0, seed 7, 200 steps, begun 2023-11-14 22:13:20.000 UTC";
  const std::string row = "episode,first_step,last_step,verdict,begun_unix_ms\n1,0,1,unsafe,";
  const std::string table = test::Rejections(row + "1700000000120\n", "csv");
  CHECK_MESSAGE(Contains(table,
                         "is about another recording, begun 2023-11-14 22:13:20.120 UTC, "
                         "than episode 1, which is " +
                             ours),
                table);
  const std::string lines = test::Rejections(
      "{\"format\": \"lookout-feedback\", \"version\": 1, \"episodes\": [{\"id\": 1, "
      "\"environment\": \"Safexp-PointGoal1-v0\", \"seed\": 7, \"steps\": 200, "
      "\"started_unix_ms\": 1700000000120}]}\n",
      "jsonl");
  CHECK_MESSAGE(
      Contains(lines, "200 steps, begun 2023-11-14 22:13:20.120 UTC; in the project it is " + ours),
      lines);
}

TEST_CASE("JSON Lines without a first line of theirs are refused") {
  CHECK(Contains(test::Rejections("{}\n", "jsonl"), "line 1 is not"));
  CHECK(Contains(test::Rejections("", "jsonl"), "line 1 is not"));
  const std::string newer = "{\"format\": \"lookout-feedback\", \"version\": 2}\n";
  CHECK(Contains(test::Rejections(newer, "jsonl"), "another version"));
}

TEST_CASE("JSON Lines with wrong entries are refused row by row and as a whole") {
  const std::string first = "{\"format\": \"lookout-feedback\", \"version\": 1}\n";
  const std::string mark =
      R"({"sequence": 1, "op": "add", "record": 1, "episodes": [EP], "kind": "span", "version": 1, )"
      R"("annotator": "Ann", "content": {"first_step": 1, "last_step": LAST, "verdict": "unsafe", )"
      R"("danger": 0, "reaction_lag_steps": 0, "severity": -1, "note": ""}})"
      "\n";
  const auto with = [&](std::string episode, const std::string& last) {
    std::string text = mark;
    text.replace(text.find("EP"), 2, episode);
    text.replace(text.find("LAST"), 4, last);
    return first + text;
  };
  for (const auto& [text, part] : std::vector<std::pair<std::string, std::string>>{
           {with("1", "1000"), "line 2 ends at step 1000, but episode 1 ends at step 199"},
           {with("99", "5"), "line 2 is about episode 99"},
           {first + R"({"sequence": 1, "op": "add", "record": 1, "episodes": [1], "version": 1, )"
                    R"("kind": "intervention", "annotator": "Ann", "content": {"first_step": 190, )"
                    R"("last_step": 700, "lag_steps": 0, "before_steps": 5, "unsafe_weight": 0.5, )"
                    R"("safe_weight": 0.25, "note": ""}})"
                    "\n",
            "line 2 ends at step 700, but episode 1 ends at step 199"},
           {with("1", "0"), "line 2 cannot be taken: "},
           {with("1", "1e99"), "line 2 cannot be taken: "},
           {with("1.5", "5"), "whole numbers as \"episodes\""},
           {first + "[]\n", "line 2 is not one JSON object"},
           {first + "{\"sequence\": 1, \"op\": \"burn\"}\n", "\"op\" of the wrong type"},
           {first + "{\"sequence\": 1, \"op\": \"add\", \"anotator\": \"A\"}\n",
            "Did you mean annotator?"},
           {first + "{\"sequence\": 1, \"op\": \"undo\", \"target\": 77}\n", "undoes entry 77"},
           {first + "{\"sequence\": 2, \"op\": \"add\", \"record\": 1}\n", "number 1"},
           {first + "{\"sequence\": 1, \"op\": \"add\", \"content_hex\": \"0g\"}\n", "content_hex"},
           {"{\"format\": \"lookout-feedback\", \"version\": 1, \"episodes\": [{\"id\": 1, "
            "\"environment\": \"Hopper\"}]}\n",
            "another recording as episode 1"}}) {
    const std::string causes = test::Rejections(text, "jsonl");
    CHECK_MESSAGE(Contains(causes, part), part << " in\n" << causes);
  }
}

}  // namespace
}  // namespace lookout::app
