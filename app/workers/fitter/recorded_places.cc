#include "app/workers/fitter/recorded_places.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "sim/environment/kinds.h"
#include "sim/recording/layout_name.h"

namespace lookout::app {
namespace {

constexpr double kNotKnown = std::numeric_limits<double>::quiet_NaN();
constexpr std::size_t kMostKnown = 64;

std::optional<std::size_t> FindObjectKind(std::string_view name) {
  for (std::size_t i = 0; i < std::size_t{sim::kSceneObjectKindCount}; ++i) {
    if (sim::SceneObjectKindName(static_cast<sim::SceneObjectKind>(i)) == name) return i;
  }
  return std::nullopt;
}

}  // namespace

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

std::shared_ptr<const agents::EpisodeFacts> EpisodeFactsCache::Of(
    const sim::EpisodeHeader& header, const std::vector<sim::ChunkPtr>& chunks) {
  Known& known = known_[header.id];
  known.used = ++uses_;
  if (known.steps != StepCount(chunks)) {
    known.steps = StepCount(chunks);
    auto facts = agents::ReadFacts(header, chunks, /*with_geometry=*/true);
    known.facts =
        facts.ok() ? std::make_shared<const agents::EpisodeFacts>(std::move(*facts)) : nullptr;
  }
  std::shared_ptr<const agents::EpisodeFacts> facts = known.facts;
  if (known_.size() > kMostKnown) {
    known_.erase(
        std::ranges::min_element(known_, {}, [](const auto& entry) { return entry.second.used; }));
  }
  return facts;
}

void RecordedPlaces::Add(const sim::EpisodeHeaderPtr& header,
                         const std::vector<sim::ChunkPtr>& chunks) {
  episodes_[header->id] = {.header = header,
                           .chunks = &chunks,
                           .layout = sim::LayoutOf(*header),
                           .asked = false,
                           .facts = nullptr};
}

std::string_view RecordedPlaces::Layout(EpisodeId episode) {
  const auto found = episodes_.find(episode);
  return found == episodes_.end() ? std::string_view() : found->second.layout;
}

agents::EpisodePlaces::Point RecordedPlaces::RobotAt(EpisodeId episode, StepIndex step) {
  const auto found = episodes_.find(episode);
  const sim::StepRecord* record =
      found == episodes_.end() ? nullptr : FindStep(*found->second.chunks, step);
  if (record == nullptr) return {kNotKnown, kNotKnown};
  return {double(record->robot_xy_m.x()), double(record->robot_xy_m.y())};
}

double RecordedPlaces::DistanceTo(EpisodeId episode, StepIndex step, std::string_view kind) {
  const auto found = episodes_.find(episode);
  const auto object = FindObjectKind(kind);
  if (found == episodes_.end() || !object) return kNotKnown;
  Recorded& recorded = found->second;
  if (!std::exchange(recorded.asked, true)) {
    recorded.facts = facts_.Of(*recorded.header, *recorded.chunks);
  }
  if (recorded.facts == nullptr || step < 0 ||
      static_cast<std::size_t>(step) >= recorded.facts->steps.size()) {
    return kNotKnown;
  }
  return recorded.facts->steps[static_cast<std::size_t>(step)].distance_m[*object];
}

}  // namespace lookout::app
