// lookout labels, as it is typed.
#include <doctest/doctest.h>

#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>

#include "agents/feedback/kinds/mark.h"
#include "tests/app/cli/command_line_support.h"
#include "tests/support/contains.h"
#include "tests/support/project_samples.h"

namespace lookout::app {
namespace {

// A project with an episode of 64 steps and a mark at steps 1 to 8; or without the mark.
std::string Study(const test::TestFolder& folder, const std::string& name, bool marked) {
  const std::string file = folder / name;
  const auto project = test::OpenProject(file);
  REQUIRE(project->SaveEpisode(test::SampleHeader({1})).ok());
  REQUIRE(project->SaveChunk(test::SampleChunk({1}, 0, 64, 63)).ok());
  const agents::JournalEntry entry = test::AddedMark(1);
  if (marked) REQUIRE(project->AppendJournal(std::span(&entry, 1)).ok());
  return file;
}

std::size_t MarksIn(const std::string& file) {
  return test::OpenProject(file, ProjectAccess::kReadOnly)->LoadFeedback()->marks().size();
}

TEST_CASE("labels go out, come in and are merged, and each says what it did") {
  const test::TestFolder folder;
  const std::string marked = Study(folder, "marked.lookout", true);
  const std::string blank = Study(folder, "blank.lookout", false);
  const std::string file = folder / "marks.jsonl";
  const auto out = Lookout({"labels", "export", marked, "--format", "jsonl", "--out", file});
  REQUIRE_MESSAGE(out.exit_code == 0, out.errors);
  CHECK(out.output == "1 span of 1 annotator to " + file + "; nothing was left out\n");

  const auto merged =
      Lookout({"labels", "merge", blank, marked, "--out", folder / "merged.lookout", "--json"});
  REQUIRE_MESSAGE(merged.exit_code == 0, merged.errors);
  CHECK(nlohmann::json::parse(merged.output).at("added") == 1);
  CHECK(MarksIn(folder / "merged.lookout") == 1);
  CHECK(MarksIn(blank) == 0);

  const auto in = Lookout({"labels", "import", blank, file, "--format", "jsonl"});
  REQUIRE_MESSAGE(in.exit_code == 0, in.errors);
  CHECK(in.output == "1 row from " + file + ": 1 record added\n");
  CHECK(MarksIn(blank) == 1);

  const auto replaced = Lookout({"labels", "export", marked, "--format", "csv", "--out", file});
  CHECK(replaced.exit_code == kBadInput);
  CHECK(Contains(replaced.errors, "there already"));
}

TEST_CASE("an import with a wrong row writes nothing and names the row") {
  const test::TestFolder folder;
  const std::string blank = Study(folder, "blank.lookout", false);
  const std::string file = folder / "marks.csv";
  test::WriteFile(file, "episode,first_step,last_step,verdict\n1,0,9,safe\n1,9,0,safe\n");
  const auto in = Lookout({"labels", "import", blank, file, "--format", "csv"});
  CHECK(in.exit_code == kBadInput);
  CHECK(Contains(in.errors, "line 3 ends at step 0, before its first step 9."));
  CHECK(Contains(in.errors, "Nothing was imported, as 1 of 2 rows"));
  CHECK(MarksIn(blank) == 0);
  const auto as_json = Lookout({"labels", "import", blank, file, "--format", "csv", "--json"});
  CHECK(as_json.exit_code == kBadInput);
  CHECK(nlohmann::json::parse(as_json.output).at("rejected").at(0).at("row") == "line 3");
}

TEST_CASE("a row that is refused is told in one sentence") {
  const test::TestFolder folder;
  const std::string blank = Study(folder, "blank.lookout", false);
  const std::string file = folder / "marks.csv";
  for (const auto& [column, told] :
       {std::pair{"zzzzzzzz", "line 1 has the column \"zzzzzzzz\", which labels do not have.\n"},
        std::pair{"verdikt", "which labels do not have. Did you mean verdict?\n"}}) {
    test::WriteFile(file, std::string("episode,verdict,") + column + "\n");
    const auto in = Lookout({"labels", "import", blank, file, "--format", "csv"});
    CHECK(in.exit_code == kBadInput);
    CHECK_MESSAGE(Contains(in.errors, told), in.errors);
  }
}

TEST_CASE("labels refuse what was mistyped") {
  const test::TestFolder folder;
  const std::string blank = Study(folder, "blank.lookout", false);
  const auto format = Lookout({"labels", "import", blank, "x", "--format", "xls"});
  CHECK(format.exit_code == kUsage);
  CHECK(Contains(format.errors, "choose one of jsonl, csv"));
  const auto name =
      Lookout({"labels", "import", blank, "x", "--format", "jsonl", "--annotator", "Ann"});
  CHECK(name.exit_code == kUsage);
  CHECK(Lookout({"labels", "export", "nowhere", "--format", "csv", "--out", folder / "x"})
            .exit_code == kBadInput);
  CHECK(Lookout({"labels", "merge", blank, "nowhere", "--out", folder / "x"}).exit_code ==
        kBadInput);
  CHECK(Lookout({"labels"}).exit_code == kUsage);
}

}  // namespace
}  // namespace lookout::app
