#include "app/experiments/memory/run_memory.h"

#include <chrono>
#include <utility>

#include "agents/rl/runs/checkpoint.h"
#include "agents/rl/runs/training.h"
#include "app/experiments/spread_jobs.h"
#include "app/platform/files.h"
#include "app/platform/thread_time.h"
#include "app/runs/policy_evaluation.h"
#include "app/runs/saved_policy.h"

namespace lookout::app {
namespace {

using Clock = std::chrono::steady_clock;

constexpr std::size_t kMostMemoryBytes = 64U << 20U;

// What all cells share.
struct MemoryStudy {
  const MemorySettings& settings;
  const sim::CameraFactory& cameras;
  std::filesystem::path folder;

  agents::EnvironmentMaker MakerOf(const MemoryKey& key) const {
    return [this, key] { return MakeEnvironment(settings.worlds[key.world], cameras); };
  }
};

// One worker is this thread, so that its time is the training's.
Result<MemoryCurve> TrainWhole(agents::TrainingRun& run, const KeepGoing& keep_going) {
  const Clock::time_point start = Clock::now();
  const double processor_start_s = ThreadSeconds();
  MemoryCurve curve;
  while (!run.finished()) {
    bool stopped = false;
    const auto report = run.RunIteration([&](double) {
      stopped = stopped || !keep_going();
      return !stopped;
    });
    if (stopped) return ExperimentStopped();
    if (!report) return report.error();
    curve.steps.push_back(static_cast<double>(report->steps));
    curve.total_reward.push_back(report->mean_return);
    curve.cost.push_back(report->mean_true_cost);
    curve.wall_s.push_back(std::chrono::duration<double>(Clock::now() - start).count());
    curve.processor_s.push_back(ThreadSeconds() - processor_start_s);
  }
  return curve;
}

Status MeasureAgent(const MemoryStudy& study, const agents::Policy& policy,
                    const KeepGoing& keep_going, MemoryCell& cell) {
  const auto play = PlayEpisodes(policy, study.MakerOf(cell.key),
                                 {.episodes = study.settings.evaluation_episodes,
                                  .seed = EvaluationSeedOf(study.settings, cell.key.seed),
                                  .workers = 1},
                                 [&](double) { return keep_going(); });
  if (!keep_going()) return ExperimentStopped();
  if (!play) return play.error();
  for (const PlayedEpisode& episode : *play) {
    if (!episode.refusal.empty() || episode.status == sim::EpisodeStatus::kDiverged) continue;
    cell.total_reward.push_back(episode.total_reward);
    cell.cost.push_back(episode.costs.total);
  }
  if (!cell.cost.empty()) return {};
  return Error{"The physics failed in every episode that the agent was to be measured on."};
}

Status DoMemoryJob(const MemoryStudy& study, const MemoryKey& key, const KeepGoing& keep_going) {
  const std::filesystem::path file = study.folder / FileNameOf(study.settings, key);
  if (std::filesystem::exists(file)) return {};
  auto run =
      agents::TrainingRun::Create(TrainingSettingsOf(study.settings, key), study.MakerOf(key));
  if (!run) return run.error();
  MemoryCell cell{.key = key};
  auto curve = TrainWhole(**run, keep_going);
  if (!curve) return curve.error();
  cell.curve = std::move(*curve);
  auto actor = agents::DecodeActor((*run)->EncodeCheckpoint(), (*run)->spec());
  if (!actor) return actor.error();
  cell.parameters = actor->mean.parameter_count();
  const auto policy = (*run)->policy(/*deterministic=*/false);
  if (Status s = MeasureAgent(study, *policy, keep_going, cell); !s) return s;
  const Status kept = WriteWholeFile(study.folder / PolicyFileOf(study.settings, key),
                                     agents::EncodePolicyFile(*actor));
  return kept.ok() ? WriteWholeFile(file, EncodeCell(cell, study.settings)) : kept;
}

Result<MemoryCell> ReadMemoryCell(const MemoryStudy& study, const MemoryKey& key) {
  const std::filesystem::path file = study.folder / FileNameOf(study.settings, key);
  const auto text = ReadWholeFile(file, kMostMemoryBytes);
  if (!text) return text.error();
  return DecodeCell(*text, key, study.settings, file.string());
}

Status CheckWhatIsThere(const MemoryStudy& study, const std::vector<MemoryKey>& cells) {
  for (const MemoryKey& key : cells) {
    if (!std::filesystem::exists(study.folder / FileNameOf(study.settings, key))) continue;
    if (const auto read = ReadMemoryCell(study, key); !read) return read.error();
  }
  return {};
}

}  // namespace

Result<std::vector<MemoryCell>> RunMemory(const MemorySettings& settings, const MemoryPlan& plan,
                                          const sim::CameraFactory& cameras, const MemoryRun& run,
                                          agents::ProcessGroup& processes) {
  const MemoryStudy study{settings, cameras, run.folder};
  const std::vector<MemoryKey> cells = CellsOf(settings, plan);
  if (Status s = AgreeOn(CheckWhatIsThere(study, cells), processes); !s) return s.error();
  const JobSpread spread{
      .jobs = static_cast<int>(cells.size()), .workers = run.workers, .progress = run.progress};
  const Status done =
      SpreadJobsTogether(spread, processes, [&](int i, const KeepGoing& keep_going) {
        return DoMemoryJob(study, cells[static_cast<std::size_t>(i)], keep_going);
      });
  if (!done) return done.error();
  std::vector<MemoryCell> all;
  for (const MemoryKey& key : cells) {
    auto cell = ReadMemoryCell(study, key);
    if (!cell) return cell.error();
    all.push_back(std::move(*cell));
  }
  return all;
}

}  // namespace lookout::app
