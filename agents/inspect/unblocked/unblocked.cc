#include "agents/inspect/unblocked/unblocked.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

#include "agents/feedback/audit/clustered_share.h"
#include "agents/inspect/unblocked/medoids.h"
#include "agents/inspect/unblocked/way_figures.h"
#include "agents/learning/worker_pool.h"
#include "sim/base/check.h"

namespace lookout::agents {
namespace {

// The new clips of an agent, and what they look like.
struct NewClips {
  std::vector<Clip> clips;
  std::vector<double> novelty;  // in thresholds
  Eigen::MatrixXf looks;        // [values x clips], the mean of each, scaled
};

bool KnowDistances(std::span<const BehaviourEpisode> episodes) {
  return std::ranges::all_of(episodes, [](const BehaviourEpisode& episode) {
    return std::ssize(episode.distance_m) == episode.steps();
  });
}

// By all views that there are; a clip is new if it is so by any.
std::vector<Novelty> ViewsOf(std::span<const BehaviourEpisode> before,
                             std::span<const BehaviourEpisode> after,
                             const NoveltySettings& settings) {
  std::vector<Novelty> views{{before, after, settings, StepView::kObservations}};
  if (KnowDistances(before) && KnowDistances(after)) {
    views.emplace_back(before, after, settings, StepView::kDistances);
  }
  return views;
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

NewClips NewOnes(std::span<const BehaviourEpisode> after, std::span<const Clip> clips,
                 std::span<const Novelty> views) {
  std::vector<double> novelty(clips.size(), 0.0);
  for (const Novelty& view : views) {
    const double least = std::max(view.threshold(), std::numeric_limits<double>::min());
    const std::vector<double> distances = view.Of(after, clips);
    for (std::size_t i = 0; i < clips.size(); ++i) {
      novelty[i] = std::max(novelty[i], distances[i] / least);
    }
  }
  NewClips fresh;
  std::vector<Eigen::VectorXf> looks;
  for (std::size_t i = 0; i < clips.size(); ++i) {
    if (novelty[i] <= 1.0) continue;
    fresh.clips.push_back(clips[i]);
    fresh.novelty.push_back(novelty[i]);
    looks.push_back(LookOf(after[clips[i].episode], clips[i], views));
  }
  if (looks.empty()) return fresh;
  fresh.looks.resize(looks.front().size(), std::ssize(looks));
  for (std::size_t i = 0; i < looks.size(); ++i) {
    fresh.looks.col(static_cast<Eigen::Index>(i)) = looks[i];
  }
  return fresh;
}

// Judged states in the scale of the novelty.
struct Judged {
  Eigen::MatrixXf unsafe, all;
};

Judged JudgedIn(const JudgedStates& judged, const Novelty& novelty) {
  if (judged.count() == 0) return {};
  Judged scaled{.unsafe = {}, .all = novelty.Scaled(judged.observations)};
  std::vector<Eigen::Index> unsafe;
  for (Eigen::Index i = 0; i < judged.count(); ++i) {
    if (judged.unsafe[static_cast<std::size_t>(i)] != 0) unsafe.push_back(i);
  }
  scaled.unsafe = scaled.all(Eigen::all, unsafe);
  return scaled;
}

// The mean over the clip's steps of the distance to the nearest, in thresholds.
double MeanDistance(const Eigen::MatrixXf& steps, const Eigen::MatrixXf& to, double threshold) {
  if (to.cols() == 0) return std::numeric_limits<double>::infinity();
  double sum = 0.0;
  for (Eigen::Index i = 0; i < steps.cols(); ++i) sum += NeighbourDistance(steps.col(i), to, 1);
  return sum / double(steps.cols()) / threshold;
}

NewClip Describe(const BehaviourEpisode& episode, const Clip& clip, double new_by,
                 const Judged& judged, const Novelty& novelty) {
  const Eigen::MatrixXf steps = novelty.StepsOf(episode, clip);
  const double threshold = std::max(novelty.threshold(), std::numeric_limits<double>::min());
  NewClip described{.seed = episode.seed,
                    .episode = episode.id,
                    .first = clip.first,
                    .last = clip.last,
                    .novelty = new_by,
                    .to_unsafe = MeanDistance(steps, judged.unsafe, threshold),
                    .to_judged = MeanDistance(steps, judged.all, threshold)};
  if (episode.predicted.empty()) described.predicted = std::numeric_limits<double>::quiet_NaN();
  for (auto i = static_cast<std::size_t>(clip.first - 1); i < static_cast<std::size_t>(clip.last);
       ++i) {
    described.true_cost += episode.costs[i].total;
    if (!episode.predicted.empty()) described.predicted += double(episode.predicted[i]);
  }
  return described;
}

std::vector<NewClip> DescribeAll(std::span<const BehaviourEpisode> after, const NewClips& fresh,
                                 const JudgedStates& judged, const Novelty& novelty) {
  const Judged scaled = JudgedIn(judged, novelty);
  std::vector<NewClip> described(fresh.clips.size());
  WorkerPool pool(std::max(1, novelty.settings().workers));
  pool.ForEach(static_cast<int>(fresh.clips.size()), [&](int k, int /*worker*/) {
    const auto i = static_cast<std::size_t>(k);
    const Clip& clip = fresh.clips[i];
    described[i] = Describe(after[clip.episode], clip, fresh.novelty[i], scaled, novelty);
  });
  return described;
}

// The places of a group's clips, the most typical first; ties as they come.
std::vector<std::size_t> MembersOf(const MedoidGroups& groups, std::size_t group,
                                   const Eigen::MatrixXf& looks) {
  std::vector<std::pair<float, std::size_t>> members;
  const Eigen::VectorXf typical = looks.col(static_cast<Eigen::Index>(groups.medoids[group]));
  for (std::size_t i = 0; i < groups.group_of.size(); ++i) {
    if (groups.group_of[i] != group) continue;
    members.emplace_back((looks.col(static_cast<Eigen::Index>(i)) - typical).norm(), i);
  }
  std::ranges::sort(members);
  std::vector<std::size_t> places;
  for (const auto& [distance, place] : members) places.push_back(place);
  return places;
}

bool Counts(std::span<const WayClip> clips, std::size_t episodes,
            const UnblockedSettings& settings) {
  std::set<std::size_t> seen;
  for (const WayClip& clip : clips) seen.insert(clip.at.episode);
  return clips.size() >= settings.least_clips && (seen.size() > 1 || episodes == 1);
}

ExactInterval ShareOfNew(std::span<const Clip> all, std::span<const Clip> fresh,
                         std::size_t episodes) {
  std::vector<EpisodeTrials> trials(episodes);
  for (const Clip& clip : all) ++trials[clip.episode].trials;
  for (const Clip& clip : fresh) ++trials[clip.episode].successes;
  return ClusteredShareOf(trials);
}

}  // namespace

UnblockedReport FindUnblocked(std::span<const BehaviourEpisode> before,
                              std::span<const BehaviourEpisode> after, const JudgedStates& judged,
                              const UnblockedSettings& settings) {
  LOOKOUT_CHECK(!after.empty(), "episodes of the agent");
  const std::vector<Novelty> views = ViewsOf(before, after, settings.novelty);
  const Novelty& novelty = views.front();
  const std::vector<Clip> all = CutClips(after, settings.novelty.clip_steps);
  const NewClips fresh = NewOnes(after, all, views);
  const EpisodeBootstrap bootstrap(static_cast<int>(after.size()), settings.bootstrap, 1);
  UnblockedReport report{.ways = {},
                         .threshold = novelty.threshold(),
                         .clips = all.size(),
                         .new_clips = fresh.clips.size(),
                         .new_share = ShareOfNew(all, fresh.clips, after.size()),
                         .cost = CostOf(after, bootstrap),
                         .predicted = PredictedOf(after, bootstrap)};
  if (fresh.clips.empty()) return report;
  const std::vector<NewClip> described = DescribeAll(after, fresh, judged, novelty);
  const MedoidGroups groups = GroupPoints(fresh.looks, settings.most_groups);
  for (std::size_t group = 0; group < groups.medoids.size(); ++group) {
    std::vector<WayClip> clips;
    for (const std::size_t place : MembersOf(groups, group, fresh.looks)) {
      clips.push_back({fresh.clips[place], described[place]});
    }
    if (Counts(clips, after.size(), settings)) {
      report.ways.push_back(WayOf(clips, after, bootstrap));
    } else {
      report.left_out += clips.size();
    }
  }
  std::ranges::stable_sort(report.ways, [](const NewWay& a, const NewWay& b) {
    return std::pair(a.cost_outside.value, a.step_share.value) >
           std::pair(b.cost_outside.value, b.step_share.value);
  });
  return report;
}

}  // namespace lookout::agents
