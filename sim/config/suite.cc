#include "sim/config/suite.h"

#include <nlohmann/json.hpp>

#include "sim/base/nearest_name.h"
#include "sim/config/embedded_assets.h"
#include "sim/config/json_text.h"

namespace lookout::sim {
namespace {

using nlohmann::json;

// Our own file: an option that is refused is our bug.
void Change(EnvironmentConfig& config, const json& part) {
  Result<EnvironmentConfig> changed = ChangeConfig(part.at("options"), config);
  LOOKOUT_CHECK(changed.ok(), changed.ok() ? "" : changed.error().message.c_str());
  config = std::move(*changed);
}

// What the group and the family share comes first; then the robot's settings, which yield to the
// level's.
void Register(const json& suite, const json& robot, const json& group, const json& family,
              std::vector<RegisteredEnvironment>& environments) {
  for (const json& level : family.at("levels")) {
    RegisteredEnvironment environment{.group = group.at("prefix"),
                                      .robot = robot.at("name"),
                                      .family = family.at("name"),
                                      .level = level.at("name")};
    environment.id = environment.group + "-" + environment.robot + environment.family +
                     environment.level + "-" + suite.at("version").get<std::string>();
    environment.config.id = environment.id;
    for (const json* part : {&group, &family, &robot, &level}) Change(environment.config, *part);
    environments.push_back(std::move(environment));
  }
}

std::vector<RegisteredEnvironment> ReadSuite() {
  const json suite = ParseJsonText(EmbeddedSuite()).value;
  std::vector<RegisteredEnvironment> environments;
  for (const json& robot : suite.at("robots")) {
    for (const json& group : suite.at("groups")) {
      for (const json& family : group.at("families")) {
        Register(suite, robot, group, family, environments);
      }
    }
  }
  return environments;
}

}  // namespace

const std::vector<RegisteredEnvironment>& RegisteredEnvironments() {
  static const std::vector<RegisteredEnvironment> environments = ReadSuite();
  return environments;
}

std::vector<std::string> EnvironmentIds() {
  std::vector<std::string> ids;
  for (const RegisteredEnvironment& environment : RegisteredEnvironments()) {
    ids.push_back(environment.id);
  }
  return ids;
}

Result<EnvironmentConfig> ConfigForId(std::string_view id) {
  const bool is_short = id.find('-') == std::string_view::npos;
  std::vector<std::string> names;
  for (const RegisteredEnvironment& environment : RegisteredEnvironments()) {
    names.push_back(is_short ? environment.short_name() : environment.id);
    if (names.back() == id) return environment.config;
  }
  const std::string shown(id.substr(0, 80));
  return BadInput("There is no environment \"" + shown + "\"." + DidYouMean(id, names, 3) +
                  " 'lookout envs' lists them all.");
}

}  // namespace lookout::sim
