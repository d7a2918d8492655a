#include "sim/conformance/recording_fit.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "sim/config/json_value.h"

namespace lookout::sim {
namespace {

std::string Differing(const char* what, Eigen::Index recorded, const char* who,
                      Eigen::Index expected) {
  if (recorded == expected) return "";
  return fmt::format("{} have {} components, the {} {}", what, recorded, who, expected);
}

std::string ActionMisfit(const Eigen::VectorXd& action, const EnvironmentSpec& spec) {
  return Differing("actions", action.size(), "robot takes", spec.action_dim);
}

std::string Both(const std::string& first, const std::string& second) {
  return first + (first.empty() || second.empty() ? "" : "; ") + second;
}

// All steps have actions of one size, which a recording without any step does not tell.
std::string ActionMisfit(const RecordedCase& recorded, const EnvironmentSpec& spec) {
  for (const RecordedEpisode& episode : recorded.episodes) {
    if (!episode.steps.empty()) return ActionMisfit(episode.steps.front().action, spec);
  }
  const bool raises_in_step = recorded.raise && !recorded.raise->at_reset;
  return raises_in_step ? ActionMisfit(recorded.raise->action, spec) : "";
}

}  // namespace

std::string MisfitOf(const RecordedCase& recorded, const EnvironmentSpec& spec) {
  std::string observations;
  if (!recorded.episodes.empty()) {
    observations = Differing("observations", recorded.episodes.front().reset.observation.size(),
                             "environment gives", spec.observation_dim);
  }
  return Both(ActionMisfit(recorded, spec), observations);
}

std::string MisfitOf(const RecordedReset& reset, const SimState& state) {
  const std::string misfit =
      Differing("positions", reset.qpos.size(), "world has", state.qpos.size());
  if (!misfit.empty()) return misfit;
  return Differing("velocities", reset.qvel.size(), "world has", state.qvel.size());
}

std::string RobotContradiction(const RecordedCase& header) {
  const std::string_view base = ChoiceName(header.config.robot_base);
  if (base != fmt::format("xmls/{}.xml", header.robot)) {
    return fmt::format("the robot is {}, but the configuration has {}",
                       Excerpt(nlohmann::json(header.robot)), base);
  }
  const Result<EnvironmentConfig> known = ConfigForId(header.environment);
  if (!known || known->robot_base == header.config.robot_base) return "";
  return fmt::format("the robot of {} is {}, but the configuration has {}", header.environment,
                     ChoiceName(known->robot_base), base);
}

}  // namespace lookout::sim
