#include "agents/inspect/unblocked/unblocked.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <set>
#include <utility>

#include "agents/feedback/audit/clustered_share.h"
#include "agents/inspect/unblocked/found_clips.h"
#include "agents/inspect/unblocked/medoids.h"
#include "agents/inspect/unblocked/way_figures.h"
#include "agents/learning/worker_pool.h"
#include "sim/base/check.h"

namespace lookout::agents {
namespace {

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

NewClip Describe(const BehaviourEpisode& episode, const FoundClip& found, const Judged& judged,
                 const Novelty& novelty) {
  const Clip& clip = found.at;
  const Eigen::MatrixXf steps = novelty.StepsOf(episode, clip);
  const double threshold = std::max(novelty.threshold(), std::numeric_limits<double>::min());
  NewClip described{.seed = episode.seed,
                    .episode = episode.id,
                    .first = clip.first,
                    .last = clip.last,
                    .novelty = found.novelty,
                    .times_as_often = found.times_as_often,
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

std::vector<NewClip> DescribeAll(std::span<const BehaviourEpisode> after, const FoundClips& found,
                                 const JudgedStates& judged, const Novelty& novelty) {
  const Judged scaled = JudgedIn(judged, novelty);
  std::vector<NewClip> described(found.clips.size());
  WorkerPool pool(std::max(1, novelty.settings().workers));
  pool.ForEach(static_cast<int>(found.clips.size()), [&](int k, int /*worker*/) {
    const auto i = static_cast<std::size_t>(k);
    const FoundClip& clip = found.clips[i];
    described[i] = Describe(after[clip.at.episode], clip, scaled, novelty);
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

// Of all clips those that some condition holds of, over episodes.
ExactInterval ShareOfFound(std::span<const Clip> all, const FoundClips& found, std::size_t episodes,
                           bool (*counts)(const FoundClip&)) {
  std::vector<EpisodeTrials> trials(episodes);
  for (const Clip& clip : all) ++trials[clip.episode].trials;
  for (const FoundClip& clip : found.clips) {
    if (counts(clip)) ++trials[clip.at.episode].successes;
  }
  return ClusteredShareOf(trials);
}

bool IsNew(const FoundClip& clip) { return clip.novelty > 1.0; }

void AddWays(std::span<const BehaviourEpisode> after, const FoundClips& found,
             std::span<const NewClip> described, const UnblockedSettings& settings,
             UnblockedReport& report) {
  const EpisodeBootstrap bootstrap(static_cast<int>(after.size()), settings.bootstrap, 1);
  const Eigen::MatrixXf looks = found.looks();
  const MedoidGroups groups = GroupPoints(looks, settings.most_groups);
  for (std::size_t group = 0; group < groups.medoids.size(); ++group) {
    std::vector<WayClip> clips;
    std::vector<std::size_t> places;
    for (const std::size_t member : MembersOf(groups, group, looks)) {
      clips.push_back({found.clips[member].at, described[member]});
      places.push_back(found.clips[member].place);
    }
    if (!Counts(clips, after.size(), settings)) {
      report.left_out += clips.size();
      continue;
    }
    report.ways.push_back(WayOf(clips, after, bootstrap));
    report.ways.back().frequency =
        FrequencyOfWay(places, found.before, found.after, settings.bootstrap);
  }
  std::ranges::stable_sort(report.ways, [](const NewWay& a, const NewWay& b) {
    return std::pair(a.cost_outside.value, a.step_share.value) >
           std::pair(b.cost_outside.value, b.step_share.value);
  });
}

}  // namespace

UnblockedReport FindUnblocked(std::span<const BehaviourEpisode> before,
                              std::span<const BehaviourEpisode> after, const JudgedStates& judged,
                              const UnblockedSettings& settings) {
  LOOKOUT_CHECK(!after.empty(), "episodes of the agent");
  const std::vector<Novelty> views = ViewsOf(before, after, settings.novelty);
  const std::vector<Clip> all = CutClips(after, settings.novelty.clip_steps);
  const FoundClips found = FindClips(before, after, all, views, settings.frequency);
  const EpisodeBootstrap bootstrap(static_cast<int>(after.size()), settings.bootstrap, 1);
  UnblockedReport report{.ways = {},
                         .threshold = views.front().threshold(),
                         .often_threshold = found.often_threshold,
                         .clips = all.size(),
                         .new_clips = std::size_t(std::ranges::count_if(found.clips, IsNew)),
                         .found_clips = found.clips.size(),
                         .new_share = ShareOfFound(all, found, after.size(), IsNew),
                         .found_share = ShareOfFound(all, found, after.size(),
                                                     [](const FoundClip& /*any*/) { return true; }),
                         .cost = CostOf(after, bootstrap),
                         .predicted = PredictedOf(after, bootstrap)};
  if (found.clips.empty()) return report;
  AddWays(after, found, DescribeAll(after, found, judged, views.front()), settings, report);
  return report;
}

}  // namespace lookout::agents
