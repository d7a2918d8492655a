#include "app/workspace/fit_material.h"

#include <set>
#include <utility>

namespace lookout::app {

bool FitMaterial::Show(const ui::EpisodeTrack* track) {
  if (track == nullptr || track->id() == episode_) return false;
  const bool first = !std::exchange(episode_, track->id());
  ObservationShown shown{track->header().config.id, track->scene().spec.signature()};
  const bool same = shown.environment == shown_.environment && shown.signature == shown_.signature;
  if (same && !first) return false;
  shown_ = std::move(shown);
  return true;
}

FitRequest FitMaterial::Request(const agents::MarkSet& marks, const ui::EpisodeStore& episodes,
                                std::vector<EpisodeId>& absent) const {
  FitRequest request{.environment = shown_.environment,
                     .marks = {},
                     .episodes = {},
                     .signature = shown_.signature,
                     .rule = {}};
  std::set<EpisodeId> marked;
  for (const auto& [id, mark] : marks.marks()) marked.insert(mark.episode);
  std::set<EpisodeId> about;
  for (const EpisodeId id : marked) {
    const ui::EpisodeTrack* track = episodes.Find(id);
    if (track == nullptr) {
      absent.push_back(id);
    } else if (track->scene().spec.signature() == shown_.signature) {
      request.episodes.emplace_back(id, track->chunks());
      about.insert(id);
    }
  }
  for (const auto& [id, mark] : marks.marks()) {
    if (about.contains(mark.episode)) request.marks.push_back(mark);
  }
  return request;
}

}  // namespace lookout::app
