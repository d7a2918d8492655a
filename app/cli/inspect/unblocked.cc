// lookout unblocked: what an agent does after marks or under an overseer that it did not do before.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "app/cli/inspect/inspect_commands.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/named_policy.h"
#include "app/cli/support/open_project.h"
#include "app/cli/support/option_checks.h"
#include "app/cli/support/stop_signal.h"
#include "app/cli/support/text/progress_bar.h"
#include "app/cli/support/text/unblocked_text.h"
#include "app/cost_models/cost_model_file.h"
#include "app/desktop/robot_cameras.h"
#include "app/overseers/overseer_spec.h"
#include "app/platform/files.h"
#include "app/runs/saved_policy.h"
#include "app/unblocked/mark_ways.h"
#include "app/unblocked/measure_unblocked.h"
#include "sim/config/config_file.h"

namespace lookout::app {
namespace {

struct UnblockedOptions {
  std::string before, after, environment, model, project, record, annotator, out;
  std::vector<int> mark;
  bool sampled = false;
  bool json = false;
  UnblockedQuestion question;
};

// Open projects that the question points into.
struct Projects {
  std::unique_ptr<Project> labels;
  ProjectToRecord record;
};

Status CheckMarking(const UnblockedOptions& options) {
  if (options.mark.empty() && options.annotator.empty()) return {};
  if (options.mark.empty()) {
    return WrongUsage("--annotator says who marks, and nothing is: name ways by --mark.");
  }
  const auto most = static_cast<int>(options.question.settings.most_groups);
  for (const int way : options.mark) {
    if (way >= 1 && way <= most) continue;
    return WrongUsage(fmt::format(
        "There is no way {}: --mark takes 1 to {}, as many as --most tells apart.", way, most));
  }
  if (options.record.empty()) {
    return WrongUsage("--mark needs the episodes in a project: name one by --record.");
  }
  if (options.annotator.find_first_not_of(' ') == std::string::npos) {
    return WrongUsage("--mark is somebody's word: say whose, by --annotator.");
  }
  return {};
}

Status OpenProjects(const UnblockedOptions& options, UnblockedQuestion& question,
                    Projects& projects) {
  auto record = ProjectToRecord::Find(options.record);
  if (!record.ok()) return record.error();
  projects.record = std::move(*record);
  question.record = projects.record.is_named();
  if (options.project.empty()) return {};
  std::error_code none;
  if (projects.record.existing() != nullptr &&
      std::filesystem::equivalent(options.project, options.record, none)) {
    question.judged = JudgedIn(*projects.record.existing(), question.cameras);
    return {};
  }
  auto labels = OpenExistingProject(options.project, ProjectAccess::kReadOnly);
  if (!labels.ok()) return labels.error();
  projects.labels = std::move(*labels);
  question.judged = JudgedIn(*projects.labels, question.cameras);
  return {};
}

// argument: BEFORE or AFTER.
Result<agents::PolicyPtr> AgentNamed(const std::string& name, const char* argument,
                                     const UnblockedOptions& options,
                                     const sim::EnvironmentConfig& config) {
  const auto environment = MakeEnvironment(config, RobotCameras());
  if (!environment.ok()) return environment.error();
  return ReadPolicy({.environment = options.environment,
                     .policy = name,
                     .option = argument,
                     .sampled = options.sampled},
                    config, (*environment)->spec());
}

Result<UnblockedQuestion> QuestionOf(const UnblockedOptions& options, Projects& projects) {
  UnblockedQuestion question = options.question;
  if (Status marking = CheckMarking(options); !marking.ok()) return marking.error();
  auto config = EnvironmentFor({.environment = options.environment, .policy = options.after});
  if (!config.ok()) return config.error();
  question.environment = std::move(*config);
  question.cameras = RobotCameras();
  auto before = AgentNamed(options.before, "BEFORE", options, question.environment);
  if (!before.ok()) return before.error();
  auto after = AgentNamed(options.after, "AFTER", options, question.environment);
  if (!after.ok()) return after.error();
  question.before = std::move(*before);
  question.after = std::move(*after);
  if (!options.model.empty()) {
    auto model = LoadCostModelFile(options.model);
    if (!model.ok()) return model.error();
    question.model = std::move(model->model);
  }
  if (Status opened = OpenProjects(options, question, projects); !opened.ok()) {
    return opened.error();
  }
  return question;
}

Status Write(const UnblockedAnswer& answer, const UnblockedOptions& options,
             const std::string& text) {
  if (options.out.empty()) return {};
  const std::filesystem::path folder(options.out);
  Status written = WriteWholeFile(folder / "unblocked.txt", text);
  if (!written.ok()) return written;
  return WriteWholeFile(folder / "unblocked.json", UnblockedToJson(answer).dump(2) + "\n");
}

// Keeps the episodes and marks in the project to record in, if there is one; says so.
Result<std::string> Keep(const UnblockedOptions& options, ProjectToRecord& record,
                         UnblockedAnswer& answer) {
  if (Status there = CheckWays(answer.report, options.mark); !there.ok()) return there.error();
  const auto project = record.Open();
  if (!project.ok()) return project.error();
  if (*project == nullptr) return std::string();
  Status recorded = RecordEpisodes(answer.recorded, **project, answer.report);
  if (!recorded.ok()) return recorded.error();
  if (options.mark.empty()) return std::string();
  const auto marked = MarkWays(answer.report, options.mark, options.annotator, **project);
  if (!marked.ok()) return marked.error();
  return fmt::format("{} marked {} spans as unsafe in {}.\n", options.annotator, *marked,
                     options.record);
}

Status Ask(const UnblockedOptions& options, const StopSignal& stop) {
  Projects projects;
  const auto question = QuestionOf(options, projects);
  if (!question.ok()) return question.error();
  ProgressBar bar(0.0, 100.0, "% of the episodes");
  auto answer = MeasureUnblocked(*question, [&](double fraction) {
    bar.Show(100.0 * fraction);
    return !stop.requested();
  });
  bar.Clear();
  if (!answer.ok()) return answer.error();
  const auto kept = Keep(options, projects.record, *answer);
  if (!kept.ok()) return kept.error();
  const std::string text = UnblockedText(*answer, !question->overseer.empty()) + *kept;
  if (Status written = Write(*answer, options, text); !written.ok()) return written;
  std::fputs((options.json ? UnblockedToJson(*answer).dump(2) + "\n" : text).c_str(), stdout);
  return {};
}

void AddPlayOptions(CLI::App& command, UnblockedOptions& options) {
  UnblockedQuestion& question = options.question;
  command.add_option("--overseer", question.overseer,
                     "Who watches AFTER, as 'lookout oversee --help' tells. Default: nobody.");
  command.add_option("--episodes", question.episodes, "Of each agent.")
      ->check(Between(4, 100'000))
      ->capture_default_str();
  command
      .add_option("--seed", question.seed,
                  "Of BEFORE's first episode; AFTER's begin a million later.")
      ->capture_default_str();
  command
      .add_option("--clip-steps", question.settings.novelty.clip_steps,
                  "Steps of the clips that are compared.")
      ->check(Between(1, 10'000))
      ->capture_default_str();
  command.add_option("--most", question.settings.most_groups, "Ways that are told apart, at most.")
      ->check(Between(1, 50))
      ->capture_default_str();
  command.add_flag("--sampled", options.sampled,
                   "Trained agents draw their actions, as in training.");
  command.add_option("--workers", question.workers, "Threads; never change the result.")
      ->check(Between(1, 256));
}

void AddOutputOptions(CLI::App& command, UnblockedOptions& options) {
  command.add_option("--out", options.out, "Folder for unblocked.txt and unblocked.json.");
  command.add_option("--record", options.record, "A project that gets AFTER's episodes.");
  command
      .add_option("--mark", options.mark,
                  "Numbers of ways, with commas, whose clips are marked unsafe in that project.")
      ->delimiter(',');
  command.add_option("--annotator", options.annotator, "Whose marks these are.");
  command.add_flag("--json", options.json, "One JSON object with all clips.");
}

}  // namespace

void AddUnblockedCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<UnblockedOptions>();
  options->question.workers = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  CLI::App* command = app.add_subcommand(
      "unblocked", "What an agent does after marks, or overseen, that it did not do before.");
  constexpr char kAgent[] = "The folder of a run, the file of a policy, random, goto or careful.";
  command->add_option("before", options->before, kAgent)->required();
  command->add_option("after", options->after, kAgent)->required();
  command->add_option("--env", options->environment,
                      "Environment: an id or a file. Default: that of AFTER.");
  command->add_option("--model", options->model,
                      "File of a cost model: what it predicts beside the true cost.");
  command->add_option("--project", options->project,
                      "Project whose marks say what was called unsafe or safe before.");
  AddPlayOptions(*command, *options);
  AddOutputOptions(*command, *options);
  command->footer(
      "Clips of AFTER are new whose observations, or distances to the nearest of each kind of\n"
      "thing, lie farther from BEFORE's than those of BEFORE's own held-out episodes do. Found "
      "are\n"
      "these, and those the like of which AFTER does more often by more than BEFORE does than\n"
      "itself, its episodes split in two; those alike make a way. The ways come first that cost\n"
      "most where nothing alike was marked unsafe or blocked (unmarked). as often: as BEFORE.\n"
      "true cost, unmarked and predicted: per episode. to unsafe: the median distance to what was\n"
      "marked unsafe or blocked; 1 is as far as BEFORE's own clips lie apart, '-': nothing was. "
      "In\n"
      "brackets: 95 % intervals over episodes.");
  command->callback([options, &exit_code] {
    const StopSignal stop;
    exit_code = ExitCodeOf(Ask(*options, stop), stop, "There is no answer.");
  });
}

}  // namespace lookout::app
