#include "app/workspace/labelling/fit_material.h"

#include <algorithm>
#include <cstdint>
#include <set>
#include <utility>
#include <vector>

#include "app/workers/fitter/learned_episodes.h"

namespace lookout::app {

std::optional<RecordingHandle> HandleOf(const ui::EpisodeStore& episodes, EpisodeId id) {
  if (const ui::EpisodeTrack* track = episodes.Find(id)) {
    return RecordingHandle(track->scene().header, track->chunks());
  }
  const ui::EpisodeSummary* row = episodes.FindSummary(id);
  if (row == nullptr) return std::nullopt;
  return RecordingHandle(id, row->steps + 1);  // which a row counts without the reset
}

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
                     .load = {},
                     .signature = shown_.signature};
  std::vector<KnownEpisode> known;
  for (const ui::EpisodeSummary& summary : episodes.summaries()) {
    known.push_back({summary.id, summary.environment, summary.seed});
  }
  const std::uint64_t observation_hash = shown_.signature.hash();
  std::set<EpisodeId> about;
  for (const EpisodeId id : EpisodesToLearnFrom(feedback, known)) {
    const ui::EpisodeSummary* row = episodes.FindSummary(id);
    if (row == nullptr || (!row->in_memory && row->observation_hash == 0)) {
      absent.push_back(id);
    } else if (row->observation_hash == observation_hash) {
      request.episodes.push_back(*HandleOf(episodes, id));
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
