#include "app/cli/blocker_rows.h"

#include <algorithm>
#include <cmath>
#include <memory>
#include <thread>
#include <utility>

#include "agents/overseer/blocker/blocker_filter.h"
#include "agents/overseer/blocker/brake_fallback.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/open_project.h"
#include "app/cli/support/option_checks.h"
#include "app/cli/support/text/progress_bar.h"
#include "app/cost_models/score_episodes.h"
#include "app/desktop/robot_cameras.h"
#include "app/overseers/overseer_spec.h"
#include "app/runs/saved_policy.h"

namespace lookout::app {
namespace {

constexpr double kPersonLagS = 0.3;

StepIndex LagSteps(const WatchedRowsOptions& options, bool by_person, double step_s) {
  const double lag_s = options.lag_s >= 0.0 ? options.lag_s : by_person ? kPersonLagS : 0.0;
  return static_cast<StepIndex>(std::ceil(lag_s / step_s - 1e-9));
}

// The recorded episodes of the one environment that is asked for, or of the newest episode.
Result<WatchedRows> ReadRecorded(const WatchedRowsOptions& options) {
  const auto project = OpenExistingProject(options.project, ProjectAccess::kReadOnly);
  if (!project.ok()) return project.error();
  const auto stored = (*project)->Episodes();
  if (!stored.ok()) return stored.error();
  WatchedRows rows{.teacher = options.teacher, .policy = "recorded agents"};
  if (!options.choice.environment.empty()) {
    const auto config = EnvironmentFor(options.choice);
    if (!config.ok()) return config.error();
    rows.environment = config->id;
  } else if (!stored->empty()) {
    rows.environment = stored->back().header.config.id;
  }
  agents::WatchedBy watched{.overseer = options.teacher};
  for (const StoredEpisode& episode : *stored) {
    if (episode.header.config.id != rows.environment) continue;
    const auto spec = RecordedSpec(episode.header, RobotCameras());
    if (!spec.ok()) return spec.error();
    if (rows.data.signature.empty()) {
      rows.data.signature = rows.transitions.signature = spec->signature();
      rows.data.action_dim = rows.transitions.action_dim = spec->action_dim;
      watched.lag_steps = LagSteps(options, /*by_person=*/true, spec->step_duration_s);
    }
    if (!(spec->signature() == rows.data.signature)) continue;
    const auto chunks = (*project)->LoadSteps(episode.header.id);
    if (!chunks.ok()) return chunks.error();
    const auto added = agents::AddRecorded(episode.header, *chunks, watched, rows.data);
    if (!added.ok()) return added.error();
    rows.uncertain += added->unknown;
    rows.steps += episode.steps;
    Status transitions = agents::AddRecordedTransitions(episode.header, *chunks, rows.transitions);
    if (!transitions.ok()) return transitions.error();
  }
  if (rows.teacher.empty()) rows.teacher = "whoever watched";
  if (rows.data.rows() > 0) return rows;
  return BadInput("There is no episode in " + (*project)->path().string() +
                  " in which an overseer stepped in; record some, or name an environment, a policy "
                  "and a teacher to play some.");
}

// The filters of whoever watches and of whoever is in charge.
Result<WatchedPlayOptions> MakePlayOptions(const WatchedRowsOptions& options,
                                           const sim::EnvironmentConfig& config,
                                           const sim::EnvironmentSpec& spec,
                                           const agents::BlockerModelPtr& blocker) {
  const auto in_charge = ParseChoice<InCharge>(options.in_charge, "one to be in charge");
  if (!in_charge.ok()) return WrongUsage(in_charge.error());
  WatchedPlayOptions play{.in_charge = *in_charge};
  auto teacher = MakeOverseers(options.teacher, config, RobotCameras());
  if (!teacher.ok()) return teacher.error();
  if (!*teacher) return WrongUsage("--teacher names nobody to learn from.");
  play.make_teacher = std::move(*teacher);
  play.lag_steps = LagSteps(options, NeedPerson(options.teacher), spec.step_duration_s);
  if (*in_charge == InCharge::kBlocker) {
    if (blocker == nullptr) return WrongUsage("--in-charge: there is no blocker yet.");
    const auto fallback = agents::MakeBrakeFallback(config, spec);
    if (!fallback.ok()) return fallback.error();
    play.make_blocker = [blocker, fallback = *fallback](int) {
      return std::make_unique<agents::BlockerFilter>(blocker, fallback);
    };
  }
  const auto length = std::max(1, spec.max_episode_steps);
  play.episodes = {.episodes = static_cast<int>((options.steps + length - 1) / length),
                   .seed = options.seed,
                   .workers = options.workers};
  return play;
}

Result<WatchedRows> PlayRows(const WatchedRowsOptions& options,
                             const agents::BlockerModelPtr& blocker, const StopSignal& stop) {
  const auto config = EnvironmentFor(options.choice);
  if (!config.ok()) return config.error();
  const auto make = [&config] { return MakeEnvironment(*config, RobotCameras()); };
  const auto environment = make();
  if (!environment.ok()) return environment.error();
  const sim::EnvironmentSpec& spec = (*environment)->spec();
  if (blocker != nullptr) {
    if (Status fits = blocker->networks.CheckFits(spec, "The blocker"); !fits.ok()) {
      return fits.error();
    }
  }
  const auto policy = ReadPolicy(options.choice, *config, spec);
  if (!policy.ok()) return policy.error();
  const auto play_options = MakePlayOptions(options, *config, spec, blocker);
  if (!play_options.ok()) return play_options.error();
  const double episodes = play_options->episodes.episodes;
  ProgressBar bar(0.0, episodes, "episodes");
  auto play = PlayWatched(**policy, make, *play_options, [&](double fraction) {
    bar.Show(fraction * episodes);
    return !stop.requested();
  });
  bar.Clear();
  if (!play.ok()) return play.error();
  return WatchedRows{.data = std::move(play->data),
                     .transitions = std::move(play->transitions),
                     .teacher = play->teacher,
                     .environment = spec.id,
                     .policy = (*policy)->name(),
                     .in_charge = play_options->in_charge,
                     .uncertain = play->uncertain_rows,
                     .steps = play->steps,
                     .violations = play->violations};
}

}  // namespace

void AddWatchedRowsOptions(CLI::App& command, WatchedRowsOptions& options, bool with_project) {
  options.workers = std::max(1, static_cast<int>(std::thread::hardware_concurrency()));
  AddPolicyChoice(command, options.choice);
  command
      .add_option("--teacher", options.teacher,
                  "Who watches, as in lookout oversee --overseer; with --project, whose blocks "
                  "count, by their name in the record.")
      ->capture_default_str();
  command
      .add_option("--lag", options.lag_s,
                  "Seconds by which who watches is late at most; steps that it leaves uncertain "
                  "are left out. Default: 0.3 of a person or a project, else 0.")
      ->check(Between(0.0, 10.0));
  command
      .add_option("--in-charge", options.in_charge,
                  with_project ? "Who decides meanwhile: teacher or nobody."
                               : "Who decides meanwhile: teacher, blocker or nobody.")
      ->capture_default_str();
  command.add_option("--steps", options.steps, "At least; whole episodes are played.")
      ->check(Between(1, 1e9))
      ->capture_default_str();
  command.add_option("--seed", options.seed, "Of the first episode; each further one adds 1.")
      ->capture_default_str();
  command.add_option("--workers", options.workers, "Threads; never change the result.")
      ->check(Between(1, 256));
  if (!with_project) return;
  command.add_option(
      "--project", options.project,
      "Project whose recorded episodes count in place of new ones; it is only read.");
}

Result<WatchedRows> ReadWatchedRows(const WatchedRowsOptions& options,
                                    const agents::BlockerModelPtr& blocker,
                                    const StopSignal& stop) {
  if (options.project.empty()) return PlayRows(options, blocker, stop);
  WatchedRowsOptions recorded = options;
  // The default names an overseer of the program; in a record anybody's blocks count.
  if (recorded.teacher == WatchedRowsOptions().teacher) recorded.teacher.clear();
  return ReadRecorded(recorded);
}

}  // namespace lookout::app
