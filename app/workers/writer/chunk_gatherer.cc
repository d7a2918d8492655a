#include "app/workers/writer/chunk_gatherer.h"

#include <memory>
#include <utility>

namespace lookout::app {

void ChunkGatherer::Add(const sim::ChunkPtr& chunk, Time now, std::vector<sim::ChunkPtr>& sealed) {
  if (!gathered_.steps.empty() && !Continues(*chunk)) sealed.push_back(Seal());
  if (gathered_.steps.empty() && chunk->steps.size() == sim::kChunkSteps) {
    sealed.push_back(chunk);
    return;
  }
  StepIndex step = chunk->first_step;
  for (const sim::StepRecord& record : chunk->steps) {
    if (gathered_.steps.empty()) {
      gathered_.episode = chunk->episode;
      gathered_.first_step = step;
      gathered_.other_cost_names = chunk->other_cost_names;
      oldest_ = now;
    }
    gathered_.steps.push_back(record);
    ++step;
    if (gathered_.steps.size() == sim::kChunkSteps) sealed.push_back(Seal());
  }
}

sim::ChunkPtr ChunkGatherer::Seal() {
  if (gathered_.steps.empty()) return nullptr;
  return std::make_shared<sim::RecordingChunk>(std::exchange(gathered_, {}));
}

std::optional<ChunkGatherer::Time> ChunkGatherer::oldest() const {
  if (gathered_.steps.empty()) return std::nullopt;
  return oldest_;
}

bool ChunkGatherer::Continues(const sim::RecordingChunk& chunk) const {
  const auto next = gathered_.first_step + static_cast<StepIndex>(gathered_.steps.size());
  return chunk.episode == gathered_.episode && chunk.first_step == next &&
         chunk.other_cost_names == gathered_.other_cost_names;
}

}  // namespace lookout::app
