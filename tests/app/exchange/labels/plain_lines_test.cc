// The quick reader of the journal's lines says what the usual one says, or nothing.
#include <doctest/doctest.h>

#include <string>

#include "app/exchange/labels/rows/journal_line.h"
#include "sim/config/json_text.h"
#include "tests/app/exchange/labels/labels_support.h"

namespace lookout::app {
namespace {

agents::JournalEntry UsualEntry(const std::string& line) {
  agents::JournalEntry entry;
  const sim::JsonText parsed = sim::ParseJsonText(line);
  REQUIRE_MESSAGE(parsed.problem.empty(), line);
  const std::string problem = ReadEntryLine(parsed.value, entry);
  REQUIRE_MESSAGE(problem.empty(), problem);
  return entry;
}

TEST_CASE("every line of a journal is read alike, most of them quickly") {
  const test::TestFolder folder;
  const auto project = test::BlankProject(folder / "a.lookout");
  test::WriteFeedback(*project);
  for (int i = 0; i < 20; ++i) {
    agents::Mark mark = test::FullMark({1}, i, i + 5);
    mark.note = i % 2 == 0 ? "close" : "near the \"vase\"";
    test::JournalWriter(*project).Add(mark);
  }
  const auto feedback = project->LoadFeedback();
  REQUIRE(feedback.ok());
  PlainLineReader plain;
  int quick = 0;
  for (const agents::JournalEntry& entry : feedback->entries()) {
    const std::string line = DumpLine(LineOf(entry));
    agents::JournalEntry read;
    if (!plain.Read(line, read)) continue;
    ++quick;
    CHECK(test::IsSame(read, UsualEntry(line)));
    CHECK(test::IsSame(read, entry));
  }
  CHECK(quick >= 10);
}

TEST_CASE("a line that is not just as this program writes it is left to the usual reader") {
  const std::string good =
      R"({"annotator":"Ann","by":"Ann","content":{"danger":0,"note":""},"episodes":[1,2],)"
      R"("kind":"span","op":"add","record":1,"sequence":1,"version":1})";
  PlainLineReader plain;
  agents::JournalEntry entry;
  REQUIRE(plain.Read(good, entry));
  CHECK(test::IsSame(entry, UsualEntry(good)));
  const auto with = [&](const std::string& from, const std::string& to) {
    std::string line = good;
    line.replace(line.find(from), from.size(), to);
    return line;
  };
  for (const std::string& line :
       {with("\"op\":\"add\",", ""), with("\"sequence\":1,", ""), with("\"op\"", "\"oq\""),
        with("\"add\"", "\"ad\""), with("[1,2]", "[1,]"), with("[1,2]", "[1 ,2]"),
        with("[1,2]", "[\"1\"]"), with("[1,2]", "3"), with("\"danger\":0,", "\"zeal\":0,"),
        with("\"danger\":0", "\"danger\":0.5"), with("\"kind\"", "\"aaa\""), good + "x",
        with(",\"kind\"", ",\"on_screen\":{\"mode\":5},\"kind\"")}) {
    CAPTURE(line);
    CHECK_FALSE(plain.Read(line, entry));
  }
}

}  // namespace
}  // namespace lookout::app
