#include "agents/inspect/unblocked/found_clips.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "agents/learning/worker_pool.h"

namespace lookout::agents {
namespace {

bool KnowDistances(std::span<const BehaviourEpisode> episodes) {
  return std::ranges::all_of(episodes, [](const BehaviourEpisode& episode) {
    return std::ssize(episode.distance_m) == episode.steps();
  });
}

// Each view counts alike, however many values it has.
Eigen::VectorXf LookOf(const BehaviourEpisode& episode, const Clip& clip,
                       std::span<const Novelty> views) {
  Eigen::VectorXf look;
  for (const Novelty& view : views) {
    const Eigen::VectorXf mean = view.StepsOf(episode, clip).rowwise().mean();
    look.conservativeResize(look.size() + mean.size());
    look.tail(mean.size()) = mean / std::sqrt(static_cast<float>(mean.size()));
  }
  return look;
}

ClipLooks LooksOf(std::span<const BehaviourEpisode> episodes, std::span<const Clip> clips,
                  std::span<const Novelty> views) {
  std::vector<Eigen::VectorXf> looks(clips.size());
  WorkerPool pool(std::max(1, views.front().settings().workers));
  pool.ForEach(static_cast<int>(clips.size()), [&](int k, int /*worker*/) {
    const auto i = static_cast<std::size_t>(k);
    looks[i] = LookOf(episodes[clips[i].episode], clips[i], views);
  });
  ClipLooks all{.looks = {}, .episode = {}, .episodes = episodes.size()};
  all.looks.resize(looks.empty() ? 0 : looks.front().size(), std::ssize(looks));
  for (std::size_t i = 0; i < looks.size(); ++i) {
    all.looks.col(static_cast<Eigen::Index>(i)) = looks[i];
    all.episode.push_back(clips[i].episode);
  }
  return all;
}

// In thresholds; the most of all views. [clips]
std::vector<double> NoveltyOf(std::span<const BehaviourEpisode> after, std::span<const Clip> clips,
                              std::span<const Novelty> views) {
  std::vector<double> novelty(clips.size(), 0.0);
  for (const Novelty& view : views) {
    const double least = std::max(view.threshold(), std::numeric_limits<double>::min());
    const std::vector<double> distances = view.Of(after, clips);
    for (std::size_t i = 0; i < clips.size(); ++i) {
      novelty[i] = std::max(novelty[i], distances[i] / least);
    }
  }
  return novelty;
}

}  // namespace

Eigen::MatrixXf FoundClips::looks() const {
  Eigen::MatrixXf looks(after.looks.rows(), std::ssize(clips));
  for (std::size_t i = 0; i < clips.size(); ++i) {
    looks.col(static_cast<Eigen::Index>(i)) =
        after.looks.col(static_cast<Eigen::Index>(clips[i].place));
  }
  return looks;
}

std::vector<Novelty> ViewsOf(std::span<const BehaviourEpisode> before,
                             std::span<const BehaviourEpisode> after,
                             const NoveltySettings& settings) {
  std::vector<Novelty> views{{before, after, settings, StepView::kObservations}};
  if (KnowDistances(before) && KnowDistances(after)) {
    views.emplace_back(before, after, settings, StepView::kDistances);
  }
  return views;
}

FoundClips FindClips(std::span<const BehaviourEpisode> before,
                     std::span<const BehaviourEpisode> after, std::span<const Clip> all,
                     std::span<const Novelty> views, const FrequencySettings& settings) {
  FoundClips found{
      .clips = {},
      .often_threshold = std::numeric_limits<double>::infinity(),
      .before = LooksOf(before, CutClips(before, views.front().settings().clip_steps), views),
      .after = LooksOf(after, all, views)};
  if (all.empty()) return found;
  const std::vector<double> novelty = NoveltyOf(after, all, views);
  const ClipFrequency frequency = CompareFrequency(found.before, found.after, settings);
  found.often_threshold = frequency.threshold;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (novelty[i] <= 1.0 && frequency.times[i] <= frequency.threshold) continue;
    found.clips.push_back({all[i], i, novelty[i], frequency.times[i]});
  }
  return found;
}

}  // namespace lookout::agents
