#include "sim/conformance/recording_fit.h"

#include <fmt/format.h>

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

}  // namespace

std::string MisfitOf(const RecordedCase& recorded, const EnvironmentSpec& spec) {
  for (const RecordedEpisode& episode : recorded.episodes) {
    std::string misfit = Differing("observations", episode.reset.observation.size(),
                                   "environment gives", spec.observation_dim);
    if (misfit.empty() && !episode.steps.empty()) {
      misfit = ActionMisfit(episode.steps.front().action, spec);
    }
    if (!misfit.empty()) return misfit;
  }
  const bool raises_in_step = recorded.raise && !recorded.raise->at_reset;
  return raises_in_step ? ActionMisfit(recorded.raise->action, spec) : "";
}

std::string MisfitOf(const RecordedReset& reset, const SimState& state) {
  const std::string misfit =
      Differing("positions", reset.qpos.size(), "world has", state.qpos.size());
  if (!misfit.empty()) return misfit;
  return Differing("velocities", reset.qvel.size(), "world has", state.qvel.size());
}

}  // namespace lookout::sim
