// What a safe script costs under a cost model: below that no limit can be met in practice. Any
// thread.
#pragma once

#include <string>

#include "agents/rl/settings/training_settings.h"
#include "sim/base/result.h"

namespace lookout::agents {

// Per episode, as training with some settings would count it.
struct LimitFloor {
  std::string script;  // that costs least: "doing nothing", "the careful script"
  int episodes = 0;    // that it played
  double cost = 0.0;   // their mean
  double low = 0.0;    // of its 95 % interval over episodes
  double high = 0.0;
};

// Whether a run with these settings is held to a limit on what a model predicts.
bool LimitsLearnedCost(const TrainingSettings& settings);

// Whether an episode costs the same under both settings, so that they have the same floor.
bool CountCostsAlike(const TrainingSettings& a, const TrainingSettings& b);

// "Under the cost model an episode of doing nothing costs 272.0 [251.3, 290.8] (10 episodes)."
std::string FloorText(const LimitFloor& floor);

// Rejects (kBadInput) a limit that lies below the whole interval, with the reason and the ways out.
Status CheckLimit(const LimitFloor& floor, double limit);

}  // namespace lookout::agents
