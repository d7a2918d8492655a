// lookout import: episodes that another program recorded become episodes of a project, to be looked
// at, marked and fitted like all others.
#include <cstdio>
#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <utility>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/support/fail.h"
#include "app/cli/support/project_folder.h"
#include "app/exchange/trajectory.h"
#include "app/platform/files.h"
#include "app/project/project.h"

namespace lookout::app {
namespace {

constexpr std::size_t kMostBytes = std::size_t{1} << 30;

struct ImportCommand {
  std::string file;
  std::string project;  // empty: the default one
  ImportOptions options;
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
    text += (text.empty() ? "" : ", ") + entry.key + " (" + std::to_string(entry.size) + ")";
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

Status Import(const ImportCommand& command) {
  if (Status folder = CheckProjectFolder(command.project); !folder) return folder;
  const Result<std::string> text = ReadWholeFile(command.file, kMostBytes);
  if (!text) return text.error();
  const std::string name = std::filesystem::path(command.file).filename().string();
  const auto episodes = ReadTrajectories(*text, name, command.options);
  if (!episodes) return episodes.error();
  std::filesystem::path path = command.project;
  if (path.empty()) {
    Result<std::filesystem::path> usual = DefaultProjectPath();
    if (!usual) return usual.error();
    path = std::move(usual).value();
  }
  const auto project = Project::Open(path, ProjectAccess::kReadWrite);
  if (!project) return project.error();
  const auto ids = SaveTrajectories(**project, *episodes);
  if (!ids) return ids.error();
  Print(command, **project, *episodes, *ids);
  return {};
}

}  // namespace

void AddImportCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<ImportCommand>();
  CLI::App* command = app.add_subcommand(
      "import", "Add episodes that another program recorded to a project, to mark and fit.");
  command->add_option("FILE", options->file, "JSON Lines or CSV, as the README describes them.")
      ->required();
  command->add_option("--project", options->project,
                      "Project file, made if there is none. Default: in your data folder.");
  command->add_option("--env", options->options.environment,
                      "Name of their environment, in place of the file's.");
  command
      ->add_option("--step-duration", options->options.step_duration_s,
                   "Seconds of a step, in place of the file's.")
      ->check(CLI::Range(1e-6, 1e6));
  command->add_flag("--json", options->json, "One JSON object instead of a line.");
  command->callback([options, &exit_code] {
    if (const Status done = Import(*options); !done) exit_code = Fail(done.error());
  });
}

}  // namespace lookout::app
