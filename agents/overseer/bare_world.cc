#include "agents/overseer/bare_world.h"

#include <limits>

namespace lookout::agents {

bool CanBeGuessed(const sim::EnvironmentConfig& config) {
  const sim::Robot& robot = sim::DescriptorOf(config.robot_base);
  return robot.braking.astray_m >= 0.0 && config.action_noise == 0.0 &&
         config.frameskip_binom_p == 1.0;
}

Result<std::unique_ptr<sim::SafetyGym>> MakeBareWorld(const sim::EnvironmentConfig& config) {
  sim::EnvironmentConfig bare;
  bare.id = config.id;
  bare.robot_base = config.robot_base;
  bare.timestep_s = config.timestep_s;
  bare.frameskip_binom_n = config.frameskip_binom_n;
  bare.task = sim::Task::kNone;
  bare.observe_sensors = false;
  bare.observe_com = true;  // something has to be
  bare.num_steps = std::numeric_limits<int>::max();
  auto gym = sim::SafetyGym::Create(bare);
  if (!gym) return gym.error();
  if (Status status = (*gym)->Reset(0); !status) return status.error();
  return gym;
}

}  // namespace lookout::agents
