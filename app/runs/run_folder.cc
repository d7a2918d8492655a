#include "app/runs/run_folder.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <fstream>
#include <nlohmann/json.hpp>
#include <string_view>
#include <utility>

#include "agents/rl/runs/checkpoint.h"
#include "agents/rl/settings/settings.h"
#include "app/platform/files.h"
#include "app/runs/cost_points.h"
#include "app/runs/folder_lock.h"
#include "app/runs/settings_file.h"
#include "sim/config/json_text.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;
using agents::TrainingSettings;
using nlohmann::json;

// Of policies along the training: "iteration-000012.lookout".
constexpr std::string_view kKeptPrefix = "iteration-";
constexpr std::string_view kKeptSuffix = ".lookout";

// What is wrong with the object, in words of ours.
std::string CauseOf(const json::exception& error) {
  constexpr int kNoSuchKey = 403;
  if (error.id != kNoSuchKey) return "one of its values has another type than expected.";
  const std::string text = error.what();  // "... key 'env' not found"
  const std::size_t start = text.find('\'');
  return "it lacks " + text.substr(start, text.rfind('\'') + 1 - start) + ".";
}

// One that is missing is younger than the run and keeps its default.
Status ReadSettings(const json& object, TrainingSettings& settings) {
  json all = object.at("settings");
  VisitChoices(settings, [&](const auto& field, auto) {
    const auto found = object.find(std::string(field.name));
    if (found != object.end()) all[std::string(field.name)] = *found;
  });
  const Status status = ApplySettings(all, settings);
  return status.ok() ? agents::CheckSettings(settings) : status;
}

}  // namespace

Result<RunConfig> ParseRunConfig(std::string_view text, std::string_view what) {
  RunConfig config;
  const auto [object, problem] = sim::ParseJsonText(text);
  if (!problem.empty()) return BadInput(std::string(what) + " " + problem + ".");
  try {
    config.environment = object.at("env").get<std::string>();
    if (object.contains("env_config")) {
      auto own = sim::ParseConfig(object["env_config"], config.environment);
      if (!own.ok()) return BadInput(std::string(what) + ": " + own.error().message);
      config.own_environment = std::move(*own);
    }
    config.preset = object.value("preset", "");
    config.cost_model_file = object.value("cost_model", "");
    config.cost_model_fingerprint = object.value("cost_model_fingerprint", "");
    config.settings.start_from = object.value("start_from", "");
    config.settings.overseer = object.value("overseer", "");
    if (Status status = ReadSettings(object, config.settings); !status.ok()) {
      return BadInput(std::string(what) + ": " + status.error().message);
    }
  } catch (const json::exception& error) {
    return BadInput(std::string(what) +
                    " is not the configuration of a run of this program: " + CauseOf(error));
  }
  return config;
}

std::string RunConfigText(const RunConfig& config) {
  json settings = json::object();
  VisitNumbers(config.settings,
               [&](const auto& field, auto value) { settings[std::string(field.name)] = value; });
  json object = {
      {"program", "lookout " LOOKOUT_VERSION},
      {"env", config.environment},
      {"cost_model", config.cost_model_file},
      {"cost_model_fingerprint", config.cost_model_fingerprint},
      {"start_from", config.settings.start_from},
      {"overseer", config.settings.overseer},
      {"preset", config.preset},
      {"settings", settings},
  };
  VisitChoices(config.settings, [&](const auto& field, auto value) {
    object[std::string(field.name)] = ChoiceName(value);
  });
  if (config.own_environment) object["env_config"] = sim::ConfigToJson(*config.own_environment);
  return object.dump(2) + "\n";
}

Result<sim::EnvironmentConfig> EnvironmentOf(const RunConfig& config) {
  if (config.own_environment) return *config.own_environment;
  return sim::ConfigForId(config.environment);
}

bool RunFolder::has_run() const {
  std::error_code error;
  return fs::exists(config(), error) || fs::exists(checkpoint(), error) ||
         fs::exists(progress(), error);
}

Result<RunConfig> RunFolder::ReadConfig() const {
  std::error_code error;
  if (!fs::exists(path_, error)) {
    return BadInput(path_.string() + " does not exist; mend the path, or name another one.");
  }
  if (!fs::exists(config(), error)) {
    return BadInput(path_.string() +
                    " is not the folder of a run of this program: it has no config.json. Name one "
                    "that lookout train has made (--out).");
  }
  const auto text = ReadWholeFile(config(), kMostTextBytes);
  if (!text.ok()) return text.error();
  return ParseRunConfig(*text, config().string());
}

Status RunFolder::Lock() {
  auto lock = LockFolder(path_);
  if (!lock) return lock.error();
  lock_ = std::move(*lock);
  return {};
}

Status RunFolder::Start(const RunConfig& config_values) {
  if (has_run()) {
    return Error{path_.string() + " already holds a run. Go on with it by --resume " +
                     path_.string() + ", or choose another --out.",
                 ErrorCode::kBadInput};
  }
  if (Status status = WriteWholeFile(config(), RunConfigText(config_values)); !status.ok()) {
    return status;
  }
  if (Status status = WriteWholeFile(progress(), ProgressHeader()); !status.ok()) return status;
  return BeginEvents(1);
}

Result<RunFolder::Progress> RunFolder::GoOn(int iteration) {
  auto text = ReadWholeFile(progress(), kMostTextBytes);
  if (!text.ok()) return text.error();
  const std::string kept = KeepEpochs(*text, iteration);
  auto table = ParseProgress(kept, progress().string());
  if (!table.ok()) return table.error();
  if (Status status = CheckEpochs(*table, progress().string()); !status.ok()) {
    return status.error();
  }
  const std::optional<std::string> rows = InPresentColumns(kept);
  if (!rows) {
    return BadInput(progress().string() +
                    " has columns that this program does not write, so the run cannot go on. Start "
                    "anew from its policy: --start-from " +
                    policy().string() + ".");
  }
  if (Status status = WriteWholeFile(progress(), *rows); !status.ok()) return status.error();
  if (Status status = BeginEvents(iteration + 1); !status.ok()) return status.error();
  for (const int later : KeptPolicies()) {  // their iterations will be done again
    std::error_code error;
    if (later > iteration) fs::remove(policy_after(later), error);
  }
  const std::vector<double>& seconds = (*table)["Time"];
  const std::vector<double>& steps = (*table)["TotalEnvInteracts"];
  if (seconds.empty()) return Progress{};
  return Progress{.seconds = seconds.back(),
                  .steps = static_cast<std::int64_t>(steps.back()),
                  .costs = CostPointsOf(*table)};
}

Status RunFolder::BeginEvents(int first_iteration) {
  auto file = EventFile::Create(events(), first_iteration);
  if (!file.ok()) return file.error();
  event_file_ = std::move(*file);
  return {};
}

Status RunFolder::Append(const LoggedIteration& iteration) const {
  LOOKOUT_CHECK(event_file_.has_value(), "Append before Start or GoOn");
  std::ofstream stream(progress(), std::ios::app);
  stream << ProgressRow(iteration) << std::flush;
  if (!stream) return Error{"Cannot write " + progress().string() + "; is the disk full?"};
  std::vector<Scalar> scalars;
  for (const ReportFigure& figure : ReportFigures()) {
    if (figure.tag != nullptr) scalars.push_back({figure.tag, figure.value(iteration)});
  }
  return event_file_->Append(iteration.report.iteration, scalars);
}

fs::path RunFolder::policy_after(int iteration) const {
  return policies() / fmt::format("{}{:06}{}", kKeptPrefix, iteration, kKeptSuffix);
}

std::vector<int> RunFolder::KeptPolicies() const {
  std::vector<int> iterations;
  std::error_code error;
  for (const fs::directory_entry& entry : fs::directory_iterator(policies(), error)) {
    const std::string name = entry.path().filename().string();
    if (!name.starts_with(kKeptPrefix) || !name.ends_with(kKeptSuffix)) continue;
    int iteration = -1;
    std::from_chars(name.data() + kKeptPrefix.size(), name.data() + name.size(), iteration);
    if (iteration >= 0 && policy_after(iteration).filename() == name) {
      iterations.push_back(iteration);
    }
  }
  std::ranges::sort(iterations);
  return iterations;
}

Status RunFolder::KeepPolicy(const agents::TrainingRun& run, int iteration) const {
  auto policy_bytes = agents::PolicyFileOf(run.EncodeCheckpoint(), run.spec());
  if (!policy_bytes.ok()) return policy_bytes.error();
  std::error_code error;  // whatever it is, the file cannot be written then
  fs::create_directories(policies(), error);
  return WriteWholeFile(policy_after(iteration), *policy_bytes);
}

Status RunFolder::Save(const agents::TrainingRun& run) const {
  const std::string bytes = run.EncodeCheckpoint();
  if (Status status = WriteWholeFile(checkpoint(), bytes); !status.ok()) return status;
  auto policy_bytes = agents::PolicyFileOf(bytes, run.spec());
  if (!policy_bytes.ok()) return policy_bytes.error();
  return WriteWholeFile(policy(), *policy_bytes);
}

Result<LoadedRun> LoadRunFolder(const fs::path& path) {
  const RunFolder folder(path);
  auto config = folder.ReadConfig();
  if (!config.ok()) return config.error();
  auto text = ReadWholeFile(folder.progress(), kMostTextBytes);
  if (!text.ok()) return text.error();
  auto progress = ParseProgress(*text, folder.progress().string());
  if (!progress.ok()) return progress.error();
  if (Status status = CheckEpochs(*progress, folder.progress().string()); !status.ok()) {
    return status.error();
  }
  if (progress->rows == 0) return BadInput(path.string() + " has no finished iteration yet.");
  return LoadedRun{path, std::move(*config), std::move(*progress), std::nullopt};
}

}  // namespace lookout::app
