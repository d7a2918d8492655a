// lookout unblocked as a user calls it.
#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/project/project.h"
#include "tests/app/cli/command_line_support.h"
#include "tests/support/contains.h"
#include "tests/support/scratch_folder.h"

namespace lookout::app {
namespace {

using nlohmann::json;
using UnblockedWords = std::vector<std::string>;

const std::string kThreeWays = LOOKOUT_SOURCE_DIR "/assets/environments/three_ways.json";

// From the careful script to the one that drives straight through the hazards.
UnblockedWords Asking(const std::string& before, const std::string& after,
                      const std::string& episodes = "8") {
  return {"unblocked", before, after, "--env", kThreeWays, "--episodes", episodes};
}

json UnblockedReportOf(const UnblockedWords& arguments) {
  const CommandResult result = Lookout(arguments + UnblockedWords{"--json"});
  REQUIRE_MESSAGE(result.exit_code == 0, result.errors);
  return json::parse(result.output);
}

TEST_CASE("who drives through what was kept clear of is told, with where and at what cost") {
  const json report = UnblockedReportOf(Asking("careful", "goto"));
  CHECK(report["after_episodes"] == 8);
  REQUIRE_FALSE(report["ways"].empty());
  const json& way = report["ways"][0];
  CHECK(way["near"] == "hazard");
  CHECK(way["true_cost"]["value"].get<double>() > 5.0);
  CHECK(way["true_cost_unmarked"]["value"] == way["true_cost"]["value"]);
  CHECK(way["to_unsafe"].is_null());
  CHECK(way["is_new"].is_boolean());
  CHECK(way["times_as_often"]["value"].get<double>() > 1.0);
  CHECK(way["clips_per_episode"].get<double>() > way["clips_per_episode_before"].get<double>());
  CHECK(report["found_clips"].get<int>() >= report["new_clips"].get<int>());
  CHECK(way["clips"][0]["last_step"].get<int>() > way["clips"][0]["first_step"].get<int>());
  CHECK(report == UnblockedReportOf(Asking("careful", "goto") + UnblockedWords{"--workers", "1"}));
  const CommandResult text = Lookout(Asking("careful", "goto"));
  CHECK(Contains(text.output, "1: near hazards"));
  CHECK(Contains(text.output, "nothing like it was marked unsafe"));
}

TEST_CASE("who does the same does nothing new") {
  const json report = UnblockedReportOf(Asking("goto", "goto", "20"));
  CHECK(report["new_clips"].get<int>() * 10 < report["clips"].get<int>());
  CHECK(report["found_clips"].get<int>() * 8 < report["clips"].get<int>());
  for (const json& way : report["ways"]) CHECK(way["episode_share"]["value"].get<double>() < 0.5);
}

TEST_CASE("ways are recorded and marked, and are marked then") {
  const test::ScratchFolder scratch;
  const std::string project = scratch / "ways.lookout";
  const CommandResult marked =
      Lookout(Asking("careful", "goto") +
              UnblockedWords{"--record", project, "--mark", "1", "--annotator", "Ann"});
  REQUIRE_MESSAGE(marked.exit_code == 0, marked.errors);
  CHECK(Contains(marked.output, "Ann marked "));
  std::size_t marks = 0;
  {
    const auto opened = Project::Open(project, ProjectAccess::kReadOnly);
    REQUIRE(opened.ok());
    CHECK((*opened)->Episodes()->size() == 8);
    const auto feedback = (*opened)->LoadFeedback();
    for (const auto& [id, mark] : feedback->marks()) {
      CHECK(mark.annotator == "Ann");
      CHECK(mark.verdict == agents::Verdict::kUnsafe);
      CHECK(mark.first_step >= 1);
    }
    marks = feedback->marks().size();
    CHECK(marks > 0);
  }
  // Once more: the same episodes with the same marks.
  const CommandResult again =
      Lookout(Asking("careful", "goto") +
              UnblockedWords{"--record", project, "--mark", "1", "--annotator", "Ann"});
  REQUIRE_MESSAGE(again.exit_code == 0, again.errors);
  {
    const auto opened = Project::Open(project, ProjectAccess::kReadOnly);
    CHECK((*opened)->Episodes()->size() == 8);
    CHECK((*opened)->LoadFeedback()->marks().size() == marks);
  }
  const json report =
      UnblockedReportOf(Asking("careful", "goto") + UnblockedWords{"--project", project});
  CHECK(report["unsafe_labels"].get<int>() > 0);
  const auto& ways = report["ways"];
  CHECK(std::ranges::any_of(ways, [](const json& way) { return way["was_marked"] == true; }));
}

TEST_CASE("what cannot be asked is refused with a way out") {
  const test::ScratchFolder scratch;
  const auto refused = [](const UnblockedWords& more, int code, const std::string& words) {
    const CommandResult result = Lookout(Asking("careful", "goto") + more);
    CHECK(result.exit_code == code);
    CHECK_MESSAGE(Contains(result.errors, words), result.errors);
  };
  refused({"--mark", "1", "--annotator", "Ann"}, kUsage, "--record");
  refused({"--mark", "1", "--record", scratch / "p.lookout"}, kUsage, "--annotator");
  refused({"--annotator", "Ann"}, kUsage, "--mark");
  refused({"--mark", "99", "--annotator", "Ann", "--record", scratch / "p.lookout"}, kUsage,
          "no way 99");
  refused({"--mark", "50", "--most", "50", "--annotator", "Ann", "--record", scratch / "p.lookout"},
          kBadInput, "no way 50");
  CHECK_FALSE(std::filesystem::exists(scratch / "p.lookout"));
  refused({"--record", scratch / "no/p.lookout"}, kBadInput, "--record: there is no folder");
  CHECK(Lookout(Asking("careful", "goto", "3")).exit_code == kUsage);
  refused({"--model", scratch / "none.costmodel"}, kBadInput, "none.costmodel");
  refused({"--overseer", "nobody-knows"}, kBadInput, "nobody-knows");
  refused({"--project", scratch / "none.lookout"}, kBadInput, "none.lookout");
  const CommandResult nobody =
      Lookout({"unblocked", "careful", scratch / "none", "--env", kThreeWays});
  CHECK(nobody.exit_code == kBadInput);
  CHECK_MESSAGE(Contains(nobody.errors, "AFTER: "), nobody.errors);
}

}  // namespace
}  // namespace lookout::app
