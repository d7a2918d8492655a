// lookout agreement: from the marks of several annotators in a project to figures.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>

#include "tests/app/cli/command_line_support.h"
#include "tests/support/contains.h"
#include "tests/support/project_samples.h"

namespace lookout::app {
namespace {

constexpr int kSteps = 64;  // a chunk

void Add(Project& project, std::int64_t sequence, EpisodeId episode, const std::string& who,
         StepIndex first, StepIndex last) {
  agents::JournalEntry entry = test::AddedMark(sequence, episode);
  agents::Mark mark = MarkOf(entry.record).value();
  mark.verdict = agents::Verdict::kUnsafe;
  mark.danger = 3;
  mark.first_step = first;
  mark.last_step = last;
  mark.reaction_lag_steps = 0;
  mark.on_screen.playback_speed = 1.0;
  mark.annotator = who;
  entry.annotator = who;
  entry.record = RecordOf(mark);
  REQUIRE(project.AppendJournal({&entry, 1}).ok());
}

// Ann and Bob, in two episodes whose rule charges every fourth step.
std::string StudyOfTwo(const test::TestFolder& folder) {
  const std::string file = folder / "study.lookout";
  const auto project = test::OpenProject(file);
  std::int64_t sequence = 0;
  for (const EpisodeId id : {EpisodeId{1}, EpisodeId{2}}) {
    REQUIRE(project->SaveEpisode(test::SampleHeader(id)).ok());
    REQUIRE(project->SaveChunk(test::SampleChunk(id, 0, kSteps, kSteps - 1)).ok());
    Add(*project, ++sequence, id, "Ann", 10, 29);
    Add(*project, ++sequence, id, "Bob", 20, id.value == 1 ? 29 : 49);
  }
  return file;
}

TEST_CASE("the annotators of a project are compared with each other and with the rule") {
  const test::TestFolder folder;
  const std::string file = StudyOfTwo(folder);
  const CommandResult result = Lookout({"agreement", file, "--json", "--bootstrap", "100"});
  REQUIRE_MESSAGE(result.exit_code == 0, result.errors);
  const auto report = nlohmann::json::parse(result.output);
  CHECK(report.at("annotators") == nlohmann::json{"Ann", "Bob"});
  CHECK(report.at("episodes") == 2);
  CHECK(report.at("steps") == 2 * kSteps);
  const auto& pair = report.at("between").at(0);
  CHECK(pair.at("steps_unsafe") ==
        nlohmann::json{{"both", 20}, {"only_first", 20}, {"only_second", 20}, {"neither", 68}});
  CHECK(pair.at("positive_agreement").at("value") == 0.5);
  CHECK(pair.at("by_danger").at(0).at("danger") == 3);
  CHECK(pair.at("kappa").at("low") < pair.at("kappa").at("high"));
  CHECK(report.at("with_rule").size() == 2);
  CHECK(report.at("with_majority").empty());
  const auto& longest = report.at("disagreements").at(0);
  CHECK(longest.at("episode") == 2);
  CHECK(longest.at("first_step") == 30);
  CHECK(longest.at("last_step") == 49);
  CHECK(longest.at("verdicts") == nlohmann::json{{"Ann", "not marked"}, {"Bob", "unsafe"}});
  CHECK(longest.at("rule_unsafe_share") == 0.25);
}

TEST_CASE("the table names the pairs, the classes and the longest disagreements") {
  const test::TestFolder folder;
  const CommandResult result = Lookout({"agreement", StudyOfTwo(folder), "--list", "1"});
  REQUIRE_MESSAGE(result.exit_code == 0, result.errors);
  CAPTURE(result.output);
  CHECK(Contains(result.output, "2 annotators, 2 episodes, 128 steps"));
  CHECK(Contains(result.output, "Ann - Bob"));
  CHECK(Contains(result.output, "Gremlin (3)"));
  CHECK(Contains(result.output, "Bob - the rule"));
  CHECK(Contains(result.output, "3 stretches on which they disagree; the longest 1:"));
  CHECK(Contains(result.output, "episode 2, steps 30 to 49: Ann not marked, Bob unsafe; the rule"));
}

TEST_CASE("danger classes have the names that the project gives them") {
  const test::TestFolder folder;
  const std::string file = StudyOfTwo(folder);
  REQUIRE(test::OpenProject(file)->SaveSetting("danger_classes", "{\"3\": \"On its way\"}").ok());
  const CommandResult table = Lookout({"agreement", file});
  CAPTURE(table.output);
  CHECK(Contains(table.output, "On its way (3)"));
  const CommandResult json = Lookout({"agreement", file, "--json", "--bootstrap", "0"});
  const auto pair = nlohmann::json::parse(json.output).at("between").at(0);
  CHECK(pair.at("by_danger").at(0).at("name") == "On its way");
}

TEST_CASE("the reaction lag by the marks is told, or how many marks are missing") {
  const test::TestFolder folder;
  const std::string file = folder / "study.lookout";
  {
    const auto project = test::OpenProject(file);
    std::int64_t sequence = 0;
    for (std::int64_t id = 1; id <= 35; ++id) {
      REQUIRE(project->SaveEpisode(test::SampleHeader(EpisodeId{id})).ok());
      REQUIRE(project->SaveChunk(test::SampleChunk(EpisodeId{id}, 0, kSteps, kSteps - 1)).ok());
      Add(*project, ++sequence, EpisodeId{id}, "Ann", 10, 29);
      if (id < 3) Add(*project, ++sequence, EpisodeId{id}, "Bob", 10, 29);
    }
  }
  const CommandResult json = Lookout({"agreement", file, "--json", "--bootstrap", "50"});
  const auto lags = nlohmann::json::parse(json.output).at("reaction_lags");
  REQUIRE(lags.size() == 2);
  CHECK(lags.at(0).at("annotator") == "Ann");
  CHECK(lags.at(0).at("onset").at("edges") == 35);
  CHECK(lags.at(0).at("onset").at("lag_s").at("value").is_number());
  CHECK(lags.at(1).at("onset").at("lag_s").at("value").is_null());
  const CommandResult table = Lookout({"agreement", file});
  CAPTURE(table.output);
  CHECK(Contains(table.output, "Reaction lag by the marks"));
  CHECK(Contains(table.output, "s after 35"));
  CHECK(Contains(table.output, "2 of the 30 that it takes"));
}

TEST_CASE("figures follow the tolerance and what counts as said") {
  const test::TestFolder folder;
  const std::string file = StudyOfTwo(folder);
  const auto f1 = [&](const std::string& tolerance) {
    const CommandResult result =
        Lookout({"agreement", file, "--json", "--bootstrap", "0", "--tolerance", tolerance});
    return nlohmann::json::parse(result.output).at("between").at(0).at("span_f1").at("value");
  };
  CHECK(f1("0") == 0.5);  // [20, 29] is half of [10, 29]
  CHECK(f1("1") == 1.0);
  const CommandResult marked = Lookout({"agreement", file, "--json", "--marked-only"});
  const auto pair = nlohmann::json::parse(marked.output).at("between").at(0);
  CHECK(pair.at("steps_unsafe").at("neither") == 0);
  CHECK(pair.at("kappa").at("value").is_null());
}

TEST_CASE("a project without marks, or none at all, is refused with what to do") {
  const test::TestFolder folder;
  const CommandResult missing = Lookout({"agreement", folder / "none.lookout"});
  CHECK(missing.exit_code == kBadInput);
  CHECK(Contains(missing.errors, "There is no project"));
  test::OpenProject(folder / "empty.lookout");
  const CommandResult empty = Lookout({"agreement", folder / "empty.lookout"});
  CHECK(empty.exit_code == kBadInput);
  CHECK(Contains(empty.errors, "Nobody has marked"));
  const CommandResult wrong = Lookout({"agreement", folder / "empty.lookout", "--tolerance", "-1"});
  CHECK(wrong.exit_code == kUsage);
  CHECK(Contains(wrong.errors, "--tolerance"));
}

}  // namespace
}  // namespace lookout::app
