// What agents are called by the settings that they were trained with. Any thread.
#pragma once

#include <string>

namespace lookout::agents {

struct TrainingSettings;

// What to call such an agent where several are shown together: "PPO-Lagrangian, pid multiplier,
// cost learned, from pointgoal1-ppo". What is usual is left out.
std::string AgentLabel(const TrainingSettings& settings);
// The same for narrow places: "PPO-Lag, pid, cost learned".
std::string ShortAgentLabel(const TrainingSettings& settings);

}  // namespace lookout::agents
