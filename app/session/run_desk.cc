#include "app/session/run_desk.h"

#include <algorithm>
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

void RunDesk::Follow(const ui::TrainingSnapshot& training) {
  if (!training.run) return;
  const ui::RunTrack* known = book_.Find(training.run);
  if (known != nullptr && known->history == training.history) return;
  book_.Put({.id = training.run,
             .environment = training.environment,
             .settings = training.settings,
             .history = training.history});
}

void RunDesk::Apply(const ui::ResumeRun& wish) {
  links_.to_keeper(LoadRun{.run = wish.run, .use = RunUse::kResume});
}

void RunDesk::Apply(const ui::WatchRun& wish) {
  links_.to_keeper(LoadRun{.run = wish.run, .iteration = wish.iteration, .use = RunUse::kWatch});
}

bool RunDesk::OnLoaded(const LoadRun& request, std::string bytes, const std::string& environment) {
  const ui::RunTrack* run = book_.Find(request.run);
  if (run == nullptr) return false;
  if (request.use == RunUse::kResume) {
    links_.to_trainer(ui::ContinueRun{*run, std::move(bytes)});
    return false;
  }
  const std::string name =
      links_.keep_policy({.name = NameOf(*run, request.iteration),
                          .remark = "Of training run " + std::to_string(run->id.value),
                          .environment = run->environment},
                         std::move(bytes));
  if (run->environment != environment) {
    // Somebody who can act in both: the policy of the one may not fit the other.
    links_.to_player(ui::SetAgent{ui::AgentKind::kRandom, {}});
    links_.to_player(ui::SetEnvironment{run->environment});
  }
  links_.to_player(ui::SetAgent{ui::AgentKind::kNamedPolicy, name});
  links_.to_player(ui::ResetEpisode{ui::ResetEpisode::Seed::kSame});
  links_.to_player(ui::SetPlaying{true});
  return true;
}

}  // namespace lookout::app
