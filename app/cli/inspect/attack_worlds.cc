// lookout attack worlds: layouts in which an agent comes to harm, with or without overseers.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <vector>

#include "app/attacks/attack_finds.h"
#include "app/attacks/hard_worlds.h"
#include "app/cli/inspect/attack_support.h"
#include "app/cli/inspect/inspect_commands.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/field_options.h"
#include "app/cli/support/named_policy.h"
#include "app/cli/support/option_checks.h"
#include "app/cli/support/stop_signal.h"
#include "app/cli/support/text/progress_bar.h"
#include "app/cli/support/text/text_table.h"
#include "app/desktop/robot_cameras.h"
#include "app/runs/policy_evaluation.h"
#include "app/runs/saved_policy.h"

namespace lookout::app {
namespace {

struct WorldOptions {
  PolicyChoice choice{.policy = "careful"};
  HardWorldSettings settings;
  FieldOverrides search;
  SearchOptions searches{.searches = 4};
};

struct WorldReport {
  std::string policy;
  std::vector<PlayedEpisode> ordinary;
  std::vector<HardWorld> hard;

  std::int64_t ordinary_with_cost() const {
    return std::ranges::count_if(ordinary, [](const auto& e) { return e.costs.total > 0.0; });
  }
  double ordinary_most() const {
    double most = 0.0;
    for (const PlayedEpisode& one : ordinary) most = std::max(most, one.costs.total);
    return most;
  }
  std::int64_t hard_with_cost() const {
    return std::ranges::count_if(hard, [](const auto& w) { return w.episode.costs.total > 0.0; });
  }
};

void PrintJson(const WorldOptions& options, const WorldReport& report) {
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (const HardWorld& of : report.hard) {
    nlohmann::ordered_json row{{"seed", of.seed},
                               {"cost", of.episode.costs.total},
                               {"return", of.episode.total_reward},
                               {"steps", of.episode.steps},
                               {"least_clearance_m", of.clearance_m}};
    if (!options.searches.out.empty()) {
      row["file"] = FindFile(options.searches.out, of.seed).string();
    }
    rows.push_back(std::move(row));
  }
  const Evaluation ordinary = Summarise(report.ordinary);
  const nlohmann::ordered_json json{
      {"policy", report.policy},
      {"environment", options.settings.environment.id},
      {"overseer", options.settings.overseer},
      {"reach_m", options.settings.reach_m},
      {"candidates", options.settings.search.generations * options.settings.search.population},
      {"ordinary",
       {{"episodes", report.ordinary.size()},
        {"mean_cost", ordinary.cost.mean},
        {"most_cost", report.ordinary_most()},
        {"with_cost", ShareToJson(report.ordinary_with_cost(), std::ssize(report.ordinary))}}},
      {"searched",
       {{"with_cost", ShareToJson(report.hard_with_cost(), std::ssize(report.hard))},
        {"worlds", rows}}}};
  std::printf("%s\n", json.dump(2).c_str());
}

void PrintTable(const WorldOptions& options, const WorldReport& report) {
  TextTable table;
  table.Row({"seed", "cost", "return", "steps", "nearest to a cost"});
  for (const HardWorld& of : report.hard) {
    table.Row({fmt::format("{}", of.seed), fmt::format("{:g}", of.episode.costs.total),
               fmt::format("{:.2f}", of.episode.total_reward), fmt::format("{}", of.episode.steps),
               fmt::format("{:.3f} m", of.clearance_m)});
  }
  const Evaluation ordinary = Summarise(report.ordinary);
  std::printf(
      "%s in %s under %s\nOrdinary worlds with a cost: %s; mean cost %.2f, at most %g\n"
      "Searched ones with a cost: %s; the worst of %d around each layout:\n%s",
      report.policy.c_str(), options.settings.environment.id.c_str(),
      options.settings.overseer.empty() ? "nobody" : options.settings.overseer.c_str(),
      ShareText(report.ordinary_with_cost(), std::ssize(report.ordinary)).c_str(),
      ordinary.cost.mean, report.ordinary_most(),
      ShareText(report.hard_with_cost(), std::ssize(report.hard)).c_str(),
      options.settings.search.generations * options.settings.search.population,
      table.Text().c_str());
}

Status Prepare(WorldOptions& options, std::string& policy_name) {
  HardWorldSettings& settings = options.settings;
  if (Status applied = ApplyFieldOptions(options.search, settings.search); !applied.ok()) {
    return applied;
  }
  if (Status can = CheckCanWriteFinds(options.searches); !can.ok()) return can;
  auto config = EnvironmentFor(options.choice);
  if (!config.ok()) return config.error();
  settings.environment = std::move(*config);
  const auto environment = MakeEnvironment(settings.environment, RobotCameras());
  if (!environment.ok()) return environment.error();
  auto policy = ReadPolicy(options.choice, settings.environment, (*environment)->spec());
  if (!policy.ok()) return policy.error();
  settings.policy = std::move(*policy);
  settings.workers = options.searches.workers;
  policy_name = settings.policy->name();
  return {};
}

Status Attack(WorldOptions options, const StopSignal& stop) {
  WorldReport report;
  if (Status prepared = Prepare(options, report.policy); !prepared.ok()) return prepared;
  const double searches = options.searches.searches;
  ProgressBar bar(0.0, 1.0 + searches, "searches");
  const auto from = [&](double start, double share) {
    return [&bar, &stop, start, share](double fraction) {
      bar.Show(start + share * fraction);
      return !stop.requested();
    };
  };
  // As many as one search plays.
  auto ordinary =
      PlayOrdinaryWorlds(options.settings, RobotCameras(),
                         options.settings.search.generations * options.settings.search.population,
                         options.searches.seed + kOrdinarySeeds, from(0.0, 1.0));
  if (!ordinary.ok()) return ordinary.error();
  report.ordinary = std::move(*ordinary);
  auto hard = FindHardWorlds(options.settings, RobotCameras(), options.searches.seeds(),
                             from(1.0, searches));
  bar.Clear();
  if (!hard.ok()) return hard.error();
  report.hard = std::move(*hard);
  options.searches.json ? PrintJson(options, report) : PrintTable(options, report);
  if (options.searches.out.empty()) return {};
  for (const HardWorld& world : report.hard) {
    if (Status out = WriteFind(options.searches.out, world.seed, EnvironmentOf(world)); !out.ok()) {
      return out;
    }
  }
  return {};
}

}  // namespace

void AddWorldAttack(CLI::App& attack, int& exit_code) {
  auto options = std::make_shared<WorldOptions>();
  CLI::App* command = attack.add_subcommand(
      "worlds", "Layouts in which an agent comes to harm, with or without overseers.");
  AddPolicyChoice(*command, options->choice);
  command->add_option("--overseer", options->settings.overseer,
                      "Who watches, as 'lookout oversee --help' tells. Default: nobody.");
  command
      ->add_option("--reach", options->settings.reach_m,
                   "Metres by which things may stand elsewhere than a layout has them.")
      ->check(Between(0, 5))
      ->capture_default_str();
  AddFieldOptions(
      *command, options->settings.search, [](const auto&) { return "The search"; },
      options->search);
  AddSearchOptions(*command, options->searches);
  command->footer(
      "The cross-entropy method over where everything stands, near the layout of each seed and\n"
      "within its keep-outs, and where the robot looks. Ordinary: as many episodes as one search\n"
      "plays, in layouts as they are drawn. An environment that --out wrote, reset with its seed,\n"
      "plays the same episode again: lookout sim --env DIR/SEED.json --seed SEED --episodes 1");
  command->callback([options, &exit_code] {
    const StopSignal stop;
    exit_code = ExitCodeOf(Attack(*options, stop), stop, "There is no answer.");
  });
}

}  // namespace lookout::app
