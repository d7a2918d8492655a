#include "agents/inspect/unblocked/way_figures.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>

#include "agents/feedback/audit/clustered_share.h"
#include "sim/objects/object_kinds.h"

namespace lookout::agents {
namespace {

double Median(std::vector<double> values) {
  std::ranges::sort(values);
  const std::size_t half = values.size() / 2;
  if (values.size() % 2 == 1) return values[half];
  return values[half - 1] == values[half] ? values[half] : 0.5 * (values[half - 1] + values[half]);
}

void AddShares(std::span<const WayClip> clips, std::span<const BehaviourEpisode> after,
               NewWay& way) {
  std::vector<EpisodeTrials> trials;
  for (const BehaviourEpisode& episode : after) trials.push_back({0, episode.steps()});
  std::int64_t steps = 0;
  double cost = 0.0;
  for (const WayClip& clip : clips) {
    const std::int64_t of_clip = clip.at.last - clip.at.first + 1;
    trials[clip.at.episode].successes += of_clip;
    steps += of_clip;
    cost += clip.described.true_cost;
  }
  way.step_share = ClusteredShareOf(trials);
  way.episode_share =
      ShareOf(std::ranges::count_if(trials, [](const auto& of) { return of.successes > 0; }),
              std::ssize(after));
  way.cost_per_step = cost / double(steps);
}

void AddCosts(std::span<const WayClip> clips, std::span<const BehaviourEpisode> after,
              const EpisodeBootstrap& bootstrap, NewWay& way) {
  std::vector<double> cost(after.size(), 0.0);
  std::vector<double> outside = cost;
  std::vector<double> predicted = cost;
  for (const WayClip& clip : clips) {
    const NewClip& of = clip.described;
    cost[clip.at.episode] += of.true_cost;
    if (of.outside()) outside[clip.at.episode] += of.true_cost;
    predicted[clip.at.episode] += of.predicted;
    const BehaviourEpisode& episode = after[clip.at.episode];
    for (auto i = static_cast<std::size_t>(of.first - 1); i < static_cast<std::size_t>(of.last);
         ++i) {
      for (std::size_t kind = 0; kind < way.cost_by_kind.size(); ++kind) {
        way.cost_by_kind[kind] += episode.costs[i].by_kind[kind] / double(after.size());
      }
      if (!episode.blocked.empty()) way.blocked += episode.blocked[i] != 0 ? 1 : 0;
    }
  }
  way.cost = MeanOver(cost, bootstrap);
  way.cost_outside = MeanOver(outside, bootstrap);
  if (!after.front().predicted.empty()) way.predicted = MeanOver(predicted, bootstrap);
}

// The least in each clip, the median over the clips; infinite if it is not known.
double DistanceTo(std::size_t kind, std::span<const WayClip> clips,
                  std::span<const BehaviourEpisode> after) {
  std::vector<double> least;
  for (const WayClip& clip : clips) {
    const BehaviourEpisode& episode = after[clip.at.episode];
    double nearest = std::numeric_limits<double>::infinity();
    for (auto i = static_cast<std::size_t>(clip.at.first - 1);
         i < std::min(static_cast<std::size_t>(clip.at.last), episode.distance_m.size()); ++i) {
      nearest = std::min(nearest, double(episode.distance_m[i][kind]));
    }
    least.push_back(nearest);
  }
  return Median(std::move(least));
}

void AddNearest(std::span<const WayClip> clips, std::span<const BehaviourEpisode> after,
                NewWay& way) {
  const auto dearest = std::ranges::max_element(way.cost_by_kind);
  if (*dearest > 0.0) {
    way.near = sim::SourceOf(static_cast<sim::CostKind>(dearest - way.cost_by_kind.begin()));
    way.near_m = DistanceTo(static_cast<std::size_t>(way.near), clips, after);
    return;
  }
  way.near_m = std::numeric_limits<double>::infinity();
  for (std::size_t kind = 0; kind < std::size_t{sim::kSceneObjectKindCount}; ++kind) {
    const auto here = static_cast<sim::SceneObjectKind>(kind);
    if (sim::DescriptorOf(here).costs.empty()) continue;  // nothing that is to be kept clear of
    const double distance = DistanceTo(kind, clips, after);
    if (distance >= way.near_m) continue;
    way.near = here;
    way.near_m = distance;
  }
}

}  // namespace

NewWay WayOf(std::span<const WayClip> clips, std::span<const BehaviourEpisode> after,
             const EpisodeBootstrap& bootstrap) {
  NewWay way;
  std::vector<double> to_unsafe;
  std::vector<double> to_judged;
  for (const WayClip& clip : clips) {
    way.clips.push_back(clip.described);
    to_unsafe.push_back(clip.described.to_unsafe);
    to_judged.push_back(clip.described.to_judged);
    way.outside_share += clip.described.outside() ? 1.0 : 0.0;
    way.new_share += clip.described.is_new() ? 1.0 : 0.0;
  }
  way.outside_share /= double(clips.size());
  way.new_share /= double(clips.size());
  way.to_unsafe = Median(std::move(to_unsafe));
  way.to_judged = Median(std::move(to_judged));
  AddShares(clips, after, way);
  AddCosts(clips, after, bootstrap, way);
  AddNearest(clips, after, way);
  return way;
}

Estimate CostOf(std::span<const BehaviourEpisode> episodes, const EpisodeBootstrap& bootstrap) {
  std::vector<double> sums;
  for (const BehaviourEpisode& episode : episodes) {
    double& sum = sums.emplace_back(0.0);
    for (const sim::Costs& costs : episode.costs) sum += costs.total;
  }
  return MeanOver(sums, bootstrap);
}

Estimate PredictedOf(std::span<const BehaviourEpisode> episodes,
                     const EpisodeBootstrap& bootstrap) {
  std::vector<double> sums;
  for (const BehaviourEpisode& episode : episodes) {
    if (episode.predicted.empty()) return {};
    sums.push_back(std::accumulate(episode.predicted.begin(), episode.predicted.end(), 0.0));
  }
  return MeanOver(sums, bootstrap);
}

std::string OftenInWords(const NewWay& way) {
  if (way.is_new()) return "new";
  if (way.is_done_otherwise()) return "done otherwise";
  return fmt::format("{:.1f} times as often", way.frequency.times.value);
}

std::string PlaceInWords(const NewWay& way) {
  if (std::isfinite(way.near_m)) {
    return fmt::format("near {}, {:.2f} m", sim::DescriptorOf(way.near).many, way.near_m);
  }
  return way.cost.value > 0.0 ? fmt::format("at {}", sim::DescriptorOf(way.near).many)
                              : "away from everything that costs";
}

std::string WordsOf(const NewWay& way, bool blocked) {
  const char* const said = blocked ? "marked unsafe or blocked" : "marked unsafe";
  const std::string near = PlaceInWords(way);
  std::string words = near + "; " + OftenInWords(way);
  words += way.cost.value > 0.0 ? fmt::format("; {:.1f} of true cost per episode", way.cost.value)
                                : "; free of cost";
  if (!std::isnan(way.predicted.value)) {
    words += fmt::format(", predicted {:.1f}", way.predicted.value);
  }
  if (way.outside_share >= 1.0) return words + fmt::format("; nothing like it was {}", said);
  return words + fmt::format("; like {:.0f} % of it something was {}",
                             100.0 * (1.0 - way.outside_share), said);
}

}  // namespace lookout::agents
