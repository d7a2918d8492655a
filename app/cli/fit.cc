// lookout fit: a cost model from a project's marks, as the window fits it, in a file that
// `lookout train --cost learned --cost-model` takes.
#include <fmt/format.h>

#include <algorithm>
#include <memory>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/student/student_fit.h"
#include "app/cli/commands.h"
#include "app/cli/fit_options.h"
#include "app/cli/fit_report.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/field_options.h"
#include "app/cli/support/open_project.h"
#include "app/cli/support/stop_signal.h"
#include "app/cost_models/cost_model_file.h"
#include "app/cost_models/score_episodes.h"
#include "app/desktop/robot_cameras.h"
#include "app/exchange/labels/label_import.h"
#include "app/platform/files.h"
#include "app/project/project.h"
#include "app/project/settings/danger_classes_json.h"
#include "app/workers/fitter/fit_request.h"
#include "app/workers/fitter/learned_episodes.h"
#include "app/workers/fitter/recorded_pool.h"
#include "app/workers/fitter/rule_cost.h"
#include "app/workers/writer/load_recording.h"
#include "sim/base/log.h"
#include "sim/config/config.h"

namespace lookout::app {
namespace {

std::set<std::string> EnvironmentsOf(const std::vector<StoredEpisode>& episodes) {
  std::set<std::string> names;
  for (const StoredEpisode& episode : episodes) names.insert(episode.header.config.id);
  return names;
}

// The one that was asked for, or the only one.
Result<std::string> ChooseEnvironment(const std::string& asked,
                                      const std::set<std::string>& names) {
  if (names.empty()) return BadInput("There are no marks; mark spans in the window first.");
  std::string list;
  for (const std::string& name : names) list += (list.empty() ? "" : ", ") + name;
  if (asked.empty()) {
    if (names.size() == 1) return *names.begin();
    return BadInput("The marks are of several environments; choose by --env one of " + list + ".");
  }
  const auto registered = sim::ConfigForId(asked);
  for (const std::string& name : {asked, registered.ok() ? registered->id : asked}) {
    if (names.contains(name)) return name;
  }
  return BadInput("--env: there are no marks in " + asked + ", only in " + list + ".");
}

Result<std::vector<StoredEpisode>> MarkedEpisodes(Project& project,
                                                  const agents::FeedbackSet& feedback) {
  auto stored = project.Episodes();
  if (!stored.ok()) return stored.error();
  std::vector<KnownEpisode> known;
  std::ranges::reverse(*stored);  // the newest first
  for (const StoredEpisode& episode : *stored) {
    known.push_back({episode.header.id, episode.header.config.id, episode.header.seed});
  }
  std::vector<StoredEpisode> episodes;
  for (const EpisodeId id : EpisodesToLearnFrom(feedback, known)) {
    auto episode = project.FindEpisode(id);
    if (!episode.ok()) return episode.error();
    episodes.push_back(std::move(*episode));
  }
  return episodes;
}

struct Material {
  std::string environment;
  FitRequest request;
};

// Of a file of labels, the project gives the recordings alone.
Result<agents::FeedbackSet> ReadFeedback(Project& project, const FitOptions& options) {
  if (options.labels.empty()) return project.LoadFeedback();
  const auto format = LabelFormatOfFile(options.labels);
  if (!format) return format.error();
  auto read = ReadLabels(project, **format, {.file = options.labels, .annotator = "imported"},
                         options.beside ? LabelsBeside::kProject : LabelsBeside::kNothing);
  if (!read) return read.error();
  const ImportReport& report = read->report;
  if (report.rejected_count > 0) {
    const std::string hint =
        options.project.empty() ? " Say by --project which project has its recordings." : "";
    return BadInput(fmt::format("{} of {} rows of {} cannot be used with {}; {}{}",
                                report.rejected_count, report.rows, options.labels,
                                project.path().string(), InWords(report.rejected.front()), hint));
  }
  return std::move(read->feedback);
}

Result<Material> ReadMaterial(Project& project, const FitOptions& options) {
  const auto feedback = ReadFeedback(project, options);
  if (!feedback.ok()) return feedback.error();
  const auto episodes = MarkedEpisodes(project, *feedback);
  if (!episodes.ok()) return episodes.error();
  auto name = ChooseEnvironment(options.environment, EnvironmentsOf(*episodes));
  if (!name.ok()) return name.error();
  Material material{.environment = std::move(*name), .request = {}};
  for (const auto& [id, record] : feedback->records()) {
    material.request.feedback.push_back(record);
  }
  for (const StoredEpisode& episode : *episodes) {
    if (episode.header.config.id != material.environment) continue;
    if (material.request.episodes.empty()) {
      const auto spec = RecordedSpec(episode.header, RobotCameras());
      if (!spec.ok()) return spec.error();
      material.request.signature = spec->signature();
    }
    material.request.episodes.emplace_back(episode.header.id, episode.steps);
  }
  material.request.load = [&project](EpisodeId id) { return LoadRecording(project, id); };
  return material;
}

// Without what comes from the project.
Result<agents::CostModelSettings> SettingsOf(const FitOptions& options) {
  const auto weighting =
      ParseChoice<agents::AnnotatorWeighting>(options.annotators, "way to weigh annotators");
  if (!weighting) return WrongUsage(weighting.error());
  const auto inputs = ParseChoice<agents::InputChoice>(options.inputs, "choice of inputs");
  if (!inputs) return WrongUsage(inputs.error());
  agents::CostModelSettings settings{.annotators = *weighting,
                                     .unmarked_weight = options.unmarked,
                                     .noise = !options.no_noise,
                                     .classes = !options.no_classes,
                                     .inputs = *inputs,
                                     .history = options.history,
                                     .with_action = options.with_action,
                                     .traces = options.traces};
  if (Status status = CheckRanges(settings, "--"); !status.ok()) return status.error();
  return settings;
}

// The newest episodes of the environment, marked or not.
Result<RecordedPool> ReadPool(Project& project, const Material& material) {
  auto stored = project.Episodes();
  if (!stored.ok()) return stored.error();
  std::ranges::reverse(*stored);
  RecordedPool pool;
  for (const StoredEpisode& episode : *stored) {
    if (pool.is_full()) break;
    if (episode.header.config.id != material.environment) continue;
    // One that cannot be read is none to learn from; fits say so of those that are marked.
    const auto recording = LoadRecording(project, episode.header.id);
    if (recording.ok()) pool.Add(*recording, material.request.signature);
  }
  return pool;
}

Result<agents::CostModelPtr> FitModel(Project& project, const Material& material,
                                      const agents::LabelSet& labels,
                                      const agents::CostModelSettings& settings,
                                      const agents::StudentSettings& student,
                                      const StopSignal& stop) {
  RecordedPool pool;
  if (student.rounds > 0) {
    auto read = ReadPool(project, material);
    if (!read.ok()) return read.error();
    pool = std::move(*read);
  }
  return agents::FitStudent(labels, pool.steps(), settings, student, CostModelId{1},
                            [&stop](double) { return !stop.requested(); });
}

// Derives, fits and writes; says what came of it.
Status Fit(const FitOptions& options, const StopSignal& stop) {
  auto project = OpenExistingProject(options.project, ProjectAccess::kReadOnly);
  if (!project.ok()) return project.error();
  auto material = ReadMaterial(**project, options);
  if (!material.ok()) return material.error();
  auto settings = SettingsOf(options);
  if (!settings.ok()) return WrongUsage(settings.error());
  agents::StudentSettings student;
  if (Status applied = ApplyFieldOptions(options.student, student); !applied.ok()) return applied;
  settings->signature = material->request.signature;
  FitSteps steps;
  const auto derived = LabelsOf(material->request, *settings, steps);
  if (!derived.ok()) return derived.error();
  if (!steps.problem().empty()) return BadInput(steps.problem());
  if (!options.previous.empty()) {
    const auto previous = LoadCostModelFile(options.previous);
    if (!previous.ok()) return previous.error();
    settings->previous = previous->model;
  }
  const auto fitted = FitModel(**project, *material, derived->labels, *settings, student, stop);
  if (!fitted.ok()) return fitted.error();
  const agents::CostModelPtr model = WithRuleCost(*fitted, material->request);
  if (Status written = WriteWholeFile(options.out, model->Encode()); !written.ok()) {
    return written;
  }
  const agents::DangerClasses classes =
      DangerClassesFromText((*project)->Setting(kDangerClassesSetting, ""));
  const FitReport report{.file = options.out,
                         .environment = material->environment,
                         .settings = *settings,
                         .student = student,
                         .report = model->report(),
                         .derived = *derived,
                         .classes = classes};
  PrintFitReport(report, options.json);
  LogInfo("Wrote " + options.out + "; train with --cost learned --cost-model " + options.out);
  return {};
}

}  // namespace

void AddFitCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<FitOptions>();
  CLI::App* command =
      app.add_subcommand("fit", "Fit a cost model to the marks of a project, for training.");
  AddFitOptions(*command, *options);
  command->callback([options, &exit_code] {
    const StopSignal stop;
    exit_code = ExitCodeOf(Fit(*options, stop), stop, "Nothing was written.");
  });
}

}  // namespace lookout::app
