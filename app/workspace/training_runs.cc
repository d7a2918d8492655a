#include "app/workspace/training_runs.h"

#include <fmt/format.h>

#include <cstdint>
#include <utility>

namespace lookout::app {
namespace {

// "Run 3, iteration 40: PPO-Lagrangian".
std::string NameOf(const ui::RunTrack& run, int iteration) {
  const int last = run.iterations() > 0 ? run.history->back().iteration : 0;
  return fmt::format("Run {}, iteration {}: {}", run.id.value, iteration == 0 ? last : iteration,
                     agents::AlgorithmName(run.settings.algorithm));
}

// The same folder has the same number in every sitting, below 0 (FNV-1a, 62 bits).
RunId IdOfFolder(std::string_view folder) {
  std::uint64_t hash = 0xcbf29ce484222325U;
  for (const char c : folder) hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3U;
  return RunId{-1 - static_cast<std::int64_t>(hash >> 2U)};
}

}  // namespace

void TrainingRuns::Follow(const ui::TrainingSnapshot& training) {
  if (!training.run) return;
  const ui::RunTrack* known = store_.Find(training.run);
  if (known != nullptr && known->history == training.history &&
      known->settings.total_steps == training.settings.total_steps &&
      known->kept_policies == training.kept_policies) {
    return;
  }
  store_.Put({.id = training.run,
              .environment = training.environment,
              .settings = training.settings,
              .history = training.history,
              .kept_policies = training.kept_policies});
}

void TrainingRuns::AddOpened(ui::RunTrack run) {
  run.id = IdOfFolder(run.folder);
  store_.Put(std::move(run));
}

std::optional<ui::WatchRun> TrainingRuns::FindPolicy(std::string_view name) const {
  for (const ui::RunTrack& run : store_.runs()) {
    for (const int iteration : run.kept_policies) {
      if (NameOf(run, iteration) == name) return ui::WatchRun{run.id, iteration};
    }
    if (run.iterations() > 0 && NameOf(run, 0) == name) return ui::WatchRun{run.id, 0};
  }
  return {};
}

void TrainingRuns::Apply(const ui::ResumeRun& command) {
  links_.to_project_writer(
      LoadRun{.run = command.run, .use = RunUse::kResume, .more_steps = command.more_steps});
}

std::optional<ui::WatchIn> TrainingRuns::Apply(const ui::WatchRun& command) {
  const ui::RunTrack* run = store_.Find(command.run);
  if (run != nullptr && !run->policy.empty()) {
    return ui::WatchIn{run->environment, {ui::AgentKind::kNamedPolicy, run->policy}};
  }
  links_.to_project_writer(
      LoadRun{.run = command.run, .iteration = command.iteration, .use = RunUse::kWatch});
  return {};
}

std::optional<ui::WatchIn> TrainingRuns::OnLoaded(const LoadRun& request, std::string bytes) {
  const ui::RunTrack* run = store_.Find(request.run);
  if (run == nullptr) return {};
  if (request.use == RunUse::kResume) {
    links_.to_trainer(ui::ContinueRun{{*run, std::move(bytes), request.more_steps}});
    return {};
  }
  std::string name = links_.keep_policy({.name = NameOf(*run, request.iteration),
                                         .remark = fmt::format("Of training run {}", run->id.value),
                                         .environment = run->environment},
                                        std::move(bytes));
  return ui::WatchIn{run->environment, {ui::AgentKind::kNamedPolicy, std::move(name)}};
}

}  // namespace lookout::app
