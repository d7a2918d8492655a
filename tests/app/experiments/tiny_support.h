// Small worlds and short trainings that experiments can be tried on.
#pragma once

#include <cstdint>
#include <filesystem>
#include <string>

#include "agents/rl/settings/settings.h"
#include "app/platform/files.h"
#include "sim/config/config.h"

namespace lookout::test {

inline sim::EnvironmentConfig ShortPointGoal1(int steps) {
  sim::EnvironmentConfig config = *sim::ConfigForId("Safexp-PointGoal1-v0");
  config.num_steps = steps;
  return config;
}

// The shipped agent of PointGoal1 that does not heed the hazards.
inline std::string CarelessPolicy() {
  return app::FindAsset("policies/pointgoal1-ppo.policy")->string();
}

// Held to a learned cost, in iterations of 600 steps.
inline agents::TrainingSettings TinyTraining(sim::RobotKind robot, std::int64_t steps) {
  agents::TrainingSettings training = *agents::SettingsPreset("fast", robot);
  training.algorithm = agents::Algorithm::kPpoLagrangian;
  training.multiplier_kind = agents::MultiplierKind::kPid;
  training.cost_source = agents::CostSource::kLearned;
  training.steps_per_iteration = 600;
  training.environments = 3;
  training.total_steps = steps;
  training.hidden = 8;
  training.minibatch = 20;
  return training;
}

inline std::string TextOf(const std::filesystem::path& file) {
  return *app::ReadWholeFile(file, 64U << 20U);
}

}  // namespace lookout::test
