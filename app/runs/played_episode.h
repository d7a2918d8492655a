// What an episode that was played came to, and the mean and spread of such numbers. Any thread.
#pragma once

#include <cstdint>
#include <span>
#include <string>

#include "sim/environment/environment.h"

namespace lookout::app {

struct PlayedEpisode {
  std::uint32_t seed = 0;  // with which Reset starts this episode again
  int steps = 0;
  int goals_met = 0;
  double total_reward = 0.0;  // the return
  sim::Costs costs;           // sums over the episode
  sim::EpisodeStatus status = sim::EpisodeStatus::kRunning;

  std::string refusal;  // why it could not be started; empty: it was played

  void Add(const sim::StepResult& step);
};

// Of a sample.
struct Spread {
  double mean = 0.0;       // NaN if the sample is empty
  double deviation = 0.0;  // the sample's standard deviation, 0 for fewer than two values
};
// The mean of equal whole numbers is exactly that number.
Spread SpreadOf(std::span<const double> values);

}  // namespace lookout::app
