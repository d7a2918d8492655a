// lookout cost: how good cost models are against an environment's rule, and against each other.
#include <algorithm>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/named_policy.h"
#include "app/cli/support/open_project.h"
#include "app/cli/support/option_checks.h"
#include "app/cli/support/stop_signal.h"
#include "app/cli/support/text/cost_report_text.h"
#include "app/cli/support/text/progress_bar.h"
#include "app/cost_models/cost_model_file.h"
#include "app/cost_models/cost_report.h"
#include "app/desktop/robot_cameras.h"
#include "app/runs/saved_policy.h"

namespace lookout::app {
namespace {

struct CostOptions {
  std::vector<std::string> models;
  PolicyChoice choice;
  std::string project;  // empty: episodes are played
  EvaluationOptions episodes{.episodes = 20};
  agents::EvaluationSettings settings;
  std::size_t list = 10;  // errors of each model, and differences between every two
  bool json = false;
};

using Models = std::vector<agents::CostModelPtr>;

Result<CostReport> ScoreProject(const CostOptions& options, const Models& models,
                                const EvaluationProgress& progress) {
  const auto project = OpenExistingProject(options.project, ProjectAccess::kReadOnly);
  if (!project.ok()) return project.error();
  auto scored = ScoreRecorded(models, **project, RobotCameras(), progress);
  if (!scored.ok()) return scored.error();
  return CostReport{.scored = std::move(*scored),
                    .policy = {},
                    .project = options.project,
                    .settings = options.settings};
}

Result<CostReport> ScorePolicy(const CostOptions& options, const Models& models,
                               const EvaluationProgress& progress) {
  const auto config = EnvironmentFor(options.choice);
  if (!config.ok()) return config.error();
  const auto make = [&config] { return MakeEnvironment(*config, RobotCameras()); };
  const auto environment = make();
  if (!environment.ok()) return environment.error();
  const sim::EnvironmentSpec& spec = (*environment)->spec();
  for (std::size_t i = 0; i < models.size(); ++i) {
    const Status fits = CheckFileFits(options.models[i], *models[i], spec);
    if (!fits.ok()) return fits.error();
  }
  const auto policy = ReadPolicy(options.choice, *config, spec);
  if (!policy.ok()) return policy.error();
  auto scored = ScorePlayed(models, **policy, make, options.episodes, progress);
  if (!scored.ok()) return scored.error();
  return CostReport{.scored = std::move(*scored),
                    .policy = (*policy)->name(),
                    .project = {},
                    .settings = options.settings};
}

Result<CostReport> Measure(const CostOptions& options, const EvaluationProgress& progress) {
  std::vector<CostModelFile> files;
  Models models;
  for (const std::string& path : options.models) {
    auto file = LoadCostModelFile(path);
    if (!file.ok()) return file.error();
    models.push_back(file->model);
    files.push_back(std::move(*file));
  }
  auto report = options.project.empty() ? ScorePolicy(options, models, progress)
                                        : ScoreProject(options, models, progress);
  if (report.ok()) MeasureCostModels(options.models, files, options.list, *report);
  return report;
}

int RunCost(const CostOptions& options) {
  const StopSignal stop;
  const double total = options.project.empty() ? options.episodes.episodes : 1.0;
  ProgressBar bar(0.0, total, options.project.empty() ? "episodes" : "projects");
  const auto report = Measure(options, [&](double fraction) {
    bar.Show(total * fraction);
    return !stop.requested();
  });
  bar.Clear();
  if (stop.requested()) return kSignalExit + stop.number();
  if (!report.ok()) return Fail(report.error());
  const std::string text =
      options.json ? CostReportToJson(*report).dump(2) + "\n" : CostReportTable(*report);
  std::fputs(text.c_str(), stdout);
  return 0;
}

void AddEpisodeOptions(CLI::App& command, CostOptions& options) {
  CLI::Option* const project =
      command.add_option("--project", options.project,
                         "Project whose recorded episodes count, those that the models fit; it is "
                         "only read. Without it, episodes are played.");
  const auto play = [&](CLI::Option* option) { option->excludes(project); };
  play(command.add_option("--env", options.choice.environment,
                          "Id of an environment, or a configuration. Default: that of the policy "
                          "file, or Safexp-PointGoal1-v0."));
  play(command
           .add_option("--policy", options.choice.policy,
                       "random, goto, careful, the folder of a run, or the file of a policy.")
           ->capture_default_str());
  play(
      command
          .add_option("--episodes", options.episodes.episodes, "How many; the same for all models.")
          ->check(Between(1, 1'000'000))
          ->capture_default_str());
  play(command
           .add_option("--seed", options.episodes.seed,
                       "Of the first episode; each further one adds 1.")
           ->capture_default_str());
  play(command
           .add_option("--workers", options.episodes.workers, "Threads; never changes the result.")
           ->check(Between(1, 256)));
  play(command.add_flag("--sampled", options.choice.sampled, "A policy file draws its actions."));
}

}  // namespace

void AddCostCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<CostOptions>();
  options->episodes.workers = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  CLI::App* command = app.add_subcommand(
      "cost", "How good cost models are against the environment's rule, and each other.");
  command->add_option("models", options->models, "Files of cost models.")->required();
  AddEpisodeOptions(*command, *options);
  command
      ->add_option("--limit", options->settings.limit,
                   "Cost that is allowed in an episode: which episodes go beyond it?")
      ->check(Between(0, 1e9))
      ->capture_default_str();
  command
      ->add_option("--threshold", options->settings.unsafe_from,
                   "Probability from which on a model calls a step unsafe.")
      ->check(Between(0, 1))
      ->capture_default_str();
  command
      ->add_option("--list", options->list,
                   "Errors of each model, and differences between every two, that are listed.")
      ->check(Between(0, 1'000'000))
      ->capture_default_str();
  command->add_flag("--json", options->json, "One JSON object with everything.");
  command->footer(
      "learned / true cost: the sum of the predictions over what the rule charges; 1 is right, 2\n"
      "twice too much. In brackets: 95 % intervals over episodes. missed: charged steps that are\n"
      "called safe, by what they are charged for; false alarms by the dangerous kind of thing "
      "that\n"
      "the lidars have nearest. Errors are listed as stretches, those first that are off by most\n"
      "cost in total, and so are the moments at which two models differ: one of them errs and the\n"
      "other does not, or they are 0.25 apart. Episodes that a model was fitted to flatter it: "
      "measure it on others.");
  command->callback([options, &exit_code] { exit_code = RunCost(*options); });
}

}  // namespace lookout::app
