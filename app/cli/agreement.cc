// lookout agreement: how far the annotators of a project agree with each other, with the majority
// of the others and with the environment's rule.
#include "agents/feedback/agreement/agreement.h"

#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/agreement/recorded_episode.h"
#include "app/cli/commands.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/field_options.h"
#include "app/cli/support/open_project.h"
#include "app/cli/support/option_checks.h"
#include "app/cli/support/text/agreement_text.h"
#include "app/project/danger_classes_json.h"

namespace lookout::app {
namespace {

struct AgreementCommand {
  std::string project;  // empty: the default one
  bool marked_only = false;
  bool json = false;
  int list = 20;  // disagreements
  FieldOverrides overrides;
};

Result<std::vector<agents::RecordedEpisode>> RecordedEpisodes(
    Project& project, const std::vector<agents::FeedbackRecord>& feedback) {
  std::set<EpisodeId> wanted;
  for (const agents::FeedbackRecord& record : feedback) {
    wanted.insert(record.episodes.begin(), record.episodes.end());
  }
  const auto stored = project.Episodes();
  if (!stored) return stored.error();
  std::vector<agents::RecordedEpisode> episodes;
  for (const StoredEpisode& episode : *stored) {
    if (!wanted.contains(episode.header.id)) continue;
    const auto chunks = project.LoadSteps(episode.header.id);
    if (!chunks) return chunks.error();
    episodes.push_back(agents::DescribeRecorded(episode.header, *chunks));
  }
  return episodes;
}

Status Compare(const AgreementCommand& command) {
  agents::AgreementSettings settings{.unmarked_is_safe = !command.marked_only};
  if (Status set = ApplyFieldOptions(command.overrides, settings); !set) return set;
  const auto project = OpenExistingProject(command.project, ProjectAccess::kReadOnly);
  if (!project) return project.error();
  const auto set = (*project)->LoadFeedback();
  if (!set) return set.error();
  std::vector<agents::FeedbackRecord> feedback;
  for (const auto& [id, record] : set->records()) feedback.push_back(record);
  const auto episodes = RecordedEpisodes(**project, feedback);
  if (!episodes) return episodes.error();
  const auto report =
      agents::MeasureAgreement(agents::GatherOpinions(feedback, *episodes), settings);
  if (report.annotators.empty()) {
    return BadInput("Nobody has marked a recorded step in " + (*project)->path().string() +
                    "; mark some in the window, or with lookout annotate.");
  }
  const agents::DangerClasses classes =
      DangerClassesFromText((*project)->Setting(kDangerClassesSetting, ""));
  const std::string text = command.json ? AgreementToJson(report, classes).dump(2) + "\n"
                                        : AgreementTable(report, classes, command.list);
  std::fputs(text.c_str(), stdout);
  return {};
}

}  // namespace

void AddAgreementCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<AgreementCommand>();
  CLI::App* command = app.add_subcommand(
      "agreement", "How far annotators agree with each other, the majority and the rule.");
  command->add_option("PROJECT", options->project,
                      "Project file; it is only read. Default: in your data folder.");
  AddFieldOptions(
      *command, agents::AgreementSettings{}, [](const auto&) { return "Options"; },
      options->overrides);
  command->add_flag("--marked-only", options->marked_only,
                    "Compare only steps that were marked; otherwise what an annotator left "
                    "unmarked in an episode with marks counts as called safe.");
  command->add_option("--list", options->list, "Disagreements in the text, the longest first.")
      ->check(Between(0, 1'000'000))
      ->capture_default_str();
  command->add_flag("--json", options->json, "One JSON object with everything.");
  command->footer(
      "kappa: agreement beyond chance, 1 full, 0 none. both unsafe: the steps that both call "
      "unsafe,\n"
      "as a share of what each calls so on average. span F1: spans that match within the "
      "tolerance,\n"
      "or share half. d': how well the first tells the second's unsafe steps from the rest;\n"
      "criterion: above 0 for somebody who seldom says unsafe. Reaction lag: how much later than "
      "the\n"
      "rule's cost marks begin and end, in the annotator's seconds. In brackets: 95 % intervals "
      "over\n"
      "episodes.");
  command->callback([options, &exit_code] {
    if (const Status done = Compare(*options); !done) exit_code = Fail(done.error());
  });
}

}  // namespace lookout::app
