#include "app/cli/inspect/explain_options.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

#include "app/cli/support/open_project.h"
#include "app/desktop/robot_cameras.h"
#include "sim/engine/safety_gym.h"

namespace lookout::app {

Result<std::unique_ptr<Project>> ProjectOf(const ExplainOptions& options) {
  if (options.project.empty()) return std::unique_ptr<Project>();
  return OpenExistingProject(options.project, ProjectAccess::kReadOnly);
}

Result<ExplainedMoment> FindMoment(const ExplainOptions& options, Project* project,
                                   const agents::KeepGoing& going) {
  if (options.episode > 0) {
    return RecordedMoment(*project, EpisodeId{options.episode}, options.step, RobotCameras());
  }
  PolicyChoice choice = options.choice;
  if (choice.policy.empty()) choice.policy = "goto";
  const auto config = EnvironmentFor(choice);
  if (!config) return config.error();
  const auto world = sim::SafetyGym::Create(*config, RobotCameras());
  if (!world) return world.error();
  const auto policy = ReadPolicy(choice, *config, (*world)->spec());
  if (!policy) return policy.error();
  return PlayTo(options.step, *config, **policy, options.seed, RobotCameras(), going);
}

std::string MomentText(const ExplainedMoment& moment) {
  const std::string seed = fmt::format("seed {}", moment.seed);
  const std::string episode =
      moment.episode ? fmt::format("episode {} ({})", moment.episode.value, seed) : seed;
  return fmt::format("{}, step {} of {}", episode, moment.step, moment.agent);
}

nlohmann::ordered_json MomentToJson(const ExplainedMoment& moment) {
  using nlohmann::ordered_json;
  return {{"environment", moment.world->spec().id},
          {"agent", moment.agent},
          {"seed", moment.seed},
          {"episode", moment.episode ? ordered_json(moment.episode.value) : ordered_json()},
          {"step", moment.step},
          {"rule_cost", moment.rule_cost}};
}

}  // namespace lookout::app
