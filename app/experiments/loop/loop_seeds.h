// Which seeds the episodes of a loop start from: those of training, of asking, of audits and of
// evaluations have none in common (see StudySeeds). Value types; any thread.
#pragma once

#include <cstdint>

#include "app/experiments/loop/loop_settings.h"
#include "app/experiments/study_seeds.h"

namespace lookout::app {

class LoopSeeds {
 public:
  explicit LoopSeeds(const LoopSettings& settings);

  // The first seed of a round's episodes.
  std::uint32_t asked(int round) const { return seeds_.first(round); }
  std::uint32_t audited(int round) const { return seeds_.first(rounds_ + round); }
  std::uint32_t evaluated(int round) const { return seeds_.first(2 * rounds_ + round); }
  // Seeds that each of these may take up.
  std::uint32_t each() const { return seeds_.each(); }

 private:
  int rounds_;
  StudySeeds seeds_;
};

}  // namespace lookout::app
