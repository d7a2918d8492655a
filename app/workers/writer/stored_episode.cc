// From the project file to what the window shows: see LoadStoredEpisode.
#include <fmt/format.h>

#include <memory>
#include <string>
#include <utility>

#include "app/workers/writer/write_queue.h"
#include "sim/engine/safety_gym.h"

namespace lookout::app {

Result<EpisodeLoaded> LoadStoredEpisode(Project& project, EpisodeId id) {
  Result<StoredEpisode> stored = project.FindEpisode(id);
  if (!stored) return stored.error();
  Result<std::vector<sim::ChunkPtr>> chunks = project.LoadSteps(id);
  if (!chunks) return chunks.error();
  if (chunks->empty()) {
    return BadInput(fmt::format("Episode {} has no recorded steps; choose another one.", id.value));
  }
  auto scene = std::make_shared<ui::EpisodeScene>();
  scene->header = std::make_shared<const sim::EpisodeHeader>(std::move(stored->header));
  const sim::SimStatePtr state = chunks->front()->steps.front().state;
  if (state == nullptr) {
    if (!scene->header->imported) {
      return BadInput(fmt::format(
          "Episode {} lacks the simulator's state that its world needs; choose another one.",
          id.value));
    }
    scene->spec = sim::SpecOfImported(*scene->header);
    return EpisodeLoaded{.scene = std::move(scene), .chunks = std::move(chunks).value()};
  }
  const Result<std::unique_ptr<sim::SafetyGym>> world =
      sim::SafetyGym::FromEpisode(scene->header->config, scene->header->setup, *state);
  if (!world) return world.error();
  scene->spec = (*world)->spec();
  scene->scene = (*world)->scene();
  scene->model = (*world)->CopyModel();
  return EpisodeLoaded{.scene = std::move(scene), .chunks = std::move(chunks).value()};
}

}  // namespace lookout::app
