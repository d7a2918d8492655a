// lookout import: episodes that another program recorded become episodes of a project, to be looked
// at, marked and fitted like all others.
#include <fmt/format.h>

#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/option_checks.h"
#include "app/cli/support/project_folder.h"
#include "app/desktop/robot_cameras.h"
#include "app/exchange/trajectory.h"
#include "app/platform/files.h"
#include "app/project/project.h"
#include "app/runs/saved_policy.h"
#include "sim/base/log.h"
#include "sim/config/config.h"

namespace lookout::app {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 30;

struct ImportCommand {
  std::string file;
  std::string project;  // empty: the default one
  ImportOptions options;
  bool again = false;
  bool json = false;
};

double SumOf(const Trajectory& episode, bool of_costs) {
  double sum = 0.0;
  for (const sim::StepRecord& step : episode.steps) {
    sum += of_costs ? step.costs.total : static_cast<double>(step.reward);
  }
  return sum;
}

std::string PartsOf(const sim::ObservationSignature& signature) {
  std::string text;
  for (const auto& entry : signature.entries()) {
    text += fmt::format("{}{} ({})", text.empty() ? "" : ", ", entry.key, entry.size);
  }
  return text;
}

void Print(const ImportCommand& command, const Project& project,
           const std::vector<Trajectory>& episodes, const std::vector<EpisodeId>& ids) {
  const sim::EpisodeHeader& header = episodes.front().header;
  if (!command.json) {
    std::printf("%zu episode%s of %s from %s; observation: %s; in %s as %lld to %lld\n",
                episodes.size(), episodes.size() == 1 ? "" : "s", header.config.id.c_str(),
                command.file.c_str(), PartsOf(header.signature).c_str(), project.path().c_str(),
                static_cast<long long>(ids.front().value),
                static_cast<long long>(ids.back().value));
    return;
  }
  nlohmann::ordered_json parts = nlohmann::ordered_json::array();
  for (const auto& entry : header.signature.entries()) {
    parts.push_back({{"name", entry.key}, {"size", entry.size}});
  }
  nlohmann::ordered_json rows = nlohmann::ordered_json::array();
  for (std::size_t i = 0; i < episodes.size(); ++i) {
    rows.push_back({{"id", ids[i].value},
                    {"agent", episodes[i].header.agent},
                    {"steps", episodes[i].steps.size() - 1},
                    {"return", SumOf(episodes[i], false)},
                    {"cost", SumOf(episodes[i], true)}});
  }
  const nlohmann::ordered_json object{{"project", project.path().string()},
                                      {"environment", header.config.id},
                                      {"action_dim", header.imported->action_dim},
                                      {"observation", std::move(parts)},
                                      {"episodes", std::move(rows)}};
  std::printf("%s\n", object.dump(2).c_str());
}

// Refuses (kBadInput) episodes said to be of an environment of this program whose observation or
// action has another size; of other programs' environments nothing is known.
Status CheckFitsEnvironment(const Trajectory& episode) {
  const sim::EpisodeHeader& header = episode.header;
  const auto config = sim::ConfigForId(header.config.id);
  if (!config.ok()) return {};
  const auto environment = MakeEnvironment(*config, RobotCameras());
  if (!environment.ok()) return environment.error();
  const sim::EnvironmentSpec& spec = (*environment)->spec();
  const auto refuse = [&](const char* what, int found, int expected) {
    return BadInput(
        fmt::format("The episodes are not of {}: their {} has {} values, there it has {}. Name "
                    "another environment by --env.",
                    header.config.id, what, found, expected));
  };
  const int observed = header.signature.observation_dim();
  const int acted = header.imported->action_dim;  // 0: no step acts
  if (observed != spec.observation_dim) {
    return refuse("observation", observed, spec.observation_dim);
  }
  if (acted != 0 && acted != spec.action_dim) return refuse("action", acted, spec.action_dim);
  return {};
}

// Refuses (kBadInput) a file that the project has already, unless it is wanted again.
Status CheckIsNew(const ImportCommand& command, Project& project, std::string_view text) {
  const std::vector<EpisodeId> before = ImportedBefore(project, text);
  if (command.again || before.empty()) return {};
  return BadInput(
      fmt::format("{} is in {} already: a file of the same content became {}{}, the first of them "
                  "{}. Add it once more by --again.",
                  command.file, project.path().string(), before.size(),
                  before.size() == 1 ? " episode" : " episodes", before.front().value));
}

Status Import(const ImportCommand& command) {
  if (Status folder = CheckProjectFolder(command.project); !folder) return folder;
  const Result<std::string> text = ReadWholeFile(command.file, kMostBytes);
  if (!text) return text.error();
  const std::string name = std::filesystem::path(command.file).filename().string();
  const auto episodes = ReadTrajectories(*text, name, command.options);
  if (!episodes) return episodes.error();
  if (Status fits = CheckFitsEnvironment(episodes->front()); !fits) return fits;
  std::filesystem::path path = command.project;
  if (path.empty()) {
    Result<std::filesystem::path> usual = DefaultProjectPath();
    if (!usual) return usual.error();
    path = std::move(usual).value();
  }
  std::error_code ignored;
  const bool is_made = !std::filesystem::exists(path, ignored);
  const auto project = Project::Open(path, ProjectAccess::kReadWrite);
  if (!project) return project.error();
  if (is_made) LogInfo("Made the project " + path.string() + ", which was not there.");
  if (Status is_new = CheckIsNew(command, **project, *text); !is_new) return is_new;
  const auto ids = SaveTrajectories(**project, *episodes, *text);
  if (!ids) return ids.error();
  Print(command, **project, *episodes, *ids);
  return {};
}

}  // namespace

void AddImportCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ImportCommand>();
  CLI::App* command = app.add_subcommand(
      "import", "Add episodes that another program recorded to a project, to mark and fit.");
  command
      ->add_option("FILE", options->file, "JSON Lines or CSV, as app/cli/README.md describes them.")
      ->required();
  command->add_option("--project", options->project,
                      "Project file, made if there is none. Default: in your data folder.");
  command->add_option("--env", options->options.environment,
                      "Name of their environment, in place of the file's.");
  command
      ->add_option("--step-duration", options->options.step_duration_s,
                   "Seconds of a step, in place of the file's.")
      ->check(Between(1e-6, 1e6));
  command->add_flag("--again", options->again,
                    "Also a file whose content the project has already.");
  command->add_flag("--json", options->json, "One JSON object instead of a line.");
  command->callback([options, &exit_code] {
    if (const Status done = Import(*options); !done) exit_code = Fail(done.error());
  });
}

}  // namespace lookout::app
