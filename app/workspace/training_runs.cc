#include "app/workspace/training_runs.h"

#include <utility>

namespace lookout::app {
namespace {

// "Run 3, iteration 40: PPO-Lagrangian".
std::string NameOf(const ui::RunTrack& run, int iteration) {
  const int last = run.iterations() > 0 ? run.history->back().iteration : 0;
  return "Run " + std::to_string(run.id.value) + ", iteration " +
         std::to_string(iteration == 0 ? last : iteration) + ": " +
         std::string(agents::AlgorithmName(run.settings.algorithm));
}

}  // namespace

void TrainingRuns::Follow(const ui::TrainingSnapshot& training) {
  if (!training.run) return;
  const ui::RunTrack* known = store_.Find(training.run);
  if (known != nullptr && known->history == training.history &&
      known->kept_policies == training.kept_policies) {
    return;
  }
  store_.Put({.id = training.run,
              .environment = training.environment,
              .settings = training.settings,
              .history = training.history,
              .kept_policies = training.kept_policies});
}

void TrainingRuns::Apply(const ui::ResumeRun& command) {
  links_.to_project_writer(LoadRun{.run = command.run, .use = RunUse::kResume});
}

void TrainingRuns::Apply(const ui::WatchRun& command) {
  links_.to_project_writer(
      LoadRun{.run = command.run, .iteration = command.iteration, .use = RunUse::kWatch});
}

std::optional<ui::WatchIn> TrainingRuns::OnLoaded(const LoadRun& request, std::string bytes) {
  const ui::RunTrack* run = store_.Find(request.run);
  if (run == nullptr) return {};
  if (request.use == RunUse::kResume) {
    links_.to_trainer(ui::ContinueRun{{*run, std::move(bytes)}});
    return {};
  }
  std::string name =
      links_.keep_policy({.name = NameOf(*run, request.iteration),
                          .remark = "Of training run " + std::to_string(run->id.value),
                          .environment = run->environment},
                         std::move(bytes));
  return ui::WatchIn{run->environment, {ui::AgentKind::kNamedPolicy, std::move(name)}};
}

}  // namespace lookout::app
