// lookout sim: plays episodes without a window and says what they came to.
#include <fmt/format.h>

#include <chrono>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "agents/overseer/ledger.h"
#include "agents/rollout/stepper.h"
#include "app/cli/commands.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/named_policy.h"
#include "app/cli/support/option_checks.h"
#include "app/cli/support/stop_signal.h"
#include "app/cli/support/text/episode_table.h"
#include "app/desktop/robot_cameras.h"
#include "app/overseers/ledger_report.h"
#include "app/overseers/overseer_spec.h"
#include "sim/engine/safety_gym.h"

namespace lookout::app {
namespace {

using std::chrono::steady_clock;

struct SimOptions {
  PolicyChoice choice;
  int episodes = 10;
  std::optional<std::uint32_t> seed;  // none: the configuration's, or 0
  std::string overseer;
  bool json = false;
};

// Everything that plays, and what it came to so far.
struct Play {
  std::unique_ptr<sim::SafetyGym> gym;
  agents::PolicyPtr policy;
  std::unique_ptr<agents::ActionFilter> filter;  // null: none
  agents::OverseerLedger ledger;
  std::vector<PlayedEpisode> rows;
  std::vector<std::uint32_t> refused_seeds;
};

Result<Play> Prepare(const SimOptions& options, std::uint32_t& seed) {
  const Result<sim::EnvironmentConfig> config = EnvironmentFor(options.choice);
  if (!config) return config.error();
  seed = options.seed.value_or(config->seed.value_or(0));
  auto gym = sim::SafetyGym::Create(*config, RobotCameras());
  if (!gym) return gym.error();
  Result<agents::PolicyPtr> policy = ReadPolicy(options.choice, *config, (*gym)->spec());
  if (!policy) return policy.error();
  const auto overseers = MakeOverseers(options.overseer, *config, (*gym)->spec());
  if (!overseers) return overseers.error();
  auto filter = *overseers ? (*overseers)(0) : nullptr;
  return Play{std::move(*gym), std::move(*policy), std::move(filter), {}, {}, {}};
}

// To its end; false if a signal asked to stop before, and then the episode does not count.
bool PlayEpisode(Play& play, std::uint32_t seed, const StopSignal& stop) {
  PlayedEpisode row{.seed = seed};
  RandomState random((seed + 0x9E3779B9U) * 2654435761U);  // apart from the environment's own
  const auto memory = play.policy->NewMemory();
  agents::Stepper stepper(*play.gym, play.filter.get());
  stepper.BeginEpisode();
  agents::OverseerLedger ledger;
  ledger.BeginEpisode();
  while (!sim::IsDone(row.status)) {
    if (stop.requested()) return false;
    const agents::StepOutcome& outcome = stepper.Step(*play.policy, *memory, random);
    row.Add(outcome.result);
    if (play.filter != nullptr) ledger.Add(agents::OverseenStep::Of(outcome, 0.0));
  }
  if (play.filter != nullptr) play.ledger.Append(ledger);
  play.rows.push_back(row);
  return true;
}

// What the original raises as an error, if so configured, instead of ending the episode.
Status CheckGoal(const Play& play) {
  const bool failed = play.rows.back().status == sim::EpisodeStatus::kNoGoalPlaceable;
  if (!failed || play.gym->config().terminate_resample_failure) return {};
  return Error{
      fmt::format("No place for a new goal was found in episode {}; set terminate_resample_failure "
                  "to true to let such episodes end.",
                  play.rows.size())};
}

Status PlayAll(const SimOptions& options, std::uint32_t seed, const StopSignal& stop, Play& play) {
  const std::vector<sim::CostKind>& kinds = play.gym->spec().cost_kinds;
  if (!options.json) std::printf("%s", TableHeading(kinds).c_str());
  for (int episode = 0; episode < options.episodes && !stop.requested(); ++episode) {
    const Status status = episode == 0 ? play.gym->Reset(seed) : play.gym->ResetNext();
    const std::uint32_t episode_seed = seed + static_cast<std::uint32_t>(episode);
    if (!status) {
      play.refused_seeds.push_back(episode_seed);
      if (play.refused_seeds.size() == static_cast<std::size_t>(options.episodes)) return status;
      continue;
    }
    if (!PlayEpisode(play, episode_seed, stop)) break;
    if (Status goal = CheckGoal(play); !goal) return goal;
    if (options.json) continue;
    std::printf("%s", TableLine(play.rows.size(), play.rows.back(), kinds).c_str());
    std::fflush(stdout);
  }
  return {};
}

void PrintEnd(const SimOptions& options, std::uint32_t seed, const Play& play, double seconds) {
  const sim::EnvironmentSpec& spec = play.gym->spec();
  long steps = 0;
  for (const PlayedEpisode& row : play.rows) steps += row.steps;
  const double steps_per_second = seconds > 0 ? static_cast<double>(steps) / seconds : 0.0;
  if (!options.json) {
    std::printf("%s%ld steps at %.0f steps/s, resets included\n",
                TableSummary(play.rows, spec.cost_kinds).c_str(), steps, steps_per_second);
    if (play.filter != nullptr) {
      std::printf("Under %s: %s", options.overseer.c_str(),
                  LedgerText(play.ledger.Total(), spec.cost_kinds).c_str());
    }
    if (!play.refused_seeds.empty()) {
      std::printf("%s\n", RefusedSeedsText(play.refused_seeds).c_str());
    }
    return;
  }
  nlohmann::ordered_json report{
      {"environment", spec.id}, {"policy", play.policy->name()}, {"seed", seed}};
  report.update(StatisticsToJson(play.rows, spec.cost_kinds));
  report["refused_seeds"] = play.refused_seeds;
  report["steps"] = steps;
  report["steps_per_second"] = steps_per_second;
  if (play.filter != nullptr) {
    report["overseer"] = options.overseer;
    report["oversight"] = LedgerToJson(play.ledger.Total(), spec.cost_kinds);
  }
  std::printf("%s\n", report.dump(2).c_str());
}

int RunSim(const SimOptions& options) {
  const StopSignal stop;
  std::uint32_t seed = 0;
  Result<Play> play = Prepare(options, seed);
  if (!play) return Fail(play.error());
  const auto start = steady_clock::now();
  const Status played = PlayAll(options, seed, stop, *play);
  const std::chrono::duration<double> passed = steady_clock::now() - start;
  // What was played before something failed is reported all the same.
  if (played.ok() || !play->rows.empty()) PrintEnd(options, seed, *play, passed.count());
  if (!played) return Fail(played.error());
  return stop.requested() ? kSignalExit + stop.number() : 0;
}

}  // namespace

void AddSimCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<SimOptions>();
  CLI::App* command =
      app.add_subcommand("sim", "Play episodes without a window: return, costs and speed.");
  command->add_option(
      "--env", options->choice.environment,
      "Id of an environment, or a configuration. Default: that of the policy file, or "
      "Safexp-PointGoal1-v0.");
  command
      ->add_option(
          "--policy", options->choice.policy,
          "random (a new action every step), goto, careful, the folder of a run, or the file\n"
          "of a policy.")
      ->capture_default_str();
  command->add_option("--episodes", options->episodes, "How many.")
      ->check(Between(1, 1'000'000'000))
      ->capture_default_str();
  command->add_option("--seed", options->seed, "Of the first episode; each further one adds 1.");
  command->add_flag("--sampled", options->choice.sampled, "A policy file draws its actions.");
  command->add_option("--overseer", options->overseer,
                      "Who reviews every action, as 'lookout oversee --help' lists them.");
  command->add_flag("--json", options->json, "One JSON object instead of a table.");
  command->callback([options, &exit_code] { exit_code = RunSim(*options); });
}

}  // namespace lookout::app
