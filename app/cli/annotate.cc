// lookout annotate: simulated annotators say all that people can about the episodes of a project.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/annotators/annotator_spec.h"
#include "agents/feedback/journal/feedback_journal.h"
#include "app/annotation/annotation.h"
#include "app/cli/commands.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/open_project.h"
#include "app/cli/support/option_checks.h"
#include "app/desktop/robot_cameras.h"
#include "app/platform/files.h"
#include "app/project/settings/danger_classes_json.h"

namespace lookout::app {
namespace {

struct AnnotateCommand {
  std::string project;
  std::vector<std::string> annotators;
  std::string out;                     // empty: into the project itself
  std::vector<std::int64_t> episodes;  // by id; empty: all
  AnnotationTask task;
  bool no_spans = false;
  bool json = false;
};

Result<std::vector<agents::AnnotatorSpec>> ReadAnnotators(const AnnotateCommand& command,
                                                          const agents::DangerClasses& classes) {
  std::vector<agents::AnnotatorSpec> specs;
  std::set<std::string> names;
  for (const std::string& text : command.annotators) {
    auto spec = agents::ParseAnnotator(text, classes);
    if (!spec) return WrongUsage(spec.error());
    if (!names.insert(spec->settings.name).second) {
      return WrongUsage("--annotator: there are two of the name " + spec->settings.name +
                        "; give each a name of its own.");
    }
    specs.push_back(std::move(spec).value());
  }
  return specs;
}

// Who has said something already would say it twice.
Status CheckNew(const agents::FeedbackSet& feedback,
                const std::vector<agents::AnnotatorSpec>& specs) {
  std::set<std::string> known;
  for (const auto& [id, record] : feedback.records()) known.insert(record.annotator);
  for (const agents::AnnotatorSpec& spec : specs) {
    if (known.contains(spec.settings.name)) {
      return BadInput("The project has feedback of " + spec.settings.name +
                      " already; choose another name for --annotator.");
    }
  }
  return {};
}

std::string InWords(const Given& given) {
  std::string words =
      fmt::format("{}: {} spans and {} pairs", given.annotator, given.spans, given.pairs);
  const auto add = [&](std::int64_t count, const char* what) {
    if (count > 0) words += fmt::format(", {} {}", count, what);
  };
  add(given.regions, "regions");
  add(given.rules, "rules");
  add(given.take_overs, "take-overs");
  add(given.corrections, "corrections");
  return words;
}

void Print(const AnnotateCommand& command, const std::string& project, const Annotated& annotated,
           std::size_t episodes) {
  if (!command.json) {
    for (const Given& given : annotated.given) {
      std::printf("%s in %zu episodes\n", InWords(given).c_str(), episodes);
    }
    std::printf("in %s\n", project.c_str());
    return;
  }
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const Given& given : annotated.given) {
    rows.push_back({{"name", given.annotator},
                    {"spans", given.spans},
                    {"pairs", given.pairs},
                    {"regions", given.regions},
                    {"rules", given.rules},
                    {"take_overs", given.take_overs},
                    {"corrections", given.corrections}});
  }
  const nlohmann::ordered_json object{{"project", project},
                                      {"episodes", episodes},
                                      {"new_episodes", annotated.futures.size()},
                                      {"seed", command.task.seed},
                                      {"annotators", std::move(rows)}};
  std::printf("%s\n", object.dump(2).c_str());
}

// Into the project itself, or into the copy that was asked for.
Status Write(const AnnotateCommand& command, Project& project, const Annotated& annotated) {
  if (command.out.empty()) return WriteAnnotated(annotated, project);
  if (Status made = MakeFoldersAbove(command.out); !made) return made;
  if (Status copied = project.CopyTo(command.out); !copied) return copied;
  const auto copy = Project::Open(command.out, ProjectAccess::kReadWrite);
  return copy ? WriteAnnotated(annotated, **copy) : Status(copy.error());
}

Status AnnotateInto(const AnnotateCommand& command, Project& project) {
  const auto classes = DangerClassesFromText(project.Setting(kDangerClassesSetting, ""));
  const auto specs = ReadAnnotators(command, classes);
  if (!specs) return specs.error();
  const auto feedback = project.LoadFeedback();
  if (!feedback) return feedback.error();
  if (Status fresh = CheckNew(*feedback, *specs); !fresh) return fresh;
  const bool with_geometry = command.task.needs_geometry() ||
                             std::ranges::any_of(*specs, [](const agents::AnnotatorSpec& spec) {
                               return spec.sees.needs_geometry();
                             });
  const auto episodes = LoadAnnotatedEpisodes(project, command.episodes, with_geometry);
  if (!episodes) return episodes.error();
  const auto annotated = Annotate(command.task, *specs, *episodes, *feedback,
                                  project.next_episode_id(), RobotCameras());
  if (!annotated) return annotated.error();
  if (Status written = Write(command, project, *annotated); !written) return written;
  Print(command, command.out.empty() ? project.path().string() : command.out, *annotated,
        episodes->size());
  return {};
}

Status Run(AnnotateCommand command) {
  command.task.spans = !command.no_spans;
  if (!command.task.asks_anything()) {
    return WrongUsage(
        "--no-spans leaves nothing to do; ask for --pairs, --regions, --rules, --take-overs or "
        "--corrections.");
  }
  const bool into_itself = command.out.empty();
  const auto project = OpenExistingProject(
      command.project, into_itself ? ProjectAccess::kReadWrite : ProjectAccess::kReadOnly);
  if (!project) return project.error();
  if (into_itself && (*project)->read_only()) return BadInput((*project)->read_only_reason());
  return AnnotateInto(command, **project);
}

void AddTaskOptions(AnnotationTask& task, CLI::App& command) {
  command.add_option("--seed", task.seed, "Of their faults.")->capture_default_str();
  command.add_option("--pairs", task.pairs, "Pairs of clips for each to compare, at random.")
      ->check(Between(0, 1'000'000))
      ->capture_default_str();
  command.add_option("--clip-steps", task.clip_steps, "Steps of a clip.")
      ->check(Between(1, 100'000))
      ->capture_default_str();
  command
      .add_option(
          "--regions", task.regions,
          "Dangerous places for each to paint on the floor, at most, and as many safe ones.")
      ->check(Between(0, 100'000))
      ->capture_default_str();
  command.add_flag("--rules", task.rules,
                   "Each writes what they hold to be too near as rules around every object of a "
                   "kind.");
  command.add_flag("--take-overs", task.take_overs,
                   "Each takes the wheel where they see danger; the careful script then drives, in "
                   "new episodes of the project.");
  command
      .add_option("--corrections", task.corrections,
                  "Moments before danger for each to correct, at most: what the careful script "
                  "would do, simulated as new episodes.")
      ->check(Between(0, 100'000))
      ->capture_default_str();
}

}  // namespace

void AddAnnotateCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<AnnotateCommand>();
  CLI::App* command = app.add_subcommand("annotate",
                                         "Simulated annotators with stated faults say what is "
                                         "dangerous in the episodes of a project.");
  command->add_option("PROJECT", options->project, "Project file.")->required();
  command
      ->add_option("--annotator", options->annotators,
                   "Who they are, as described below; once for each.")
      ->required()
      ->expected(1);
  command->get_option("--annotator")->multi_option_policy(CLI::MultiOptionPolicy::TakeAll);
  command->add_option("--out", options->out,
                      "New project file: a copy with the feedback. Otherwise the project gets it.");
  command->add_option("--episodes", options->episodes, "Ids, separated by commas. Default: all.")
      ->delimiter(',');
  AddTaskOptions(options->task, *command);
  command->add_flag("--no-spans", options->no_spans, "No spans: what else is asked for alone.");
  command->add_flag("--json", options->json, "One JSON object instead of lines.");
  command->footer(agents::AnnotatorHelp());
  command->callback([options, &exit_code] {
    if (const Status done = Run(*options); !done) exit_code = Fail(done.error());
  });
}

}  // namespace lookout::app
