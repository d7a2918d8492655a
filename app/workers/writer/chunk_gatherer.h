// Gathers small consecutive chunks of an episode into chunks of kChunkSteps, which compress better
// and make fewer rows. One thread.
#pragma once

#include <chrono>
#include <optional>
#include <vector>

#include "sim/recording/recording.h"

namespace lookout::app {

class ChunkGatherer {
 public:
  using Time = std::chrono::steady_clock::time_point;

  // Takes the next chunk and appends to `sealed` whatever became whole: chunks of kChunkSteps, and
  // what was gathered so far if this one does not continue it. Whole chunks pass uncopied.
  void Add(const sim::ChunkPtr& chunk, Time now, std::vector<sim::ChunkPtr>& sealed);

  // What is gathered, however short; nullptr if nothing is.
  sim::ChunkPtr Seal();

  EpisodeId episode() const { return gathered_.episode; }  // 0: nothing is gathered
  std::optional<Time> oldest() const;                      // when the first of it came

 private:
  bool Continues(const sim::RecordingChunk& chunk) const;

  sim::RecordingChunk gathered_;
  Time oldest_{};
};

}  // namespace lookout::app
