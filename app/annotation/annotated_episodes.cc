#include "app/annotation/annotated_episodes.h"

#include <fmt/format.h>

#include <set>
#include <string>
#include <utility>

namespace lookout::app {

Result<std::vector<AnnotatedEpisode>> LoadAnnotatedEpisodes(Project& project,
                                                            std::span<const std::int64_t> ids,
                                                            bool with_geometry) {
  const auto stored = project.Episodes();
  if (!stored) return stored.error();
  std::set<std::int64_t> wanted(ids.begin(), ids.end());
  std::vector<AnnotatedEpisode> episodes;
  for (const StoredEpisode& episode : *stored) {
    const EpisodeId id = episode.header.id;
    if (!ids.empty() && wanted.erase(id.value) == 0) continue;
    auto chunks = project.LoadSteps(id);
    if (!chunks) return chunks.error();
    auto facts = agents::ReadFacts(episode.header, *chunks, with_geometry);
    if (!facts) return facts.error();
    AnnotatedEpisode& loaded = episodes.emplace_back();
    loaded.header = episode.header;
    loaded.chunks = std::move(chunks).value();
    loaded.facts = std::move(facts).value();
    for (const sim::ChunkPtr& chunk : loaded.chunks) {
      for (const sim::StepRecord& step : chunk->steps) loaded.steps.push_back(&step);
    }
  }
  const std::string file = project.path().string();
  if (!wanted.empty()) {
    return BadInput(
        fmt::format("--episodes: there is no episode {} in {}; leave the option out for all.",
                    *wanted.begin(), file));
  }
  if (episodes.empty())
    return BadInput("There are no episodes in " + file + "; record some first.");
  return episodes;
}

}  // namespace lookout::app
