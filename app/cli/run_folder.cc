#include "app/cli/run_folder.h"

#include <fstream>
#include <nlohmann/json.hpp>

#include "agents/rl/checkpoint.h"
#include "agents/rl/settings.h"
#include "app/cli/progress_log.h"
#include "app/platform/files.h"

namespace lookout::app {
namespace {

namespace fs = std::filesystem;
using agents::TrainingSettings;
using nlohmann::json;

std::string AlgorithmOption(agents::Algorithm algorithm) {
  return algorithm == agents::Algorithm::kPpo ? "ppo" : "ppo-lag";
}

Status ReadSettings(const json& object, TrainingSettings& settings) {
  auto algorithm = agents::ParseAlgorithm(object.at("algo").get<std::string>());
  if (!algorithm.ok()) return algorithm.error();
  auto cost = agents::ParseCostSource(object.at("cost").get<std::string>());
  if (!cost.ok()) return cost.error();
  settings.algorithm = *algorithm;
  settings.cost_source = *cost;
  agents::VisitSettings(settings,
                        [&](std::string_view name, auto& value, double, double, std::string_view) {
                          using Value = std::decay_t<decltype(value)>;
                          value = object.at("settings").at(std::string(name)).template get<Value>();
                        });
  return agents::CheckSettings(settings);
}

}  // namespace

Result<RunConfig> ParseRunConfig(std::string_view text, std::string_view what) {
  RunConfig config;
  try {
    const json object = json::parse(text);
    config.environment = object.at("env").get<std::string>();
    if (object.contains("env_config")) {
      auto own = sim::ParseConfig(object["env_config"], config.environment);
      if (!own.ok()) return BadInput(std::string(what) + ": " + own.error().message);
      config.own_environment = std::move(*own);
    }
    config.preset = object.value("preset", "");
    config.cost_model_file = object.value("cost_model", "");
    if (Status status = ReadSettings(object, config.settings); !status.ok()) {
      return BadInput(std::string(what) + ": " + status.error().message);
    }
  } catch (const json::exception& error) {
    return BadInput(std::string(what) + " is not the configuration of a run: " + error.what());
  }
  return config;
}

std::string RunConfigText(const RunConfig& config) {
  json settings = json::object();
  agents::VisitSettings(config.settings,
                        [&](std::string_view name, auto value, double, double, std::string_view) {
                          settings[std::string(name)] = value;
                        });
  json object = {
      {"program", "lookout " LOOKOUT_VERSION},
      {"env", config.environment},
      {"algo", AlgorithmOption(config.settings.algorithm)},
      {"cost", std::string(agents::CostSourceName(config.settings.cost_source))},
      {"cost_model", config.cost_model_file},
      {"preset", config.preset},
      {"settings", settings},
  };
  if (config.own_environment) object["env_config"] = sim::ConfigToJson(*config.own_environment);
  return object.dump(2) + "\n";
}

bool RunFolder::has_run() const {
  std::error_code error;
  return fs::exists(config(), error) || fs::exists(checkpoint(), error) ||
         fs::exists(progress(), error);
}

Status RunFolder::Start(const RunConfig& config_values) const {
  if (has_run()) {
    return Error{path_.string() +
                     " already holds a run. Go on with it by --resume, or choose another --out.",
                 ErrorCode::kBadInput};
  }
  if (Status status = WriteWholeFile(config(), RunConfigText(config_values)); !status.ok()) {
    return status;
  }
  return WriteWholeFile(progress(), ProgressHeader());
}

Result<double> RunFolder::GoOn(int iteration) const {
  auto text = ReadWholeFile(progress(), kMostTextBytes);
  if (!text.ok()) return text.error();
  const std::string kept = KeepEpochs(*text, iteration);
  auto table = ParseProgress(kept, progress().string());
  if (!table.ok()) return table.error();
  if (Status status = WriteWholeFile(progress(), kept); !status.ok()) return status.error();
  const std::vector<double>& seconds = (*table)["Time"];
  return seconds.empty() ? 0.0 : seconds.back();
}

Status RunFolder::Append(const agents::IterationReport& report, double seconds) const {
  std::ofstream stream(progress(), std::ios::app);
  stream << ProgressRow(report, seconds) << std::flush;
  if (stream) return {};
  return Error{"Cannot write " + progress().string() + "; is the disk full?"};
}

Status RunFolder::Save(const agents::TrainingRun& run) const {
  const std::string bytes = run.EncodeCheckpoint();
  if (Status status = WriteWholeFile(checkpoint(), bytes); !status.ok()) return status;
  auto policy_bytes = agents::PolicyFileOf(bytes, run.spec());
  if (!policy_bytes.ok()) return policy_bytes.error();
  return WriteWholeFile(policy(), *policy_bytes);
}

}  // namespace lookout::app
