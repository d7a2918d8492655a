#include "app/workers/player/chunk_writer.h"

#include <iterator>
#include <memory>
#include <utility>

#include "sim/base/check.h"

namespace lookout::app {

ChunkWriter::ChunkWriter(std::function<void(sim::ChunkPtr)> post) : post_(std::move(post)) {
  pending_.reserve(sim::kChunkSteps);
}

void ChunkWriter::Begin(EpisodeId episode) {
  Flush();
  episode_ = episode;
  first_step_ = 0;
}

void ChunkWriter::Append(const sim::StepRecord& step, SteadyTime now) {
  LOOKOUT_CHECK(episode_, "a step without an episode");
  if (pending_.empty()) oldest_ = now;
  pending_.push_back(step);
  if (pending_.size() >= sim::kChunkSteps) Flush();
}

void ChunkWriter::FlushIfOld(SteadyTime now) {
  if (pending() && now - oldest_ >= kMaxAge) Flush();
}

void ChunkWriter::Flush() {
  if (pending_.empty()) return;
  auto chunk = std::make_shared<sim::RecordingChunk>();
  chunk->episode = episode_;
  chunk->first_step = first_step_;
  chunk->steps.assign(std::make_move_iterator(pending_.begin()),
                      std::make_move_iterator(pending_.end()));
  first_step_ += static_cast<StepIndex>(pending_.size());
  pending_.clear();
  post_(std::move(chunk));
}

}  // namespace lookout::app
