#include "app/experiments/overseers/run_overseers.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "agents/rl/runs/checkpoint.h"
#include "agents/rl/runs/training.h"
#include "app/experiments/overseers/train_overseen.h"
#include "app/experiments/spread_jobs.h"
#include "app/platform/files.h"
#include "app/runs/policy_evaluation.h"
#include "app/runs/saved_policy.h"

namespace lookout::app {
namespace {

constexpr std::size_t kMostOverseersBytes = 64U << 20U;

// overseer: on duty; empty: nobody.
Result<MeasuredEpisodes> Measure(const OverseersWorld& world, const OverseersKey& key,
                                 const agents::Policy& policy,
                                 const agents::ActionFilterMaker& overseer,
                                 const KeepGoing& keep_going) {
  const OverseersSettings& settings = world.settings;
  const auto play = PlayEpisodes(
      policy, [&world] { return MakeEnvironment(world.settings.environment, world.cameras); },
      {.episodes = settings.evaluation_episodes,
       .seed = OverseersSeedsOf(settings, key.seed).evaluation,
       .workers = 1,
       .make_filter = overseer},
      [&](double) { return keep_going(); });
  if (!keep_going()) return ExperimentStopped();
  if (!play) return play.error();
  MeasuredEpisodes measured;
  for (const PlayedEpisode& episode : *play) {
    if (!episode.refusal.empty() || episode.status == sim::EpisodeStatus::kDiverged) continue;
    measured.total_reward.push_back(episode.total_reward);
    measured.cost.push_back(episode.costs.total);
  }
  if (!measured.cost.empty()) return measured;
  return Error{"The physics failed in every episode that the agent was to be measured on."};
}

Result<OverseersCell> DoOverseersCell(const OverseersWorld& world, const OverseersKey& key,
                                      const KeepGoing& keep_going) {
  const auto trained = TrainOverseen(world, key, keep_going);
  if (!trained) return trained.error();
  const auto policy = agents::PolicyFileOf(trained->checkpoint, world.spec);
  if (!policy) return policy.error();
  if (Status s = WriteWholeFile(world.folder / PolicyFileOf(key), *policy); !s) return s.error();
  OverseersCell cell{.key = key, .phases = trained->phases};
  if (HasOverseer(key.row)) {
    cell.early_blocks = trained->early_blocks;
    cell.late_blocks = trained->late_blocks;
    auto overseen = Measure(world, key, *trained->policy, trained->overseer, keep_going);
    if (!overseen) return overseen.error();
    cell.overseen = std::move(*overseen);
  }
  auto alone = Measure(world, key, *trained->policy, {}, keep_going);
  if (!alone) return alone.error();
  cell.alone = std::move(*alone);
  return cell;
}

Result<OverseersCell> ReadOverseersCell(const OverseersWorld& world, const OverseersKey& key) {
  const std::filesystem::path file = world.folder / FileNameOf(key);
  const auto text = ReadWholeFile(file, kMostOverseersBytes);
  if (!text) return text.error();
  return DecodeCell(*text, key, world.settings, file.string());
}

Status DoOverseersJob(const OverseersWorld& world, const OverseersKey& key,
                      const KeepGoing& keep_going) {
  const std::filesystem::path file = world.folder / FileNameOf(key);
  if (std::filesystem::exists(file)) return {};
  const auto cell = DoOverseersCell(world, key, keep_going);
  if (!cell) return cell.error();
  return WriteWholeFile(file, EncodeCell(*cell, world.settings));
}

// What can be known before hours of work.
Status CheckBefore(const OverseersWorld& world, const OverseersPlan& plan,
                   const std::vector<OverseersKey>& cells) {
  const bool has_person = std::ranges::find(plan.rows, OverseersRow::kHirl) != plan.rows.end();
  const std::int64_t steps = world.settings.training.total_steps;
  if (has_person && world.settings.watched_steps >= steps) {
    return BadInput(fmt::format(
        "A person would watch {} steps, and training has {}: nothing is left for the blocker. Give "
        "--watched-steps fewer, --steps more, or leave hirl out of --rows.",
        world.settings.watched_steps, steps));
  }
  for (const OverseersKey& key : cells) {
    if (!std::filesystem::exists(world.folder / FileNameOf(key))) continue;
    const auto read = ReadOverseersCell(world, key);
    if (!read) return read.error();
  }
  return {};
}

}  // namespace

std::vector<OverseersKey> CellsOf(const OverseersPlan& plan) {
  std::vector<OverseersKey> cells;
  for (int seed = 0; seed < plan.seeds; ++seed) {
    for (const OverseersRow row : plan.rows) {
      cells.push_back({row, static_cast<std::uint32_t>(seed)});
    }
  }
  return cells;
}

Result<std::vector<OverseersCell>> RunOverseers(const OverseersSettings& settings,
                                                const OverseersPlan& plan,
                                                const sim::CameraFactory& cameras,
                                                const OverseersRun& run,
                                                agents::ProcessGroup& processes) {
  const auto environment = MakeEnvironment(settings.environment, cameras);
  if (!environment) return environment.error();
  const OverseersWorld world{settings, cameras, run.folder, (*environment)->spec()};
  const std::vector<OverseersKey> cells = CellsOf(plan);
  if (Status s = AgreeOn(CheckBefore(world, plan, cells), processes); !s) return s.error();
  const JobSpread spread{
      .jobs = static_cast<int>(cells.size()), .workers = run.workers, .progress = run.progress};
  const Status done =
      SpreadJobsTogether(spread, processes, [&](int i, const KeepGoing& keep_going) {
        return DoOverseersJob(world, cells[static_cast<std::size_t>(i)], keep_going);
      });
  if (!done) return done.error();
  std::vector<OverseersCell> all;
  for (const OverseersKey& key : cells) {
    auto cell = ReadOverseersCell(world, key);
    if (!cell) return cell.error();
    all.push_back(std::move(*cell));
  }
  return all;
}

}  // namespace lookout::app
