// Gathers an episode's steps and seals them into immutable chunks, soon enough that the window's
// recording is never more than a frame behind. One thread.
#pragma once

#include <functional>
#include <vector>

#include "app/workers/runtime/steady_time.h"
#include "sim/recording/recording.h"

namespace lookout::app {

class ChunkWriter {
 public:
  // A step waits at most this long for company.
  static constexpr std::chrono::milliseconds kMaxAge{16};

  explicit ChunkWriter(std::function<void(sim::ChunkPtr)> post);

  // Seals what is pending; then steps belong to `episode`, from its step 0.
  void Begin(EpisodeId episode);
  // Appends the episode's next step; seals at sim::kChunkSteps.
  void Append(const sim::StepRecord& step, SteadyTime now);
  // Seals what is pending, if anything.
  void Flush();
  void FlushIfOld(SteadyTime now);
  bool pending() const { return !pending_.empty(); }

 private:
  std::function<void(sim::ChunkPtr)> post_;
  EpisodeId episode_;
  StepIndex first_step_ = 0;
  std::vector<sim::StepRecord> pending_;  // capacity kept; chunks get exact-sized vectors
  SteadyTime oldest_;
};

}  // namespace lookout::app
