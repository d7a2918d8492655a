#include "app/cli/project_audit.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "agents/feedback/kinds/mark.h"
#include "agents/feedback/queries/query.h"
#include "tests/app/cli/command_line_support.h"
#include "tests/support/contains.h"
#include "tests/support/project_samples.h"

namespace lookout::app {
namespace {

constexpr int kAuditedSteps = 64;

// An answer of Ann to the nth audit of an episode, of 10 steps.
agents::JournalEntry Answer(std::int64_t sequence, EpisodeId episode, agents::Verdict verdict) {
  const auto first = static_cast<StepIndex>(10 * sequence);
  agents::Mark mark{.id = MarkId{sequence},
                    .episode = episode,
                    .first_step = first,
                    .last_step = first + 9,
                    .verdict = verdict,
                    .annotator = "Ann"};
  mark.on_screen.mode = agents::kQueueMode;
  mark.on_screen.asked_why = std::string(ChoiceName(agents::QueryReason::kAudit));
  mark.on_screen.asked_first = first;
  mark.on_screen.asked_last = first + 9;
  agents::JournalEntry entry = test::AddedMark(sequence, episode);
  entry.record = agents::RecordOf(mark);
  entry.annotator = "Ann";
  return entry;
}

TEST_CASE("what people answered to audits stands beside the learned and the true cost") {
  const test::TestFolder folder;
  const std::string file = folder / "study.lookout";
  {
    const auto project = test::OpenProject(file);
    const EpisodeId episode{1};
    REQUIRE(project->SaveEpisode(test::SampleHeader(episode)).ok());
    REQUIRE(
        project->SaveChunk(test::SampleChunk(episode, 0, kAuditedSteps, kAuditedSteps - 1)).ok());
    const CommandResult none = Lookout({"audit", "--project", file});
    CHECK(none.exit_code == kBadInput);
    CHECK(Contains(none.errors, "Nobody has answered an audit"));
    const std::vector<agents::JournalEntry> answers{Answer(1, episode, agents::Verdict::kUnsafe),
                                                    Answer(2, episode, agents::Verdict::kSafe)};
    REQUIRE(project->AppendJournal(answers).ok());
  }
  const CommandResult told = Lookout({"audit", "--project", file, "--json"});
  REQUIRE_MESSAGE(told.exit_code == 0, told.errors);
  const auto audits = nlohmann::json::parse(told.output).at("audits");
  REQUIRE(audits.size() == 1);
  CHECK(audits[0].at("annotator") == "Ann");
  CHECK(audits[0].at("clips") == 2);
  CHECK(audits[0].at("unsafe_clips") == 1);
  CHECK(audits[0].at("audited_cost").at("value") == doctest::Approx(31.5));  // half of 63 steps
  CHECK(audits[0].at("true_cost") == 16.0);
  CHECK(audits[0].at("learned_cost") == doctest::Approx(0.25 * 63));
  const CommandResult text = Lookout({"audit", "--project", file});
  CHECK(Contains(text.output, "31.5 ["));
}

TEST_CASE("an audit is of a cost model or of a project") {
  CHECK(Lookout({"audit"}).exit_code == kUsage);
  CHECK(Lookout({"audit", ShippedModel(), "--project", "a.lookout"}).exit_code == kUsage);
  CHECK(Lookout({"audit", "--project", "none.lookout"}).exit_code == kBadInput);
}

}  // namespace
}  // namespace lookout::app
