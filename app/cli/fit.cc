// lookout fit: a cost model from a project's marks, as the window fits it, in a file that
// `lookout train --cost learned --cost-model` takes.
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "app/cli/commands.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/open_project.h"
#include "app/cli/support/stop_signal.h"
#include "app/cost_models/cost_model_file.h"
#include "app/cost_models/score_episodes.h"
#include "app/desktop/robot_cameras.h"
#include "app/platform/files.h"
#include "app/project/project.h"
#include "app/workers/fitter/fit_request.h"
#include "app/workers/fitter/learned_episodes.h"
#include "app/workers/writer/load_recording.h"
#include "sim/base/log.h"
#include "sim/config/config.h"

namespace lookout::app {
namespace {

struct FitOptions {
  std::string project;      // empty: the default one
  std::string environment;  // id, short name or the name of one of the project's own; empty: the
                            // only one that has marks
  std::string out;
  std::string annotators = "equal";
  std::string inputs = "full";
  std::string previous;  // file of the model to go on from; empty: anew
  bool json = false;
};

std::set<std::string> EnvironmentsOf(const std::vector<StoredEpisode>& episodes) {
  std::set<std::string> names;
  for (const StoredEpisode& episode : episodes) names.insert(episode.header.config.id);
  return names;
}

// The one that was asked for, or the only one.
Result<std::string> ChooseEnvironment(const std::string& asked,
                                      const std::set<std::string>& names) {
  if (names.empty()) return BadInput("The project has no marks; mark spans in the window first.");
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

Result<Material> ReadMaterial(Project& project, const FitOptions& options) {
  const auto feedback = project.LoadFeedback();
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

void PrintReport(const FitOptions& options, const std::string& environment,
                 const agents::CostModelReport& report, const agents::DerivedLabels& derived) {
  const std::string assumed = agents::AnnotatorsInWords(derived);
  if (!options.json) {
    std::printf(
        "%s: %lld unsafe and %lld safe steps of %lld episode%s; held out: AUC %.3f, Brier %.3f, "
        "calibration error %.3f\n",
        environment.c_str(), static_cast<long long>(report.unsafe_rows),
        static_cast<long long>(report.safe_rows), static_cast<long long>(report.episodes),
        report.episodes == 1 ? "" : "s", report.auc, report.brier,
        report.expected_calibration_error);
    if (!assumed.empty()) std::printf("%s\n", assumed.c_str());
    return;
  }
  nlohmann::ordered_json annotators = nlohmann::ordered_json::array();
  for (const agents::AnnotatorRates& rates : derived.annotators) {
    annotators.push_back({{"name", rates.annotator},
                          {"steps", rates.steps},
                          {"hit_rate", rates.hit_rate},
                          {"false_alarm_rate", rates.false_alarm_rate}});
  }
  const nlohmann::ordered_json object{{"cost_model", options.out},
                                      {"environment", environment},
                                      {"unsafe_steps", report.unsafe_rows},
                                      {"safe_steps", report.safe_rows},
                                      {"episodes", report.episodes},
                                      {"held_out_steps", report.held_out_rows},
                                      {"inputs", options.inputs},
                                      {"went_on", report.went_on},
                                      {"auc", report.auc},
                                      {"brier", report.brier},
                                      {"calibration_error", report.expected_calibration_error},
                                      {"disputed_steps", derived.counts.disputed},
                                      {"annotators_weighed", options.annotators},
                                      {"annotators", std::move(annotators)}};
  std::printf("%s\n", object.dump(2).c_str());
}

// Derives, fits and writes; says what came of it.
Status Fit(const FitOptions& options, const StopSignal& stop) {
  auto project = OpenExistingProject(options.project, ProjectAccess::kReadOnly);
  if (!project.ok()) return project.error();
  auto material = ReadMaterial(**project, options);
  if (!material.ok()) return material.error();
  const auto weighting =
      ParseChoice<agents::AnnotatorWeighting>(options.annotators, "way to weigh annotators");
  if (!weighting) return WrongUsage(weighting.error());
  const auto inputs = ParseChoice<agents::InputChoice>(options.inputs, "choice of inputs");
  if (!inputs) return WrongUsage(inputs.error());
  material->request.rule.annotators = *weighting;
  FitSteps steps;
  const auto derived = LabelsOf(material->request, steps);
  if (!derived.ok()) return derived.error();
  if (!steps.problem().empty()) return BadInput(steps.problem());
  agents::CostModelSettings settings;
  settings.signature = material->request.signature;
  settings.annotators = *weighting;
  settings.inputs = *inputs;
  if (!options.previous.empty()) {
    const auto previous = LoadCostModelFile(options.previous);
    if (!previous.ok()) return previous.error();
    settings.previous = previous->model;
  }
  const auto model = agents::FitCostModel(derived->labels, settings, CostModelId{1},
                                          [&stop](double) { return !stop.requested(); });
  if (!model.ok()) return model.error();
  if (Status written = WriteWholeFile(options.out, (*model)->Encode()); !written.ok()) {
    return written;
  }
  PrintReport(options, material->environment, (*model)->report(), *derived);
  LogInfo("Wrote " + options.out + "; train with --cost learned --cost-model " + options.out);
  return {};
}

}  // namespace

void AddFitCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<FitOptions>();
  CLI::App* command =
      app.add_subcommand("fit", "Fit a cost model to the marks of a project, for training.");
  command->add_option("--project", options->project,
                      "Project file; it is only read. Default: in your data folder.");
  command->add_option("--env", options->environment,
                      "Environment whose marks count; needed if several have marks.");
  command->add_option("--out", options->out, "File of the cost model.")->required();
  command
      ->add_option("--annotators", options->annotators,
                   "How annotators who disagree are weighed: equal, or dawid-skene, by how often "
                   "each errs.")
      ->capture_default_str();
  command
      ->add_option("--inputs", options->inputs,
                   "What the model looks at: full, the whole observation, or world, its lidars and "
                   "distances alone, so that it says nothing about how the robot itself moves.")
      ->capture_default_str();
  command->add_option("--previous", options->previous,
                      "Cost model to go on from, in a fraction of the time, if it is of the same "
                      "observation, inputs and sizes and knows its episodes.");
  command->add_flag("--json", options->json, "One JSON object instead of a line.");
  command->callback([options, &exit_code] {
    const StopSignal stop;
    const Status fitted = Fit(*options, stop);
    if (stop.requested()) {
      exit_code = kSignalExit + stop.number();
    } else if (!fitted.ok()) {
      exit_code = Fail(fitted.error());
    }
  });
}

}  // namespace lookout::app
