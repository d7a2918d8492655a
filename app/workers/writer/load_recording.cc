#include "app/workers/writer/load_recording.h"

#include <fmt/format.h>

#include <memory>
#include <utility>
#include <vector>

#include "sim/engine/safety_gym.h"

namespace lookout::app {

Result<Recording> LoadRecording(Project& project, EpisodeId id) {
  Result<StoredEpisode> stored = project.FindEpisode(id);
  if (!stored) return stored.error();
  Result<std::vector<sim::ChunkPtr>> chunks = project.LoadSteps(id);
  if (!chunks) return chunks.error();
  if (chunks->empty()) {
    return BadInput(fmt::format("Episode {} has no recorded steps; choose another one.", id.value));
  }
  return Recording{.header = std::make_shared<const sim::EpisodeHeader>(std::move(stored->header)),
                   .chunks = std::move(chunks).value()};
}

Result<EpisodeLoaded> ReadyToShow(Recording recording) {
  std::vector<sim::ChunkPtr>& chunks = recording.chunks;
  auto scene = std::make_shared<ui::EpisodeScene>();
  scene->header = std::move(recording.header);
  const sim::SimStatePtr state = chunks.front()->steps.front().state;
  if (state == nullptr) {
    if (!scene->header->imported) {
      return BadInput(fmt::format(
          "Episode {} lacks the simulator's state that its world needs; choose another one.",
          scene->header->id.value));
    }
    scene->spec = sim::SpecOfImported(*scene->header);
    return EpisodeLoaded{.scene = std::move(scene), .chunks = std::move(chunks)};
  }
  const Result<std::unique_ptr<sim::SafetyGym>> world =
      sim::SafetyGym::FromEpisode(scene->header->config, scene->header->setup, *state);
  if (!world) return world.error();
  scene->spec = (*world)->spec();
  scene->scene = (*world)->scene();
  scene->model = (*world)->CopyModel();
  return EpisodeLoaded{.scene = std::move(scene), .chunks = std::move(chunks)};
}

}  // namespace lookout::app
