// lookout audit: what a person would charge for an episode of an agent, from clips drawn by chance
// that a simulated annotator answers.
#include <fmt/format.h>

#include <cstdint>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "agents/feedback/annotators/annotator_spec.h"
#include "agents/feedback/audit/slip_correction.h"
#include "app/cli/commands.h"
#include "app/cli/project_audit.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/named_policy.h"
#include "app/cli/support/option_checks.h"
#include "app/cli/support/slips_option.h"
#include "app/cli/support/stop_signal.h"
#include "app/cli/support/text/estimate_text.h"
#include "app/cli/support/text/text_table.h"
#include "app/cost_models/cost_model_file.h"
#include "app/desktop/robot_cameras.h"
#include "app/experiments/episode_figures.h"
#include "app/experiments/simulated_audit.h"
#include "app/runs/saved_policy.h"

namespace lookout::app {
namespace {

struct AuditOptions {
  std::string model;
  std::string project;  // empty: a simulated annotator answers
  PolicyChoice choice;
  std::string annotator = "oracle: cost";
  AuditOrder order;
  int episodes = 100;
  std::uint32_t seed = 3'000'000;  // apart from what other subcommands play by default
  std::vector<double> slips;       // empty, or false alarms and misses
  bool json = false;
};

struct AuditReport {
  std::string environment;
  std::string policy;
  int episodes = 0;
  double viewing_minutes = 0.0;
  AuditFigures audit;
  EpisodeFigures figures;
};

Result<AuditReport> Measure(const AuditOptions& options, const StopSignal& stop) {
  const auto annotator = agents::ParseAnnotator(options.annotator);
  if (!annotator) return WrongUsage(annotator.error());
  const auto file = LoadCostModelFile(options.model);
  if (!file) return file.error();
  const auto config = EnvironmentFor(options.choice);
  if (!config) return config.error();
  const auto environment = MakeEnvironment(*config, RobotCameras());
  if (!environment) return environment.error();
  const sim::EnvironmentSpec& spec = (*environment)->spec();
  if (Status fits = CheckFileFits(options.model, *file->model, spec); !fits) return fits.error();
  const auto policy = ReadPolicy(options.choice, *config, spec);
  if (!policy) return policy.error();
  const auto episodes = PlayStudyEpisodes(
      *config, RobotCameras(), **policy, annotator->sees,
      {.episodes = options.episodes, .first_seed = options.seed, .first_id = EpisodeId{1}},
      [&] { return !stop.requested(); });
  if (!episodes) return episodes.error();
  AuditReport report{
      .environment = spec.id,
      .policy = (*policy)->name(),
      .episodes = options.episodes,
      .audit = AuditBySimulation(*episodes, file->model.get(), *annotator, options.order),
      .figures = FiguresOf(*episodes, file->model.get())};
  report.viewing_minutes =
      report.audit.answers * options.order.clip_steps * spec.step_duration_s / 60.0;
  return report;
}

std::string Text(const AuditReport& report) {
  TextTable table;
  table.Row({"cost per episode of " + report.policy + " in " + report.environment});
  const auto row = [&](const char* name, const agents::Estimate& cost, const char* what) {
    table.Row({name, EstimateText(cost, 1), what});
  };
  row("audited", report.audit.audited, "what the annotator would charge");
  row("learned", report.figures.learned_cost, "what the model predicts");
  row("meant", report.figures.meant_cost, "what the annotator holds for dangerous, without faults");
  row("true", report.figures.true_cost, "what the rule charged");
  std::string text = table.Text();
  return text + fmt::format(
                    "{} clips of {} episodes judged, {} with danger, {:.1f} minutes of viewing; "
                    "in brackets 95 % intervals\n",
                    report.audit.clips, report.episodes, report.audit.unsafe_clips,
                    report.viewing_minutes);
}

nlohmann::ordered_json ToJson(const AuditReport& report, const AuditOptions& options) {
  nlohmann::ordered_json json{{"environment", report.environment},
                              {"policy", report.policy},
                              {"model", options.model},
                              {"annotator", options.annotator},
                              {"episodes", report.episodes},
                              {"seed", options.seed},
                              {"clip_steps", options.order.clip_steps},
                              {"clips", report.audit.clips},
                              {"answers", report.audit.answers},
                              {"unsafe_clips", report.audit.unsafe_clips},
                              {"viewing_minutes", report.viewing_minutes}};
  json["audited_cost"] = EstimateToJson(report.audit.audited);
  json["learned_cost"] = EstimateToJson(report.figures.learned_cost);
  json["meant_cost"] = EstimateToJson(report.figures.meant_cost);
  json["true_cost"] = EstimateToJson(report.figures.true_cost);
  json["return"] = EstimateToJson(report.figures.total_reward);
  return json;
}

int RunProjectAudit(const AuditOptions& options) {
  const auto text = ProjectAudit(options.project, options.json);
  if (!text) return Fail(text.error());
  std::fputs(text->c_str(), stdout);
  return 0;
}

int RunAudit(AuditOptions options) {
  if (!options.project.empty()) return RunProjectAudit(options);
  if (options.model.empty()) {
    return Fail(
        WrongUsage("Name the file of a cost model, or --project FILE for what people answered."));
  }
  const auto slips = ReadSlips(options.slips);
  if (!slips) return Fail(slips.error());
  options.order.slips = *slips;
  if (options.order.looks % 2 == 0) return Fail(WrongUsage("--looks has to be an odd number."));
  options.order.seed = options.seed;
  const StopSignal stop;
  const auto report = Measure(options, stop);
  if (stop.requested()) return kSignalExit + stop.number();
  if (!report) return Fail(report.error());
  const std::string text = options.json ? ToJson(*report, options).dump(2) + "\n" : Text(*report);
  std::fputs(text.c_str(), stdout);
  return 0;
}

void AddEpisodeOptions(CLI::App& command, AuditOptions& options) {
  AddPolicyChoice(command, options.choice);
  command
      .add_option("--episodes", options.episodes,
                  "That are played for clips to be drawn from; more make the interval narrower "
                  "and cost nobody an answer.")
      ->check(Between(1, 100'000))
      ->capture_default_str();
  command
      .add_option("--seed", options.seed,
                  "Of the first episode, each further one adds 1; and of the draws.")
      ->capture_default_str();
}

}  // namespace

void AddAuditCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<AuditOptions>();
  CLI::App* command = app.add_subcommand(
      "audit", "What a person would charge for an agent's episode, from a few clips of its play.");
  CLI::Option* const model =
      command->add_option("model", options->model, "File of the cost model.");
  command
      ->add_option("--project", options->project,
                   "Instead of playing: what the people of that project answered to the audits of "
                   "its queue, agent by agent.")
      ->excludes(model);
  AddEpisodeOptions(*command, *options);
  command->add_option("--clips", options->order.clips, "That are drawn and judged.")
      ->check(Between(1, 100'000))
      ->capture_default_str();
  command->add_option("--clip-steps", options->order.clip_steps, "Steps of a clip.")
      ->check(Between(1, 100'000))
      ->capture_default_str();
  command->add_option("--annotator", options->annotator, "Who answers, as described below.")
      ->capture_default_str();
  command
      ->add_option("--looks", options->order.looks,
                   "Times that each clip is judged, an odd number; most verdicts count.")
      ->check(Between(1, 99))
      ->capture_default_str();
  AddSlipsOption(*command, options->slips);
  command->add_flag("--json", options->json, "One JSON object with everything.");
  command->footer(
      "Half of the clips are drawn by nothing but chance, half by predicted cost; answers are\n"
      "weighed back, so that the estimate is without bias whatever the model, and a good model\n"
      "only makes the interval narrower. It holds in nine of ten audits and more.\n" +
      agents::AnnotatorHelp());
  command->callback([options, &exit_code] { exit_code = RunAudit(*options); });
}

}  // namespace lookout::app
