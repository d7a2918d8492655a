// Which seeds the episodes of a loop start from: those of training, of asking, of audits and of
// evaluations have none in common. Value types; any thread.
#pragma once

#include <cstdint>

#include "app/experiments/loop/loop_settings.h"

namespace lookout::app {

// Those of asking, audits and evaluations lie one after the other, beyond ten million and at a
// place that the training's seed gives; all of it is moved on where training would get there.
class LoopSeeds {
 public:
  explicit LoopSeeds(const LoopSettings& settings);

  // The first seed of a round's episodes.
  std::uint32_t asked(int round) const { return At(0, round); }
  std::uint32_t audited(int round) const { return At(1, round); }
  std::uint32_t evaluated(int round) const { return At(2, round); }
  // Seeds that each of these may take up.
  std::uint32_t each() const { return each_; }

 private:
  std::uint32_t At(int purpose, int round) const;

  std::uint32_t rounds_;
  std::uint32_t each_;
  std::uint32_t first_ = 0;
};

}  // namespace lookout::app
