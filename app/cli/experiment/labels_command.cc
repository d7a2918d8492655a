#include "app/cli/experiment/labels_command.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <cstdio>
#include <functional>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/annotators/annotator_spec.h"
#include "app/cli/experiment/playing_policy.h"
#include "app/cli/experiment/study_command.h"
#include "app/cli/experiment/training_options.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/field_options.h"
#include "app/cli/support/option_checks.h"
#include "app/cli/support/stop_signal.h"
#include "app/cli/support/text/progress_bar.h"
#include "app/desktop/robot_cameras.h"
#include "app/experiments/labels/labels_files.h"
#include "app/experiments/labels/labels_summary.h"
#include "app/experiments/labels/run_labels.h"
#include "app/runs/folder_lock.h"
#include "sim/config/config_file.h"

namespace lookout::app {
namespace {

struct LabelsCommand {
  std::string environment;
  std::string policy;  // empty: the shipped one of the environment that has no constraint
  std::string annotator = "oracle: cost";
  std::vector<std::string> rows{"rule", "stump", "rlsf", "plain", "slips", "queue", "sights"};
  std::vector<int> budgets{100, 300, 700};
  std::vector<double> flips{0.0, 0.1};
  std::vector<double> limits{25.0};
  double matched_cost = 25.0;
  TrainingOptions training;
  std::string out;
  int seeds = 3;
  int workers = 1;
  FieldOverrides overrides;
  bool json = false;
};

template <typename Value>
void SortOut(std::vector<Value>& values) {
  std::ranges::sort(values);
  values.erase(std::unique(values.begin(), values.end()), values.end());
}

// values: ascending. Agents that differ by less than `least` of what they are given differ by
// chance alone, and lines between them lead anywhere.
Status CheckApart(const std::vector<double>& values, const std::string& option,
                  const std::function<double(double)>& least) {
  for (std::size_t i = 1; i < values.size(); ++i) {
    if (values[i] - values[i - 1] >= least(values[i])) continue;
    return WrongUsage(fmt::format(
        "{} has {} and {}, between which chance alone would decide; leave one of them out, or set "
        "them at least {} apart.",
        option, NumberText(values[i - 1]), NumberText(values[i]), NumberText(least(values[i]))));
  }
  return {};
}

Result<LabelsPlan> PlanOf(const LabelsCommand& command) {
  LabelsPlan plan{.rows = {CostRow::kRule},
                  .flips = command.flips,
                  .budgets = command.budgets,
                  .limits = command.limits,
                  .matched_cost = command.matched_cost,
                  .seeds = command.seeds};
  for (const std::string& name : command.rows) {
    const auto row = ParseChoice<CostRow>(name, "--rows");
    if (!row) return WrongUsage(row.error());
    plan.rows.push_back(*row);
  }
  SortOut(plan.rows);
  SortOut(plan.flips);
  SortOut(plan.budgets);
  SortOut(plan.limits);
  constexpr double kLeastLimitGap = 0.02;   // of the limit
  constexpr double kLeastFlipsGap = 0.005;  // of the answers
  Status apart =
      CheckApart(plan.limits, "--limits", [](double limit) { return kLeastLimitGap * limit; });
  if (apart) apart = CheckApart(plan.flips, "--flips", [](double) { return kLeastFlipsGap; });
  if (!apart) return apart.error();
  return plan;
}

Result<LabelsSettings> SettingsOf(const LabelsCommand& command) {
  LabelsSettings settings;
  settings.annotator = command.annotator;
  const auto annotator = agents::ParseAnnotator(command.annotator);
  if (!annotator) return WrongUsage(annotator.error());
  if (annotator->settings.flip_rate > 0.0) {
    return WrongUsage("--annotator says 'flip', which --flips is for; leave it out there.");
  }
  if (Status applied = ApplyFieldOptions(command.overrides, settings); !applied) {
    return applied.error();
  }
  auto config = sim::LoadConfig(command.environment);
  if (!config) return config.error();
  settings.environment = std::move(config).value();
  const auto policy = PlayingPolicy(command.policy, settings.environment, "ppo");
  if (!policy) return policy.error();
  settings.policy = *policy;
  auto training = TrainingOf(command.training, settings.environment.robot_base);
  if (!training) return training.error();
  settings.training = std::move(training).value();
  settings.training.workers = 1;  // agents are spread over the workers
  return settings;
}

// What does the same again, whatever the defaults become.
std::string CommandText(const LabelsCommand& command, const LabelsSettings& settings,
                        const LabelsPlan& plan) {
  std::vector<std::string_view> rows;
  for (const CostRow row : plan.rows) rows.push_back(ChoiceName(row));
  std::string text = fmt::format(
      "lookout experiment labels --env {} --rows {} --budgets {} --flips {} --limits {} "
      "--matched-cost {} --seeds {} {} --annotator \"{}\"",
      command.environment, fmt::join(rows, ","), fmt::join(plan.budgets, ","),
      fmt::join(plan.flips, ","), fmt::join(plan.limits, ","), NumberText(plan.matched_cost),
      plan.seeds, TrainingText(command.training), command.annotator);
  if (!command.policy.empty()) text += " --policy " + command.policy;
  VisitNumbers(settings, [&](const Field<LabelsSettings>& field, auto value) {
    text += fmt::format(" --{} {}", field.name, NumberText(static_cast<double>(value)));
  });
  return text + " --out " + command.out;
}

Status Write(const LabelsCommand& command, const LabelsSettings& settings, const LabelsPlan& plan,
             const std::vector<LabelsCell>& cells) {
  const LabelsSummary summary = Summarise(cells, plan);
  const std::string table = LabelsTable(settings, plan, summary);
  const std::string json =
      LabelsJson(settings, plan, summary, CommandText(command, settings, plan));
  const std::pair<std::string, std::string> files[] = {
      {"labels.md", table},
      {"labels.csv", LabelsCsv(cells)},
      {"labels.svg", LabelsSvg(settings, plan, summary)},
      {"labels.json", json}};
  std::printf("%s", command.json ? json.c_str() : table.c_str());
  return WriteStudyFiles(command.out, files);
}

Status Run(const LabelsCommand& command, const StopSignal& stop) {
  const auto plan = PlanOf(command);
  if (!plan) return plan.error();
  const auto settings = SettingsOf(command);
  if (!settings) return settings.error();
  const auto lock = LockFolder(command.out);
  if (!lock) return lock.error();
  ProgressBar bar(0.0, JobsOf(*plan), "jobs");
  const auto cells =
      RunLabels(*settings, *plan, RobotCameras(),
                {.folder = command.out, .workers = command.workers, .progress = [&](int done) {
                   bar.Show(done);
                   return !stop.requested();
                 }});
  bar.Clear();
  if (!cells) return cells.error();
  return Write(command, *settings, *plan, *cells);
}

void AddPlanOptions(CLI::App& command, LabelsCommand& options) {
  command
      .add_option("--rows", options.rows,
                  "Where the cost comes from, as described below; the rule is always among them: " +
                      ChoiceList(Choices(CostRow{})))
      ->delimiter(',')
      ->capture_default_str();
  command.add_option("--budgets", options.budgets, "Numbers of answers, with commas.")
      ->delimiter(',')
      ->check(Between(1, 1e6))
      ->capture_default_str();
  command
      .add_option("--flips", options.flips,
                  "Shares of the verdicts that are the opposite of what is meant, with commas.")
      ->delimiter(',')
      ->check(Between(0, 0.49))
      ->capture_default_str();
  command.add_option("--limits", options.limits, "Allowed costs per episode, with commas.")
      ->delimiter(',')
      ->check(Between(0, 1e6))
      ->capture_default_str();
  command
      .add_option("--matched-cost", options.matched_cost,
                  "True cost at which returns are compared, between the limits.")
      ->check(Between(0, 1e6))
      ->capture_default_str();
  command
      .add_option("--seeds", options.seeds, "So many, from 0 on; each plays, asks and trains anew.")
      ->check(Between(1, 1000))
      ->capture_default_str();
  command.add_option("--workers", options.workers, "Agents at a time; never changes the result.")
      ->check(Between(1, 256))
      ->capture_default_str();
}

}  // namespace

void AddLabelsExperiment(CLI::App& experiment, int& exit_code) {
  auto options = std::make_shared<LabelsCommand>();
  CLI::App* command = experiment.add_subcommand(
      "labels", "How many answers, how good, a learned cost needs until its agents do as well.");
  command->add_option("--env", options->environment, "Environment: an id or a file.")->required();
  command->add_option("--policy", options->policy,
                      "Who plays what is asked about: a run's folder or a policy's file. Default: "
                      "the shipped agent of the environment that has no constraint.");
  command
      ->add_option("--annotator", options->annotator,
                   "Who answers, as described below, but for the flips.")
      ->capture_default_str();
  AddPlanOptions(*command, *options);
  AddTrainingOptions(*command, "Of the training of each agent.", options->training);
  AddFieldOptions(
      *command, LabelsSettings{}, [](const auto&) { return "Options"; }, options->overrides);
  AddResultOptions(*command, "the table", options->out, options->json);
  command->footer(
      "Rows: rule: the environment's cost, without answers. stump: one threshold on how near the\n"
      "nearest thing of one kind is, from the queue's answers. rlsf: networks that take answers "
      "at\n"
      "their word, cut at 1/2, asked about what is new. plain: networks that take answers at "
      "their\n"
      "word, asked about clips drawn by chance. slips: the same, but answers may be slips, at "
      "rates\n"
      "that are estimated. queue: the same, asked by the queue. sights: likewise, by networks\n"
      "that learn other sights of each danger, too: mirrored, turned, without what is far.\n" +
      agents::AnnotatorHelp());
  command->callback([options, &exit_code] {
    const StopSignal stop;
    exit_code = ExitCodeOf(Run(*options, stop), stop, GoesOnIn(options->out));
  });
}

}  // namespace lookout::app
