#include "app/goodhart/project_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <string>
#include <utility>
#include <vector>

#include "agents/rl/runs/checkpoint.h"
#include "app/cost_models/cost_model_file.h"
#include "app/goodhart/goodhart_run_parts.h"
#include "app/project/environments_json.h"
#include "app/runs/progress_log.h"
#include "app/runs/saved_policy.h"

namespace lookout::app {
namespace {

std::string RunsInWords(const std::vector<StoredRun>& runs) {
  if (runs.empty()) return "no run";
  std::string words = runs.size() == 1 ? "run" : "runs";
  for (std::size_t i = 0; i < runs.size(); ++i) {
    words += fmt::format("{}{}", i == 0 ? " " : ", ", runs[i].id.value);
  }
  return words;
}

Result<StoredRun> FindRun(RunId id, Project& project) {
  auto runs = project.Runs();
  if (!runs.ok()) return runs.error();
  const auto found = std::ranges::find(*runs, id, &StoredRun::id);
  if (found != runs->end()) return std::move(*found);
  return BadInput(fmt::format("{} has no run {}: it has {}.", project.path().string(), id.value,
                              RunsInWords(*runs)));
}

// A registered one, or one of the project's own.
Result<sim::EnvironmentConfig> EnvironmentOf(const StoredRun& run, Project& project) {
  auto registered = sim::ConfigForId(run.environment);
  if (registered.ok()) return registered;
  auto own = DecodeEnvironments(project.Setting(kOwnEnvironments, "[]"));
  if (!own.ok()) return own.error();
  const auto found = std::ranges::find(*own, run.environment, &sim::EnvironmentConfig::id);
  if (found != own->end()) return *found;
  return BadInput(fmt::format("Run {} was trained in {}, which {} does not have any more.",
                              run.id.value, run.environment, project.path().string()));
}

Result<ProgressTable> ProgressOf(const StoredRun& run) {
  std::string text = ProgressHeader();
  for (const agents::IterationReport& report : run.history) {
    text += ProgressRow({.report = report, .new_steps = run.settings.steps_per_iteration});
  }
  return ParseProgress(text, fmt::format("run {}", run.id.value));
}

// The version that the run read last; others that it read before are told of.
Result<agents::CostModelPtr> ModelOf(const StoredRun& run, Project& project, GoodhartRun& found) {
  const CostModelId last = run.history.back().cost_model;
  const CostModelId first = run.history.front().cost_model;
  found.model_file = fmt::format("cost model {} of {}", last.value, project.path().string());
  if (first != last) {
    found.why_not_again =
        fmt::format("it read cost model {}, and later ones after it", first.value);
  }
  auto models = project.LoadCostModels();
  if (!models.ok()) return models.error();
  for (agents::CostModelPtr& model : *models) {
    if (model->id() == last) return std::move(model);
  }
  return BadInput(fmt::format(
      "{} does not have cost model {} any more, which the run has learned from: name a file of it "
      "by --cost-model.",
      project.path().string(), last.value));
}

Status LoadModelOf(const std::string& file, const StoredRun& run, Project& project,
                   GoodhartRun& found) {
  if (file.empty()) {
    auto model = ModelOf(run, project, found);
    return model.ok() ? TakeModel(std::move(*model), found) : Status(model.error());
  }
  auto loaded = LoadCostModelFile(file);
  if (!loaded.ok()) return loaded.error();
  found.model_file = file;
  return TakeModel(std::move(loaded->model), found);
}

Status LoadPoliciesOf(const StoredRun& run, Project& project, GoodhartRun& found) {
  const std::string name = found.run.folder.string();
  const auto decoded = [&](const Result<std::string>& bytes) -> Result<agents::GaussianActor> {
    if (!bytes.ok()) return bytes.error();
    auto actor = agents::DecodeActor(*bytes, found.spec);
    if (!actor.ok()) return BadInput(name + ": " + actor.error().message);
    return actor;
  };
  for (const int iteration : run.kept_policies) {
    auto actor = decoded(project.LoadPolicy(run.id, iteration));
    if (!actor.ok()) return actor.error();
    AddKept(iteration, std::move(*actor), fmt::format("{}, iteration {}", name, iteration), found);
  }
  const auto checkpoint = project.LoadCheckpoint(run.id);
  if (!checkpoint.ok() || checkpoint->empty()) return {};  // then those are all
  auto last = decoded(checkpoint);
  if (!last.ok()) return last.error();
  AddLast(std::move(*last), name, found);
  return {};
}

}  // namespace

std::optional<RunId> RunIdIn(std::string_view name) {
  if (name.starts_with("run ") || name.starts_with("Run ")) name.remove_prefix(4);
  std::int64_t number = 0;
  const auto [end, error] = std::from_chars(name.data(), name.data() + name.size(), number);
  const bool is_number = error == std::errc() && end == name.data() + name.size() && number > 0;
  return is_number ? std::optional(RunId{number}) : std::nullopt;
}

Result<GoodhartRun> LoadProjectRun(const GoodhartChoice& choice, RunId id, Project& project,
                                   const sim::CameraFactory& cameras) {
  const auto run = FindRun(id, project);
  if (!run.ok()) return run.error();
  GoodhartRun found{.is_of_project = true};
  found.run.folder = fmt::format("run {} of {}", id.value, project.path().string());
  found.run.config = {.environment = run->environment, .settings = run->settings};
  if (Status reads = CheckReadsCostModel(found); !reads.ok()) return reads.error();
  if (run->history.empty()) {
    return BadInput(found.run.folder.string() + " has not finished an iteration.");
  }
  auto progress = ProgressOf(*run);
  if (!progress.ok()) return progress.error();
  found.run.progress = std::move(*progress);
  auto config = EnvironmentOf(*run, project);
  if (!config.ok()) return config.error();
  found.environment = std::move(*config);
  const auto environment = MakeEnvironment(found.environment, cameras);
  if (!environment.ok()) return environment.error();
  found.spec = (*environment)->spec();
  Status loaded = LoadModelOf(choice.cost_model, *run, project, found);
  if (loaded.ok()) loaded = LoadPoliciesOf(*run, project, found);
  if (!loaded.ok()) return loaded.error();
  if (found.policies.empty()) {
    return BadInput(found.run.folder.string() +
                    " has kept no policy; go on with it in the window for an iteration.");
  }
  Thin(static_cast<std::size_t>(choice.policies), found);
  return found;
}

}  // namespace lookout::app
