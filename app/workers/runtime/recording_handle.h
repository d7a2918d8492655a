// A recorded episode as a request names it. What waits to be worked on holds no steps itself: they
// are taken from memory while somebody else holds them there, else read from the project. Values;
// any thread.
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <vector>

#include "sim/recording/recording.h"

namespace lookout::app {

struct Recording {
  sim::EpisodeHeaderPtr header;
  std::vector<sim::ChunkPtr> chunks;  // in order from step 0
};

// Reads an episode from the project, and waits for it: not for the window's thread. Refuses what is
// not there or cannot be read.
using RecordingLoader = std::function<Result<Recording>(EpisodeId)>;

class RecordingHandle {
 public:
  // Of an episode that nobody has in memory; steps: how many are recorded, the reset included.
  RecordingHandle(EpisodeId id, StepIndex steps) : id_(id), steps_(steps) {}
  // Of one that somebody holds, as far as it has come.
  RecordingHandle(const sim::EpisodeHeaderPtr& header, const std::vector<sim::ChunkPtr>& chunks);

  EpisodeId id() const { return id_; }
  StepIndex steps() const { return steps_; }
  // What is in memory; nothing if anybody has let go of any of it.
  std::optional<Recording> Recall() const;

 private:
  EpisodeId id_;
  StepIndex steps_ = 0;
  std::weak_ptr<const sim::EpisodeHeader> header_;
  std::vector<std::weak_ptr<const sim::RecordingChunk>> chunks_;
};

// From memory, or by `load`; refuses as that does, and where it is empty. What was loaded may have
// more steps than the handle knew of.
Result<Recording> Fetch(const RecordingHandle& handle, const RecordingLoader& load);

// How many steps there are, the reset included.
StepIndex StepCount(const std::vector<sim::ChunkPtr>& chunks);
// The recorded step; null if there is none. chunks: in order from step 0.
const sim::StepRecord* FindStep(const std::vector<sim::ChunkPtr>& chunks, StepIndex step);

}  // namespace lookout::app
