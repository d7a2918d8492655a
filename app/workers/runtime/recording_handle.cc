#include "app/workers/runtime/recording_handle.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <utility>

namespace lookout::app {

RecordingHandle::RecordingHandle(const sim::EpisodeHeaderPtr& header,
                                 const std::vector<sim::ChunkPtr>& chunks)
    : id_(header->id),
      steps_(StepCount(chunks)),
      header_(header),
      chunks_(chunks.begin(), chunks.end()) {}

std::optional<Recording> RecordingHandle::Recall() const {
  Recording recording{.header = header_.lock(), .chunks = {}};
  if (recording.header == nullptr) return std::nullopt;
  recording.chunks.reserve(chunks_.size());
  for (const auto& held : chunks_) {
    sim::ChunkPtr chunk = held.lock();
    if (chunk == nullptr) return std::nullopt;
    recording.chunks.push_back(std::move(chunk));
  }
  return recording;
}

Result<Recording> Fetch(const RecordingHandle& handle, const RecordingLoader& load) {
  if (std::optional<Recording> recalled = handle.Recall()) return *std::move(recalled);
  if (!load) {
    return BadInput(fmt::format("Episode {} is no longer in memory.", handle.id().value));
  }
  return load(handle.id());
}

StepIndex StepCount(const std::vector<sim::ChunkPtr>& chunks) {
  if (chunks.empty()) return 0;
  return chunks.back()->first_step + static_cast<StepIndex>(chunks.back()->steps.size());
}

const sim::StepRecord* FindStep(const std::vector<sim::ChunkPtr>& chunks, StepIndex step) {
  const auto after = std::upper_bound(
      chunks.begin(), chunks.end(), step,
      [](StepIndex wanted, const sim::ChunkPtr& chunk) { return wanted < chunk->first_step; });
  if (after == chunks.begin()) return nullptr;
  const sim::RecordingChunk& chunk = **std::prev(after);
  const StepIndex offset = step - chunk.first_step;
  if (offset >= static_cast<StepIndex>(chunk.steps.size())) return nullptr;
  return &chunk.steps[static_cast<std::size_t>(offset)];
}

}  // namespace lookout::app
