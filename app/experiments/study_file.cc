#include "app/experiments/study_file.h"

#include <filesystem>
#include <utility>

#include "agents/rl/runs/checkpoint.h"
#include "app/platform/files.h"
#include "sim/base/fingerprint.h"
#include "sim/config/config_file.h"
#include "sim/config/json_text.h"

namespace lookout::app {
namespace {

constexpr std::size_t kMostBytes = std::size_t{256} << 20U;

}  // namespace

nlohmann::ordered_json SubjectJson(const sim::EnvironmentConfig& environment,
                                   const std::string& policy, const std::string& annotator) {
  nlohmann::ordered_json json{
      {"environment", environment.id},
      {"configuration", sim::ParseJsonText(sim::ConfigText(environment)).value}};
  if (!policy.empty()) {
    const std::filesystem::path path(policy);
    const bool is_run = std::filesystem::is_directory(path);
    json["policy"] = path.filename().string();
    const auto bytes = ReadWholeFile(is_run ? path / agents::kPolicyFileName : path, kMostBytes);
    json["policy_fingerprint"] = bytes ? Fingerprint(*bytes) : std::string();
  }
  json["annotator"] = annotator;
  return json;
}

Result<nlohmann::json> OpenStudyFile(const std::string& text,
                                     const nlohmann::ordered_json& settings,
                                     const std::string& file, const std::string& what) {
  auto [json, problem] = sim::ParseJsonText(text);
  if (!problem.empty()) return DamagedStudyFile(file, "it " + problem);
  if (!json.is_object() || !json.contains("settings") || !json["settings"].is_object()) {
    return BadInput(file + " is not " + what + "; remove it, or give --out another folder.");
  }
  if (json["settings"] != nlohmann::json(settings)) {
    return BadInput(file +
                    " was made with other settings; give --out another folder, or the settings of "
                    "before.");
  }
  return std::move(json);
}

Error DamagedStudyFile(const std::string& file, const std::string& cause) {
  return BadInput(file + " is damaged: " + cause + ". Remove it, and what it held is made again.");
}

}  // namespace lookout::app
