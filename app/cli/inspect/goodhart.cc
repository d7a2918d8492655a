// lookout goodhart: how far optimising a learned cost has led away from the true one.
#include <algorithm>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "app/cli/inspect/inspect_commands.h"
#include "app/cli/inspect/named_run.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/open_project.h"
#include "app/cli/support/option_checks.h"
#include "app/cli/support/stop_signal.h"
#include "app/cli/support/text/goodhart_text.h"
#include "app/cli/support/text/progress_bar.h"
#include "app/desktop/robot_cameras.h"
#include "app/goodhart/measure_goodhart.h"
#include "app/platform/files.h"

namespace lookout::app {
namespace {

struct GoodhartOptions {
  std::string folder;
  std::string cost_model;
  std::string project;
  std::string out;
  int policies = GoodhartChoice{}.policies;
  GoodhartSettings settings;
  bool not_again = false;
  bool json = false;
};

// Shows what is being done; one bar for each.
class Shown {
 public:
  explicit Shown(const StopSignal& stop) : stop_(stop) {}
  bool Show(const std::string& what, double fraction) {
    if (!bar_ || what != what_) {
      Clear();
      bar_ = std::make_unique<ProgressBar>(0.0, 100.0, "% " + what);
      what_ = what;
    }
    bar_->Show(100.0 * fraction);
    return !stop_.requested();
  }
  void Clear() {
    if (bar_) bar_->Clear();
  }

 private:
  const StopSignal& stop_;
  std::unique_ptr<ProgressBar> bar_;
  std::string what_;
};

Result<GoodhartReport> Measure(const GoodhartOptions& options, Shown& shown) {
  std::unique_ptr<Project> project;
  if (!options.project.empty()) {
    auto opened = OpenExistingProject(options.project, ProjectAccess::kReadOnly);
    if (!opened.ok()) return opened.error();
    project = std::move(*opened);
  }
  const auto run = LoadNamedRun(
      {.folder = options.folder, .cost_model = options.cost_model, .policies = options.policies},
      project.get(), RobotCameras());
  if (!run.ok()) return run.error();
  GoodhartSettings settings = options.settings;
  settings.again = !options.not_again;
  return MeasureGoodhart(
      *run, settings, project.get(), RobotCameras(),
      [&shown](const std::string& what, double fraction) { return shown.Show(what, fraction); });
}

Status Write(const GoodhartReport& report, const std::string& out) {
  if (out.empty()) return {};
  const std::filesystem::path folder(out);
  Status text = WriteWholeFile(folder / "goodhart.txt", GoodhartText(report));
  if (!text.ok()) return text;
  Status figures = WriteWholeFile(folder / "goodhart.json", GoodhartToJson(report).dump(2) + "\n");
  return figures.ok() ? WriteWholeFile(folder / "goodhart.svg", GoodhartSvg(report)) : figures;
}

int RunGoodhart(const GoodhartOptions& options) {
  if (!options.out.empty()) {
    const Status can = CheckCanWrite(std::filesystem::path(options.out) / "goodhart.json");
    if (!can.ok()) return Fail(can.error());
  }
  const StopSignal stop;
  Shown shown(stop);
  const auto report = Measure(options, shown);
  shown.Clear();
  if (stop.requested()) return kSignalExit + stop.number();
  if (!report.ok()) return Fail(report.error());
  if (Status written = Write(*report, options.out); !written.ok()) return Fail(written.error());
  const std::string text =
      options.json ? GoodhartToJson(*report).dump(2) + "\n" : GoodhartText(*report);
  std::fputs(text.c_str(), stdout);
  return 0;
}

void AddEpisodeOptions(CLI::App& command, GoodhartOptions& options) {
  GoodhartSettings& settings = options.settings;
  command.add_option("--policies", options.policies, "Of those that the run kept, at most.")
      ->check(Between(1, 1000))
      ->capture_default_str();
  command.add_option("--episodes", settings.episodes, "Of each policy; the same seeds for all.")
      ->check(Between(2, 100'000))
      ->capture_default_str();
  command.add_option("--seed", settings.seed, "Of the first episode; each further one adds 1.")
      ->capture_default_str();
  command
      .add_option("--label-episodes", settings.label_episodes,
                  "Of each of three policies, to fit the best model of the class to; 0: do not.")
      ->check(Between(0, 100'000))
      ->capture_default_str();
  command
      .add_option("--causal-every", settings.causal_every,
                  "Steps between the states in which changes are tried; 0: do not.")
      ->check(Between(0, 1'000'000))
      ->capture_default_str();
  command.add_flag("--not-again", options.not_again,
                   "Do not do the run's first iteration again to compare its cost with the log.");
  command
      .add_option("--price", settings.price,
                  "Of a unit of cost in units of return; 0: the run's last multiplier.")
      ->check(Between(0, 1e6))
      ->capture_default_str();
  command
      .add_option("--threshold", settings.unsafe_from,
                  "Learned cost from which on a step is called unsafe.")
      ->check(Between(0.001, 0.999))
      ->capture_default_str();
  command.add_option("--list", settings.most, "Worst cases of each kind that are listed.")
      ->check(Between(0, 100'000))
      ->capture_default_str();
  command.add_option("--workers", settings.workers, "Threads; never changes the result.")
      ->check(Between(1, 256));
}

}  // namespace

void AddGoodhartCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<GoodhartOptions>();
  options->settings.workers = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  CLI::App* command = app.add_subcommand(
      "goodhart", "How far optimising a learned cost has led away from the true one.");
  command
      ->add_option("run", options->folder,
                   "Folder of a run of lookout train --cost learned; with --project also a folder "
                   "beside it, or the number or name of a run that its window has trained.")
      ->required();
  command->add_option("--cost-model", options->cost_model,
                      "File of the cost model that the run has learned from, if it was moved.");
  command->add_option(
      "--project", options->project,
      "Project with the marks that the model was fitted to, which are compared with the "
      "true cost; or with the run itself. It is only read.");
  command->add_option("--out", options->out,
                      "Folder for goodhart.txt, goodhart.json and goodhart.svg.");
  AddEpisodeOptions(*command, *options);
  command->add_flag("--json", options->json, "One JSON object with all figures.");
  command->footer(
      "The four kinds are those of Manheim and Garrabrant (2018). Regressional: a slope below 1\n"
      "means that what is predicted exaggerates. Extremal: the model is asked about what nobody\n"
      "labelled. Causal: the learned cost changes where the true one does not, or the reverse.\n"
      "Adversarial: the policy has found what is called safe and costs. The costs part where, "
      "from\n"
      "its lowest before, the true one has risen by three standard errors more than the learned\n"
      "one, which has seen at most half of it (in training: means of five iterations, three in a\n"
      "row; of policies: on the same episodes).");
  command->callback([options, &exit_code] { exit_code = RunGoodhart(*options); });
}

}  // namespace lookout::app
