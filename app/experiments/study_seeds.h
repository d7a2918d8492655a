// Which seeds the episodes of an experiment start from: those of its purposes and those of training
// have none in common. Value types; any thread.
#pragma once

#include <cstdint>

#include "agents/rl/settings/training_settings.h"

namespace lookout::app {

// Those of the purposes lie one after the other, beyond ten million and at a place that the
// training's seed gives; all of it is moved on where training would get there.
class StudySeeds {
 public:
  // most_episodes: that any of the purposes plays. Seeds from which no episode starts are passed
  // over (see PlayStudyEpisodes), so that each may take up twice as many.
  StudySeeds(const agents::TrainingSettings& training, int purposes, int most_episodes);

  // The first seed of a purpose's episodes.
  std::uint32_t first(int purpose) const {
    return first_ + static_cast<std::uint32_t>(purpose) * each_;
  }
  // Seeds that each of these may take up.
  std::uint32_t each() const { return each_; }

 private:
  std::uint32_t each_;
  std::uint32_t first_ = 0;
};

}  // namespace lookout::app
