#include "sim/engine/step_duration.h"

#include <charconv>
#include <string_view>

#include "sim/base/check.h"
#include "sim/config/embedded_assets.h"
#include "sim/robots/robots.h"

namespace lookout::sim {
namespace {

// As it stands in the robot's file: <option timestep="0.002"/>.
double SubstepOf(RobotKind robot) {
  constexpr std::string_view kOption = "<option timestep=\"";
  const std::string_view file = EmbeddedRobotMjcf(RobotName(robot));
  const std::size_t option = file.find(kOption);
  LOOKOUT_CHECK(option != std::string_view::npos, "a robot's file says how long a substep is");
  const char* const begin = file.data() + option + kOption.size();
  double substep_s = 0.0;
  std::from_chars(begin, file.data() + file.size(), substep_s);
  LOOKOUT_CHECK(substep_s > 0.0, "a substep takes time");
  return substep_s;
}

}  // namespace

double StepDurationOf(const EnvironmentConfig& config) {
  const double substep_s = config.timestep_s ? *config.timestep_s : SubstepOf(config.robot_base);
  return substep_s * config.frameskip_binom_n;
}

}  // namespace lookout::sim
