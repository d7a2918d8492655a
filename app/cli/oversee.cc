// lookout oversee: plays episodes under overseers and gives account of what they did.
#include <algorithm>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <thread>

#include "app/cli/commands.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/named_policy.h"
#include "app/cli/support/open_project.h"
#include "app/cli/support/option_checks.h"
#include "app/cli/support/stop_signal.h"
#include "app/cli/support/text/episode_table.h"
#include "app/cli/support/text/progress_bar.h"
#include "app/desktop/robot_cameras.h"
#include "app/overseers/ledger_report.h"
#include "app/overseers/overseer_spec.h"
#include "app/overseers/play/overseen_play.h"
#include "app/project/project.h"
#include "app/runs/saved_policy.h"
#include "sim/base/log.h"

namespace lookout::app {
namespace {

using nlohmann::ordered_json;

struct OverseeOptions {
  PolicyChoice choice;
  std::string overseer;
  EvaluationOptions episodes{.episodes = 20};
  std::string record;  // project; empty: none
  double planned_steps = 1e6;
  bool no_settling = false;
  bool json = false;
};

void Print(const OverseeOptions& options, const std::string& policy,
           const sim::EnvironmentSpec& spec, const OverseenPlay& play) {
  const agents::LedgerCounts counts = play.ledger.Total();
  const std::vector<std::uint32_t> refused = Summarise(play.episodes).refused_seeds;
  if (!options.json) {
    std::printf("%s in %s under %s\n%s%s", policy.c_str(), spec.id.c_str(),
                options.overseer.empty() ? "nobody" : options.overseer.c_str(),
                LedgerText(counts, spec.cost_kinds, options.planned_steps).c_str(),
                CostlyEpisodesText(play.costly).c_str());
    if (!refused.empty()) std::printf("%s\n", RefusedSeedsText(refused).c_str());
    return;
  }
  ordered_json report{{"environment", spec.id},
                      {"policy", policy},
                      {"overseer", options.overseer},
                      {"seed", options.episodes.seed},
                      {"refused_seeds", refused}};
  report.update(LedgerToJson(counts, spec.cost_kinds, options.planned_steps));
  report["costly_episodes"] = CostlyEpisodesToJson(play.costly);
  std::printf("%s\n", report.dump(2).c_str());
}

int RunOversee(OverseeOptions options) {
  const StopSignal stop;
  const auto config = EnvironmentFor(options.choice);
  if (!config.ok()) return Fail(config.error());
  const auto make = [&] { return MakeEnvironment(*config, RobotCameras()); };
  const auto environment = make();
  if (!environment.ok()) return Fail(environment.error());
  const sim::EnvironmentSpec& spec = (*environment)->spec();
  const auto policy = ReadPolicy(options.choice, *config, spec);
  if (!policy.ok()) return Fail(policy.error());
  auto overseers =
      MakeOverseers(options.overseer, *config, RobotCameras(), {.settles = !options.no_settling});
  if (!overseers.ok()) return Fail(overseers.error());
  options.episodes.make_filter = std::move(*overseers);
  if (const std::string slow = SlowOverseers(options.overseer, *config); !slow.empty()) {
    LogInfo(slow);
  }
  const auto project = OpenProjectToRecord(options.record);
  if (!project.ok()) return Fail(project.error());
  ProgressBar bar(0.0, options.episodes.episodes, "episodes");
  // Who watches does so in real time, at the speed at which it happens.
  const double person_s = NeedPerson(options.overseer) ? spec.step_duration_s : 0.0;
  const auto play = PlayOverseen(
      **policy, make,
      {.episodes = options.episodes, .person_s_per_step = person_s, .record = project->get()},
      [&](double fraction) {
        bar.Show(fraction * options.episodes.episodes);
        return !stop.requested();
      });
  bar.Clear();
  if (stop.requested()) return kSignalExit + stop.number();
  if (!play.ok()) return Fail(play.error());
  Print(options, (*policy)->name(), spec, *play);
  return 0;
}

}  // namespace

void AddOverseeCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<OverseeOptions>();
  options->choice.policy = "careful";
  options->episodes.workers = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  CLI::App* command = app.add_subcommand(
      "oversee",
      "Play episodes under overseers: violations, blocks, and how long a person is needed.");
  command->footer(OverseerHelp());
  command->add_option("--overseer", options->overseer, "Who watches, as below. Default: nobody.");
  AddPolicyChoice(*command, options->choice);
  command->add_option("--episodes", options->episodes.episodes, "How many.")
      ->check(Between(1, 1'000'000))
      ->capture_default_str();
  command->add_option("--seed", options->episodes.seed, "Of the first; each further one adds 1.")
      ->capture_default_str();
  command->add_option("--workers", options->episodes.workers, "Threads; never change the result.")
      ->check(Between(1, 256));
  command->add_option("--record", options->record, "A project that gets the episodes.");
  command
      ->add_option("--for-steps", options->planned_steps,
                   "Of which the hours are told that a person would be needed for.")
      ->check(Between(1, 1e12))
      ->capture_default_str();
  command->add_flag("--no-settling", options->no_settling,
                    "Do not find out which blocks were false, which takes some milliseconds each.");
  command->add_flag("--json", options->json, "One JSON object instead of text.");
  command->callback([options, &exit_code] { exit_code = RunOversee(*options); });
}

}  // namespace lookout::app
