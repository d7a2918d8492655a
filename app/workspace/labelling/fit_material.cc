#include "app/workspace/labelling/fit_material.h"

#include <algorithm>
#include <set>
#include <utility>
#include <vector>

#include "app/workers/fitter/learned_episodes.h"

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

FitRequest FitMaterial::Request(const agents::FeedbackSet& feedback,
                                const ui::EpisodeStore& episodes,
                                std::vector<EpisodeId>& absent) const {
  FitRequest request{.environment = shown_.environment,
                     .feedback = {},
                     .episodes = {},
                     .headers = {},
                     .signature = shown_.signature};
  std::vector<KnownEpisode> known;
  for (const ui::EpisodeSummary& summary : episodes.summaries()) {
    known.push_back({summary.id, summary.environment, summary.seed});
  }
  std::set<EpisodeId> about;
  for (const EpisodeId id : EpisodesToLearnFrom(feedback, known)) {
    const ui::EpisodeTrack* track = episodes.Find(id);
    if (track == nullptr) {
      absent.push_back(id);
    } else if (track->scene().spec.signature() == shown_.signature) {
      request.episodes.emplace_back(id, track->chunks());
      request.headers[id] = track->scene().header;
      about.insert(id);
    }
  }
  for (const auto& [id, record] : feedback.records()) {
    const auto is_here = [&](EpisodeId episode) { return about.contains(episode); };
    if (std::ranges::all_of(record.episodes, is_here)) request.feedback.push_back(record);
  }
  return request;
}

}  // namespace lookout::app
