// The headless demonstration: the whole loop with nobody there and no display. An agent plays, a
// simulated annotator marks, the model learns the cost, the agent trains on it; everything is left
// in a folder. Drives the same workspace and the same window as a person does.
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <string>

#include "sim/base/result.h"

namespace lookout::app {

struct DemoOptions {
  std::filesystem::path out;  // a new or empty folder
  std::string environment = "Safexp-PointGoal1-v0";
  std::uint32_t seed = 0;
  int marked_episodes = 12;     // played and marked before the fit
  int measured_episodes = 200;  // per agent, of seeds that nothing else has seen
  std::int64_t train_steps = 1'800'000;
  double cost_limit = 25.0;       // per episode, of the learned cost and of the control's true cost
  double annotator_error = 0.05;  // of the simulated annotator, misses and false alarms alike
  bool video = true;
  int width = 1280;  // of the window
  int height = 720;
};

// Plays it, telling `say` a line at every stage. Leaves workspace.lookout, five screenshots, a
// video (or its frames as Motion JPEG) and summary.json in `out`.
Status RunDemo(const DemoOptions& options, const std::function<void(const std::string&)>& say);

}  // namespace lookout::app
