#include "app/project/environments_json.h"

#include <nlohmann/json.hpp>
#include <utility>

#include "sim/config/json_text.h"

namespace lookout::app {
namespace {

using nlohmann::json;

Result<sim::EnvironmentConfig> EnvironmentFrom(const json& entry) {
  const bool whole = entry.is_object() && entry.contains("name") && entry["name"].is_string() &&
                     entry.contains("config");
  if (!whole) {
    return BadInput(
        "The project's own environments cannot be read (one has no name or no options); drop their "
        "files on the window again.");
  }
  const std::string& name = entry["name"].get_ref<const std::string&>();
  Result<sim::EnvironmentConfig> config = sim::ParseConfig(entry["config"], name);
  if (config) return config;
  return BadInput("The project's environment \"" + name.substr(0, 80) +
                  "\": " + config.error().message);
}

}  // namespace

std::string EncodeEnvironments(const std::vector<sim::EnvironmentConfig>& environments) {
  json list = json::array();
  for (const sim::EnvironmentConfig& environment : environments) {
    list.push_back({{"name", environment.id}, {"config", sim::ConfigToJson(environment)}});
  }
  return list.dump(-1, ' ', false, json::error_handler_t::replace);
}

Result<std::vector<sim::EnvironmentConfig>> DecodeEnvironments(std::string_view text) {
  const json list = sim::ParseJsonText(text).value;
  if (!list.is_array()) {
    return BadInput(
        "The project's own environments cannot be read (no JSON list); drop their files on the "
        "window again.");
  }
  std::vector<sim::EnvironmentConfig> environments;
  for (const json& entry : list) {
    Result<sim::EnvironmentConfig> environment = EnvironmentFrom(entry);
    if (!environment) return environment.error();
    environments.push_back(std::move(*environment));
  }
  return environments;
}

}  // namespace lookout::app
