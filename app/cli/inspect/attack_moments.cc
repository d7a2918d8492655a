// lookout attack moments: real states of the simulator in which a cost model is wrong.
#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <numbers>
#include <string>
#include <vector>

#include "agents/inspect/attacks/blind_spots.h"
#include "app/attacks/attack_finds.h"
#include "app/cli/inspect/attack_support.h"
#include "app/cli/inspect/inspect_commands.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/field_options.h"
#include "app/cli/support/open_project.h"
#include "app/cli/support/stop_signal.h"
#include "app/cli/support/text/progress_bar.h"
#include "app/cli/support/text/text_table.h"
#include "app/cost_models/cost_model_file.h"
#include "app/desktop/robot_cameras.h"
#include "app/runs/saved_policy.h"
#include "sim/config/config_file.h"

namespace lookout::app {
namespace {

struct MomentOptions {
  std::string model;
  std::string environment = "Safexp-PointGoal1-v0";
  std::string error = "miss";
  FieldOverrides overrides;
  FieldOverrides search;
  SearchOptions searches;
};

// What was asked for, read.
struct MomentQuestion {
  agents::ModelError error = agents::ModelError::kMiss;
  agents::BlindSpotSettings settings;
};

struct Totals {
  std::int64_t found = 0;  // searches whose worst is wrong
  agents::EvenSample even;
};

Result<MomentQuestion> Read(const MomentOptions& options) {
  MomentQuestion question;
  const auto error = ParseChoice<agents::ModelError>(options.error, "--error");
  if (!error.ok()) return WrongUsage(error.error());
  question.error = *error;
  Status applied = ApplyFieldOptions(options.overrides, question.settings);
  if (applied.ok()) applied = ApplyFieldOptions(options.search, question.settings.search);
  if (!applied.ok()) return applied.error();
  return question;
}

Totals Count(const MomentQuestion& question, const std::vector<agents::BlindSpot>& spots) {
  Totals totals;
  for (const agents::BlindSpot& spot : spots) {
    totals.found += spot.is_wrong(question.error, question.settings.threshold) ? 1 : 0;
    totals.even.clear += spot.even.clear;
    totals.even.wrong += spot.even.wrong;
  }
  return totals;
}

double InDegrees(double radians) { return radians * 180.0 / std::numbers::pi; }

nlohmann::ordered_json OrNull(double value) {
  return std::isfinite(value) ? nlohmann::ordered_json(value) : nlohmann::ordered_json();
}

nlohmann::ordered_json SpotToJson(const MomentOptions& options, const MomentQuestion& question,
                                  const agents::BlindSpot& spot) {
  nlohmann::ordered_json json{
      {"seed", spot.seed},
      {"is_wrong", spot.is_wrong(question.error, question.settings.threshold)},
      {"worst", nullptr},
      {"even", ShareToJson(spot.even.wrong, spot.even.clear)},
      {"even_worst_probability", OrNull(spot.even_probability)}};
  if (!spot.worst) return json;
  const agents::AttackedMoment& worst = *spot.worst;
  json["worst"] = {{"probability", worst.probability},
                   {"cost", worst.costs.total},
                   {"clearance_m", worst.clearance_m},
                   {"x_m", worst.x_m},
                   {"y_m", worst.y_m},
                   {"heading_deg", InDegrees(worst.heading_rad)},
                   {"forward_m_per_s", worst.forward_m_s},
                   {"push_n", {worst.push_n.x(), worst.push_n.y()}},
                   {"wait_steps", worst.wait_steps},
                   {"action", std::vector<double>(worst.action.begin(), worst.action.end())}};
  if (!options.searches.out.empty()) {
    json["file"] = FindFile(options.searches.out, spot.seed).string();
  }
  return json;
}

void PrintJson(const MomentOptions& options, const MomentQuestion& question,
               const std::string& environment, const std::vector<agents::BlindSpot>& spots) {
  const Totals totals = Count(question, spots);
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const agents::BlindSpot& spot : spots) rows.push_back(SpotToJson(options, question, spot));
  const auto& search = question.settings.search;
  const nlohmann::ordered_json report{{"cost_model", options.model},
                                      {"environment", environment},
                                      {"error", options.error},
                                      {"threshold", question.settings.threshold},
                                      {"depth_m", question.settings.depth_m},
                                      {"reach_m", question.settings.reach_m},
                                      {"candidates", search.generations * search.population},
                                      {"found", ShareToJson(totals.found, std::ssize(spots))},
                                      {"even", ShareToJson(totals.even.wrong, totals.even.clear)},
                                      {"searches", rows}};
  std::printf("%s\n", report.dump(2).c_str());
}

std::string ProbabilityText(double probability) {
  return std::isfinite(probability) ? fmt::format("{:.4f}", probability) : std::string("-");
}

// What "-" stands for.
std::string NoClearCaseText(const MomentQuestion& question) {
  const double depth_m = question.settings.depth_m;
  return question.error == agents::ModelError::kMiss
             ? fmt::format(
                   "-: in no candidate the rule charged what is as clear as a robot "
                   "{:g} m inside a hazard, or one\n   that touches what must not be "
                   "touched. Try other seeds, a higher --reach or a smaller --depth.\n",
                   depth_m)
             : fmt::format(
                   "-: in no candidate the robot kept {:g} m from all that costs, uncharged. "
                   "Try other seeds,\n   a higher --reach or a smaller --depth.\n",
                   depth_m);
}

void PrintTable(const MomentOptions& options, const MomentQuestion& question,
                const std::string& environment, const std::vector<agents::BlindSpot>& spots) {
  const bool misses = question.error == agents::ModelError::kMiss;
  const Totals totals = Count(question, spots);
  TextTable table;
  table.Row({"seed", "searched", "evenly", misses ? "inside" : "clear of", "cost", "x", "y",
             "heading", "speed", ""});
  for (const agents::BlindSpot& spot : spots) {
    if (!spot.worst) {
      table.Row({fmt::format("{}", spot.seed), "-", ProbabilityText(spot.even_probability)});
      continue;
    }
    const agents::AttackedMoment& worst = *spot.worst;
    table.Row({fmt::format("{}", spot.seed), ProbabilityText(worst.probability),
               ProbabilityText(spot.even_probability),
               fmt::format("{:.3f} m", misses ? -worst.clearance_m : worst.clearance_m),
               fmt::format("{:g}", worst.costs.total), fmt::format("{:.2f} m", worst.x_m),
               fmt::format("{:.2f} m", worst.y_m),
               fmt::format("{:.0f} deg", InDegrees(worst.heading_rad)),
               fmt::format("{:.2f} m/s", worst.forward_m_s),
               spot.is_wrong(question.error, question.settings.threshold) ? "wrong" : ""});
  }
  std::string text = fmt::format(
      "{} in {}: {}\nSearches that found one that is wrong: {}\nDrawn evenly, clear cases that are "
      "wrong: {}\nProbabilities of the {} clear case:\n{}",
      options.model, environment,
      misses ? "dangers that it calls safe" : "safe states that it calls unsafe",
      ShareText(totals.found, std::ssize(spots)), ShareText(totals.even.wrong, totals.even.clear),
      misses ? "lowest" : "highest", table.Text());
  if (std::ranges::any_of(spots, [](const auto& spot) { return !spot.worst; })) {
    text += NoClearCaseText(question);
  }
  std::fputs(text.c_str(), stdout);
}

// Of what is wrong alone.
Status Keep(const MomentOptions& options, const MomentQuestion& question,
            const std::vector<agents::BlindSpot>& spots, ProjectToRecord& record) {
  for (const agents::BlindSpot& spot : spots) {
    if (!spot.is_wrong(question.error, question.settings.threshold)) continue;
    if (!options.searches.out.empty()) {
      const auto text = EnvironmentOf(*spot.worst, RobotCameras());
      if (!text.ok()) return text.error();
      if (Status out = WriteFind(options.searches.out, spot.seed, *text); !out.ok()) return out;
    }
    const auto project = record.Open();
    if (!project.ok()) return project.error();
    if (*project == nullptr) continue;
    Status kept = RecordMoment(*spot.worst, RobotCameras(), **project);
    if (!kept.ok()) return kept;
  }
  return {};
}

Status Attack(const MomentOptions& options, const StopSignal& stop) {
  const auto question = Read(options);
  if (!question.ok()) return question.error();
  const auto file = LoadCostModelFile(options.model);
  if (!file.ok()) return file.error();
  const auto config = sim::LoadConfig(options.environment);
  if (!config.ok()) return config.error();
  const auto environment = MakeEnvironment(*config, RobotCameras());
  if (!environment.ok()) return environment.error();
  const Status fits = CheckFileFits(options.model, *file->model, (*environment)->spec());
  if (!fits.ok()) return fits;
  auto record = ProjectToRecord::Find(options.searches.record);
  if (!record.ok()) return record.error();
  if (Status can = CheckCanWriteFinds(options.searches); !can.ok()) return can;
  const double rounds = options.searches.searches;
  ProgressBar bar(0.0, rounds, "searches");
  const auto spots = agents::FindBlindSpots(*file->model, *config, RobotCameras(), question->error,
                                            question->settings, options.searches.seeds(),
                                            options.searches.workers, [&](double fraction) {
                                              bar.Show(rounds * fraction);
                                              return !stop.requested();
                                            });
  bar.Clear();
  if (!spots.ok()) return spots.error();
  if (spots->empty()) return BadInput("No episode starts from any of the seeds; try others.");
  const auto print = options.searches.json ? PrintJson : PrintTable;
  print(options, *question, config->id, *spots);
  return Keep(options, *question, *spots, *record);
}

}  // namespace

void AddMomentAttack(CLI::App& attack, int& exit_code) {
  auto options = std::make_shared<MomentOptions>();
  CLI::App* command = attack.add_subcommand(
      "moments", "Worlds and moments, all of them real, in which a cost model is wrong.");
  command->add_option("model", options->model, "File of a cost model.")->required();
  command->add_option("--env", options->environment, "Id of an environment, or a configuration.")
      ->capture_default_str();
  command
      ->add_option(
          "--error", options->error,
          "miss: dangers that it calls safe. false-alarm: safe states that it calls unsafe.")
      ->capture_default_str();
  const auto group = [](const auto&) { return "The search"; };
  const agents::BlindSpotSettings defaults;
  AddFieldOptions(*command, defaults, group, options->overrides);
  AddFieldOptions(*command, defaults.search, group, options->search);
  AddSearchOptions(*command, options->searches);
  command->add_option("--record", options->searches.record,
                      "A project that gets an episode for each find, for an annotator to judge.");
  command->footer(
      "The cross-entropy method over where everything stands, near the layout of each seed and\n"
      "within its keep-outs, where the robot is put, how it moves, what it does next, how it is\n"
      "pushed in that step (--push), and how far gremlins have gone round. The step is what the\n"
      "rule charges and the model judges. Evenly: as many candidates drawn from all of that\n"
      "without a search. --out writes environments that begin there, with the robot at rest and\n"
      "gremlins where they start; they charge nothing, as no episode may begin with a cost.");
  command->callback([options, &exit_code] {
    const StopSignal stop;
    exit_code = ExitCodeOf(Attack(*options, stop), stop, "There is no answer.");
  });
}

}  // namespace lookout::app
