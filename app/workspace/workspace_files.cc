// What a workspace does with files that were opened: environments, policies, runs. Part of
// workspace.h.
#include <fmt/format.h>

#include <utility>

#include "app/project/environments_json.h"
#include "app/workspace/files/remembered.h"
#include "app/workspace/workspace.h"

namespace lookout::app {
namespace fs = std::filesystem;

void Workspace::TakeOpenedFiles() {
  if (!opener_.Take(opened_)) return;
  for (OpenedFiles& files : opened_) {
    for (std::string& told : files.written) {
      controller_.Notify(ui::NoticeLevel::kInfo, std::move(told));
    }
    for (const std::string& complaint : ComplaintsAbout(files)) {
      controller_.Notify(ui::NoticeLevel::kWarning, complaint);
    }
    for (const fs::path& project : files.projects) {
      controller_.Notify(ui::NoticeLevel::kInfo,
                         "A running window keeps its project. To open this one, start: lookout gui "
                         "--project " +
                             project.string());
    }
    Adopt(files.configurations);
    // First, so that a run finds its policy by the folder that both came from.
    Adopt(std::move(files.policies), files.reopened);
    Adopt(std::move(files.runs), files.reopened);
    for (OpenedFiles::CostModel& file : files.cost_models) {
      workers_->TakeIn({std::move(file.model), std::move(file.name), std::move(file.fingerprint)});
    }
    for (OpenedTransfer& transfer : files.transfers) Adopt(std::move(transfer));
    if (files.reopened) RestoreAgent();
  }
}

// Into the project, and the last of them before the person's eyes.
void Workspace::Adopt(const std::vector<OpenedFiles::Configuration>& opened) {
  std::optional<std::string> newest;
  for (const auto& [path, config] : opened) {
    const Result<std::string> name = registry_->Put(config);
    if (!name) {
      controller_.Notify(ui::NoticeLevel::kWarning, name.error().message);
      break;
    }
    newest = *name;
    opened_configurations_.push_back(path);
  }
  if (!newest) return;
  SaveRegistry();
  controller_.Send(ui::PlayerCommand(ui::SetEnvironment{*newest}));
  if (opened.size() > 1) {
    controller_.Notify(
        ui::NoticeLevel::kInfo,
        fmt::format(
            "{} environments were opened: the list of environments has them under \"Your own\".",
            opened.size()));
  }
}

// Among the agents, and the last of them into the seat, unless an earlier sitting had opened them.
void Workspace::Adopt(std::vector<OpenedFiles::Policy> opened, bool reopened) {
  for (OpenedFiles::Policy& policy : opened) {
    Remember(policy.opened);
    const std::string folder = policy.path.parent_path().string();
    const std::string name =
        policies_->Put({std::move(policy.name), policy.path.string(), policy.environment},
                       std::move(policy.bytes));
    policy_of_folder_[folder] = name;
    const bool has_run = policy.without_run.empty();
    if (reopened && !has_run) {
      controller_.Notify(ui::NoticeLevel::kWarning, std::move(policy.without_run));
    }
    if (reopened) continue;
    controller_.Notify(
        has_run ? ui::NoticeLevel::kInfo : ui::NoticeLevel::kWarning,
        fmt::format("\"{}\" is among the agents now; it was trained in {}.{}{}", name,
                    policy.environment, has_run ? "" : " ", policy.without_run));
    if (&policy == &opened.back()) {
      controller_.Send(ui::PlayerCommand(ui::SetAgent{ui::AgentKind::kNamedPolicy, name}));
    }
  }
}

// Its environments onto the registry, as far as they are not known, for its cases to be gone to.
void Workspace::Adopt(OpenedTransfer opened) {
  for (std::size_t i = 0; i < opened.environments.size(); ++i) {
    ui::TransferPlace& place = opened.matrix.places[i];
    const auto known = registry_->Find(place.environment);
    if (known && SameEnvironment(*known, opened.environments[i])) continue;
    Result<std::string> name = registry_->Put(std::move(opened.environments[i]));
    if (!name) {
      controller_.Notify(ui::NoticeLevel::kWarning, name.error().message);
      return;
    }
    place.environment = std::move(*name);
  }
  SaveRegistry();
  controller_.ShowTransfer(std::move(opened.matrix));
}

// Among the training runs, to look at its curves and to watch its policy.
void Workspace::Adopt(std::vector<OpenedRun> opened, bool reopened) {
  for (OpenedRun& run : opened) {
    Remember(run.run.folder);
    if (run.own_environment && registry_->Put(std::move(*run.own_environment))) SaveRegistry();
    const auto policy = policy_of_folder_.find(run.run.folder);
    if (policy != policy_of_folder_.end()) run.run.policy = policy->second;
    run.run.asked_for = !reopened;
    controller_.AddOpenedRun(std::move(run.run));
  }
}

void Workspace::Remember(const fs::path& opened) {
  std::error_code ignored;
  std::string path = fs::absolute(opened, ignored).lexically_normal().string();
  if (path.size() > 1 && path.ends_with('/')) path.pop_back();
  if (!RememberPath(path, opened_paths_)) return;
  workers_->Ask(SaveSetting{kOpenedFiles, PathsText(opened_paths_)});
}

void Workspace::ReopenFiles() {
  if (opened_paths_.empty()) return RestoreAgent();
  opener_.Open({opened_paths_.begin(), opened_paths_.end()}, /*reopened=*/true);
}

bool Workspace::IsThere(const ui::SetAgent& agent) const {
  if (agent.kind == ui::AgentKind::kNamedPolicy) return policies_->Find(agent.policy).ok();
  return agent.kind != ui::AgentKind::kNewestPolicy;
}

// A policy of an opened file is there by now; one of a training run is fetched from the project.
void Workspace::RestoreAgent() {
  const auto agent = std::exchange(agent_to_restore_, std::nullopt);
  if (!agent) return;
  const auto& runs = controller_.runs().store().runs();
  if (agent->kind == ui::AgentKind::kNewestPolicy) {
    if (!runs.empty() && runs.front().id.value > 0) {
      controller_.Send(ui::WindowCommand(ui::WatchRun{runs.front().id, 0}));
    }
  } else if (IsThere(*agent)) {
    controller_.Send(ui::PlayerCommand(*agent));
  } else if (const auto watch = controller_.runs().FindPolicy(agent->policy)) {
    controller_.Send(ui::WindowCommand(*watch));
  }
}

void Workspace::SaveRegistry() {
  if (saved_registry_ == registry_->version()) return;
  saved_registry_ = registry_->version();
  workers_->Ask(SaveSetting{kOwnEnvironments, EncodeEnvironments(registry_->Own())});
}

}  // namespace lookout::app
