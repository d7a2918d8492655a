#include "agents/inspect/unblocked/frequency.h"

#include <algorithm>
#include <cmath>
#include <cstdint>
#include <limits>
#include <span>
#include <utility>

#include "agents/learning/worker_pool.h"
#include "sim/base/check.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

constexpr std::size_t kLeastBefore = 4;
constexpr std::size_t kLeastAfter = 2;
constexpr double kSmoothing = 0.5;

Eigen::Index ColumnAt(std::size_t place) { return static_cast<Eigen::Index>(place); }

ClipLooks ThinnedClips(const ClipLooks& clips, int most) {
  const std::size_t all = clips.episode.size();
  const std::size_t stride =
      std::max<std::size_t>(1, (all + std::size_t(most) - 1) / std::size_t(most));
  ClipLooks thinned{
      .looks = Eigen::MatrixXf(clips.looks.rows(), ColumnAt((all + stride - 1) / stride)),
      .episode = {},
      .episodes = clips.episodes};
  for (std::size_t i = 0; i < all; i += stride) {
    thinned.looks.col(ColumnAt(i / stride)) = clips.looks.col(ColumnAt(i));
    thinned.episode.push_back(clips.episode[i]);
  }
  return thinned;
}

std::vector<double> ClipsPerEpisode(const ClipLooks& clips) {
  std::vector<double> counts(clips.episodes, 0.0);
  for (const std::size_t episode : clips.episode) counts[episode] += 1.0;
  return counts;
}

// Squares of distances beside the places they are to.
using Neighbours = std::vector<std::pair<float, std::size_t>>;

// Clips of `clips` but for those of one episode (its number of episodes: of none left out), with
// places from `first` on.
void Add(const Eigen::Ref<const Eigen::VectorXf>& point, const ClipLooks& clips,
         std::size_t but_episode, std::size_t first, Neighbours& neighbours) {
  const Eigen::VectorXf squares = (clips.looks.colwise() - point).colwise().squaredNorm();
  for (std::size_t i = 0; i < clips.episode.size(); ++i) {
    if (clips.episode[i] != but_episode) neighbours.emplace_back(squares[ColumnAt(i)], first + i);
  }
}

// The nearest of them, ties by place.
void KeepNearest(int count, Neighbours& neighbours) {
  const auto keep = std::min(std::ssize(neighbours), std::ptrdiff_t{count});
  if (keep < std::ssize(neighbours)) {
    std::ranges::nth_element(neighbours, neighbours.begin() + keep);
  }
  neighbours.resize(static_cast<std::size_t>(keep));
}

struct PerAgent {
  double before = 0.0, after = 0.0;
};

double TimesOf(const PerAgent& near, const PerAgent& all) {
  return (near.after + kSmoothing) * all.before / ((near.before + kSmoothing) * all.after);
}

std::vector<double> TimesAround(const ClipLooks& before, const ClipLooks& after,
                                const FrequencySettings& settings) {
  const ClipLooks earlier = ThinnedClips(before, settings.most_references);
  const ClipLooks later = ThinnedClips(after, settings.most_references);
  const std::vector<double> own = ClipsPerEpisode(later);
  std::vector<double> times(after.episode.size());
  WorkerPool pool(std::max(1, settings.workers));
  pool.ForEach(static_cast<int>(times.size()), [&](int k, int /*worker*/) {
    const auto i = static_cast<std::size_t>(k);
    const std::size_t episode = after.episode[i];
    Neighbours neighbours;
    Add(after.looks.col(k), earlier, earlier.episodes, 0, neighbours);
    Add(after.looks.col(k), later, episode, earlier.episode.size(), neighbours);
    KeepNearest(settings.neighbours, neighbours);
    PerAgent near;
    for (const auto& [square, place] : neighbours) {
      (place < earlier.episode.size() ? near.before : near.after) += 1.0;
    }
    const double others = double(later.episode.size()) - own[episode];
    times[i] = others > 0.0 ? TimesOf(near, {double(earlier.episode.size()), others}) : 1.0;
  });
  return times;
}

// Which episodes stand for the agent after: so many, by chance.
std::vector<std::uint8_t> SplitEpisodes(std::size_t episodes, std::size_t after,
                                        RandomState& random) {
  std::vector<std::uint8_t> is_after(episodes, 0);
  std::fill_n(is_after.begin(), after, std::uint8_t{1});
  for (std::size_t i = episodes - 1; i > 0; --i) {
    std::swap(is_after[i], is_after[static_cast<std::size_t>(random.Choice(int(i) + 1))]);
  }
  return is_after;
}

// The agent before against itself. [splits x clips of the part that stands for the agent after]
std::vector<double> TimesOfItself(const ClipLooks& clips, std::size_t stand_for_after,
                                  const FrequencySettings& settings) {
  std::vector<Neighbours> neighbours(clips.episode.size());
  WorkerPool pool(std::max(1, settings.workers));
  pool.ForEach(static_cast<int>(neighbours.size()), [&](int k, int /*worker*/) {
    const auto i = static_cast<std::size_t>(k);
    Add(clips.looks.col(k), clips, clips.episode[i], 0, neighbours[i]);
    KeepNearest(settings.neighbours, neighbours[i]);
  });
  const std::vector<double> own = ClipsPerEpisode(clips);
  RandomState random(1);
  std::vector<double> times;
  for (int split = 0; split < settings.splits; ++split) {
    const auto is_after = SplitEpisodes(clips.episodes, stand_for_after, random);
    PerAgent all;
    for (std::size_t e = 0; e < clips.episodes; ++e) {
      (is_after[e] != 0 ? all.after : all.before) += own[e];
    }
    for (std::size_t i = 0; i < clips.episode.size(); ++i) {
      const std::size_t episode = clips.episode[i];
      const double others = all.after - own[episode];
      if (is_after[episode] == 0 || others <= 0.0) continue;
      PerAgent near;
      for (const auto& [square, place] : neighbours[i]) {
        (is_after[clips.episode[place]] != 0 ? near.after : near.before) += 1.0;
      }
      times.push_back(TimesOf(near, {all.before, others}));
    }
  }
  return times;
}

// From each clip to the nearest of those places; of those of its own agent, of another episode if
// the places are of several. Infinite: there is none. [clips]
std::vector<double> DistancesTo(const std::vector<std::size_t>& places, const ClipLooks& of,
                                const ClipLooks& clips) {
  const bool own = &of == &clips;
  const bool several = std::ranges::any_of(
      places, [&](std::size_t place) { return of.episode[place] != of.episode[places.front()]; });
  Eigen::MatrixXf columns(of.looks.rows(), std::ssize(places));
  for (std::size_t i = 0; i < places.size(); ++i)
    columns.col(ColumnAt(i)) = of.looks.col(ColumnAt(places[i]));
  std::vector<double> distances;
  for (std::size_t i = 0; i < clips.episode.size(); ++i) {
    const Eigen::VectorXf squares =
        (columns.colwise() - clips.looks.col(ColumnAt(i))).colwise().squaredNorm();
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t p = 0; p < places.size(); ++p) {
      const bool same = several ? of.episode[places[p]] == clips.episode[i] : places[p] == i;
      if (own && same) continue;
      nearest = std::min(nearest, double(squares[ColumnAt(p)]));
    }
    distances.push_back(std::sqrt(nearest));
  }
  return distances;
}

std::vector<double> NearPerEpisode(const ClipLooks& clips, const std::vector<double>& distances,
                                   double reach) {
  std::vector<double> counts(clips.episodes, 0.0);
  for (std::size_t i = 0; i < distances.size(); ++i) {
    if (distances[i] <= reach) counts[clips.episode[i]] += 1.0;
  }
  return counts;
}

double MeanOf(std::span<const double> values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum / double(values.size());
}

}  // namespace

ClipFrequency CompareFrequency(const ClipLooks& before, const ClipLooks& after,
                               const FrequencySettings& settings) {
  LOOKOUT_CHECK(!before.episode.empty() && !after.episode.empty(), "clips of both agents");
  ClipFrequency frequency{.times = std::vector<double>(after.episode.size(), 1.0),
                          .threshold = std::numeric_limits<double>::infinity()};
  if (before.episodes < kLeastBefore || after.episodes < kLeastAfter) return frequency;
  const double episodes = double(before.episodes);
  const double others = double(after.episodes) - 1.0;  // beside that of a clip itself
  const auto stand_for_after = std::clamp<std::size_t>(
      static_cast<std::size_t>(
          std::lround(double(after.episodes) / (episodes + double(after.episodes)) * episodes)),
      2, before.episodes - 2);
  std::vector<double> itself =
      TimesOfItself(ThinnedClips(before, settings.most_references), stand_for_after, settings);
  if (itself.empty()) return frequency;
  std::ranges::sort(itself);
  const auto exceed = static_cast<std::size_t>(settings.false_share * double(itself.size()));
  // Times come in steps, a neighbour each. Where rounding made the agent before a little scarcer
  // among itself than it is here, the same neighbours would be above what they were there.
  const double scarcer =
      episodes / others * (double(stand_for_after) - 1.0) / (episodes - double(stand_for_after));
  frequency.threshold = std::max(1.0, itself[itself.size() - 1 - exceed] * std::max(1.0, scarcer));
  frequency.times = TimesAround(before, after, settings);
  return frequency;
}

WayFrequency FrequencyOfWay(const std::vector<std::size_t>& places, const ClipLooks& before,
                            const ClipLooks& after, int draws) {
  LOOKOUT_CHECK(!places.empty(), "a way has clips");
  constexpr double kInside = 0.9;
  const std::vector<double> later = DistancesTo(places, after, after);
  const std::vector<double> earlier = DistancesTo(places, after, before);
  std::vector<double> within;
  for (const std::size_t place : places) within.push_back(later[place]);
  std::ranges::sort(within);
  const double tenth = within[static_cast<std::size_t>(kInside * double(within.size() - 1))];
  const double reach = std::isfinite(tenth) ? tenth : 0.0;  // a way of a single clip
  std::vector<double> counts = NearPerEpisode(before, earlier, reach);
  const std::vector<double> of_after = NearPerEpisode(after, later, reach);
  WayFrequency frequency{.before = MeanOf(counts), .after = MeanOf(of_after), .times = {}};
  counts.insert(counts.end(), of_after.begin(), of_after.end());
  const EpisodeBootstrap bootstrap(static_cast<int>(counts.size()), draws, 1);
  frequency.times = bootstrap.Of([&](std::span<const std::uint16_t> weights) {
    PerAgent near;
    PerAgent all;
    for (std::size_t e = 0; e < counts.size(); ++e) {
      (e < before.episodes ? near.before : near.after) += double(weights[e]) * counts[e];
      (e < before.episodes ? all.before : all.after) += double(weights[e]);
    }
    const bool both = all.before > 0.0 && all.after > 0.0;
    return both ? TimesOf(near, all) : std::numeric_limits<double>::quiet_NaN();
  });
  return frequency;
}

}  // namespace lookout::agents
