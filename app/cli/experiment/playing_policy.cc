#include "app/cli/experiment/playing_policy.h"

#include "app/desktop/robot_cameras.h"
#include "app/platform/files.h"
#include "app/runs/saved_policy.h"

namespace lookout::app {
namespace {

Result<std::string> PathOf(const std::string& given, const sim::EnvironmentConfig& config,
                           const std::string& algorithm) {
  if (!given.empty()) return given;
  std::string shipped = ShippedPolicy(config, algorithm);
  if (!shipped.empty()) return shipped;
  return BadInput("No policy is shipped for " + config.id + "; name one by --policy.");
}

}  // namespace

std::string ShippedPolicy(const sim::EnvironmentConfig& config, const std::string& algorithm) {
  return AssetFor("policies", sim::ShortEnvironmentName(config.id), "-" + algorithm + ".policy");
}

Result<std::string> PlayingPolicy(const std::string& given, const sim::EnvironmentConfig& config,
                                  const std::string& algorithm) {
  auto path = PathOf(given, config, algorithm);
  if (!path) return path;
  const auto saved = LoadSavedPolicy(*path, {}, RobotCameras());
  if (!saved) return saved.error();
  const auto environment = MakeEnvironment(config, RobotCameras());
  if (!environment) return environment.error();
  if (Status fits = saved->actor.origin.CheckFits((*environment)->spec(), *path); !fits) {
    return fits.error();
  }
  return path;
}

}  // namespace lookout::app
