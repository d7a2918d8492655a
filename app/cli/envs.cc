// lookout envs: which environments there are, and what one is made of.
#include <fmt/format.h>

#include <algorithm>
#include <cstdio>
#include <memory>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "app/cli/commands.h"
#include "app/cli/support/fail.h"
#include "app/desktop/robot_cameras.h"
#include "sim/config/config_file.h"
#include "sim/config/suite.h"
#include "sim/engine/safety_gym.h"
#include "sim/objects/object_kinds.h"

namespace lookout::app {
namespace {

using nlohmann::json;
using nlohmann::ordered_json;

struct EnvsOptions {
  std::string environment;  // an id or a file; empty: all that are registered
  bool json = false;
};

// What stands in a world beside the robot.
struct Population {
  const sim::ObjectKind& kind;
  int count;
  std::string_view name() const { return kind.is_single ? kind.one : kind.many; }
};

std::vector<Population> PopulationOf(const sim::EnvironmentConfig& config) {
  std::vector<Population> population;
  for (const sim::SceneObjectKind object : sim::AllObjectKinds()) {
    const sim::ObjectKind& kind = sim::DescriptorOf(object);
    const int count = kind.shape == nullptr ? 0 : kind.count(config);  // all but the robot
    if (count > 0) population.push_back({kind, count});
  }
  return population;
}

// The kinds that cost something, by the names that their options have.
std::vector<std::string_view> ConstraintsOf(const sim::EnvironmentConfig& config) {
  std::vector<std::string_view> constraints;
  for (const sim::SceneObjectKind object : sim::AllObjectKinds()) {
    const sim::ObjectKind& kind = sim::DescriptorOf(object);
    const auto charged = [&](const sim::CostRule& rule) { return rule.charged(config); };
    if (std::ranges::any_of(kind.costs, charged)) constraints.push_back(kind.option);
  }
  return constraints;
}

std::string TaskName(const sim::EnvironmentConfig& config) {
  return sim::ConfigToJson(config).at("task").get<std::string>();
}

// "goal, 8 hazards, 1 vase"
std::string Listed(const std::vector<Population>& population) {
  std::string text;
  for (const auto& [kind, count] : population) {
    if (!text.empty()) text += ", ";
    if (!kind.is_single) text += fmt::format("{} ", count);
    text += count == 1 ? kind.one : kind.many;
  }
  return text.empty() ? "none" : text;
}

std::string Listed(const std::vector<std::string_view>& names) {
  std::string text;
  for (const std::string_view name : names) text += (text.empty() ? "" : ", ") + std::string(name);
  return text.empty() ? "none" : text;
}

void PrintRow(const sim::RegisteredEnvironment& environment, const sim::EnvironmentSpec& spec) {
  const sim::EnvironmentConfig& config = environment.config;
  std::printf("%-25s %-6s %-7s %-6s %5d %4d  %-29s %s\n", environment.id.c_str(),
              environment.robot.c_str(), TaskName(config).c_str(),
              environment.level.empty() ? "-" : environment.level.c_str(), spec.observation_dim,
              spec.action_dim, Listed(ConstraintsOf(config)).c_str(),
              Listed(PopulationOf(config)).c_str());
}

ordered_json RowAsJson(const sim::RegisteredEnvironment& environment,
                       const sim::EnvironmentSpec& spec) {
  ordered_json objects = ordered_json::object();
  for (const Population& population : PopulationOf(environment.config)) {
    objects[std::string(population.name())] = population.count;
  }
  return {{"id", environment.id},
          {"robot", environment.robot},
          {"task", TaskName(environment.config)},
          {"level", environment.level},
          {"objects", objects},
          {"constraints", ConstraintsOf(environment.config)},
          {"observation_size", spec.observation_dim},
          {"action_size", spec.action_dim}};
}

Status ListAll(bool as_json) {
  ordered_json rows = ordered_json::array();
  if (!as_json) {
    std::printf("%-25s %-6s %-7s %-6s %5s %4s  %-29s %s\n", "id", "robot", "task", "level", "obs.",
                "act.", "constraints", "objects");
  }
  for (const sim::RegisteredEnvironment& environment : sim::RegisteredEnvironments()) {
    const auto gym = sim::SafetyGym::Create(environment.config);
    if (!gym) return gym.error();
    if (as_json) {
      rows.push_back(RowAsJson(environment, (*gym)->spec()));
    } else {
      PrintRow(environment, (*gym)->spec());
    }
  }
  if (as_json) std::printf("%s\n", rows.dump(2).c_str());
  return {};
}

// The options in which a configuration differs from Engine's defaults.
void PrintChangedOptions(const sim::EnvironmentConfig& config) {
  const json defaults = sim::ConfigToJson({});
  std::printf("\noptions that are not Engine's defaults\n");
  const json options = sim::ConfigToJson(config);
  for (const auto& [name, value] : options.items()) {
    if (!defaults.contains(name) || defaults[name] != value) {
      std::printf("  %-26s %s\n", name.c_str(), value.dump().c_str());
    }
  }
}

void PrintOne(const sim::EnvironmentConfig& config, const sim::EnvironmentSpec& spec) {
  std::printf("%s\n  task         %s\n  objects      %s\n  constraints  %s\n", spec.id.c_str(),
              TaskName(config).c_str(), Listed(PopulationOf(config)).c_str(),
              Listed(ConstraintsOf(config)).c_str());
  std::printf("  episode      %d steps of %g s\n  action       %d values in [-1, 1]\n",
              spec.max_episode_steps, spec.step_duration_s, spec.action_dim);
  std::printf("\nobservation, %d values\n", spec.observation_dim);
  for (const sim::ObservationEntry& entry : spec.observation_entries) {
    std::printf("  %5d  %-26s %d\n", entry.offset, entry.key.c_str(), entry.size);
  }
  PrintChangedOptions(config);
}

// A configuration that was read is only good if a first episode can start in it.
Status ShowOne(const EnvsOptions& options) {
  const Result<sim::EnvironmentConfig> config = sim::LoadConfig(options.environment);
  if (!config) return config.error();
  const auto gym = sim::SafetyGym::Create(*config, RobotCameras());
  if (!gym) return gym.error();
  if (Status status = (*gym)->Reset(config->seed.value_or(0)); !status) return status;
  if (options.json) {
    std::printf("%s\n", sim::ConfigToJson(*config).dump(2).c_str());
  } else {
    PrintOne(*config, (*gym)->spec());
  }
  return {};
}

}  // namespace

void AddEnvsCommand(CLI::App& app, int& exit_code) {
  auto options = std::make_shared<EnvsOptions>();
  CLI::App* command =
      app.add_subcommand("envs", "List the environments, or show one and its options.");
  command->add_option("env", options->environment,
                      "Id of an environment, or a configuration file (JSON) to check.");
  command->add_flag("--json", options->json,
                    "As JSON; of one environment, its complete configuration.");
  command->callback([options, &exit_code] {
    const Status shown = options->environment.empty() ? ListAll(options->json) : ShowOne(*options);
    if (!shown) exit_code = Fail(shown.error());
  });
}

}  // namespace lookout::app
