#include "agents/feedback/models/data_split.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <set>
#include <string>
#include <string_view>
#include <tuple>

#include "sim/base/fingerprint.h"

namespace lookout::agents {
namespace {

constexpr int kLeastEpisodes = 5;
constexpr int kBlocks = 24;          // about as many, over all episodes
constexpr int kLeastBlockSteps = 8;  // shorter blocks would leak into their neighbours
constexpr int kTries = 64;

using Groups = std::vector<std::vector<int>>;

struct ClassCounts {
  double unsafe = 0.0;
  double safe = 0.0;
  bool both() const { return unsafe > 0.0 && safe > 0.0; }
  double rows() const { return unsafe + safe; }
};

ClassCounts Count(const std::vector<int>& rows, const LabelSet& labels) {
  ClassCounts counts;
  for (const int row : rows) {
    ++(labels.unsafe(row) ? counts.unsafe : counts.safe);
  }
  return counts;
}

// Rows in order of episode and step, cut at every episode, and after max_rows rows.
Groups MakeGroups(const LabelSet& labels, std::size_t max_rows) {
  std::vector<int> order(labels.points.size());
  std::iota(order.begin(), order.end(), 0);
  const auto episode = [&](int row) {
    return labels.points[static_cast<std::size_t>(row)].episode;
  };
  std::ranges::stable_sort(order, {}, [&](int row) {
    return std::tuple(episode(row), labels.points[static_cast<std::size_t>(row)].step);
  });
  Groups groups;
  for (const int row : order) {
    const bool fits = !groups.empty() && groups.back().size() < max_rows &&
                      episode(groups.back().back()) == episode(row);
    if (!fits) groups.emplace_back();
    groups.back().push_back(row);
  }
  return groups;
}

void Shuffle(std::vector<std::size_t>& values, RandomState& random) {
  for (std::size_t left = values.size(); left > 1; --left) {
    std::swap(values[left - 1],
              values[static_cast<std::size_t>(random.Choice(static_cast<int>(left)))]);
  }
}

// How far a held-out set is from holding the wanted fraction of either class; infinite if what
// remains cannot train.
double Mismatch(const ClassCounts& held_out, const ClassCounts& all, double fraction) {
  const ClassCounts training{all.unsafe - held_out.unsafe, all.safe - held_out.safe};
  if (!training.both()) return std::numeric_limits<double>::infinity();
  const double missing_class = held_out.both() ? 0.0 : 2.0;
  return missing_class + std::abs(held_out.unsafe / all.unsafe - fraction) +
         std::abs(held_out.safe / all.safe - fraction);
}

// The groups to hold out: the best of some random sets of about the wanted size.
std::vector<bool> ChooseHeldOut(const Groups& groups, const LabelSet& labels, double fraction,
                                RandomState& random) {
  std::vector<ClassCounts> counts;
  ClassCounts all;
  for (const std::vector<int>& group : groups) {
    counts.push_back(Count(group, labels));
    all.unsafe += counts.back().unsafe;
    all.safe += counts.back().safe;
  }
  std::vector<std::size_t> order(groups.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::vector<bool> best(groups.size(), false);
  double best_mismatch = std::numeric_limits<double>::infinity();
  for (int i = 0; i < kTries; ++i) {
    Shuffle(order, random);
    std::vector<bool> chosen(groups.size(), false);
    ClassCounts held_out;
    for (const std::size_t group : order) {
      if (held_out.rows() + 0.5 * counts[group].rows() > fraction * all.rows()) continue;
      chosen[group] = true;
      held_out.unsafe += counts[group].unsafe;
      held_out.safe += counts[group].safe;
    }
    const double mismatch = Mismatch(held_out, all, fraction);
    if (mismatch < best_mismatch) std::tie(best_mismatch, best) = std::tuple(mismatch, chosen);
  }
  return best;
}

DataSplit Split(Groups groups, const std::vector<bool>& held_out) {
  DataSplit split;
  for (std::size_t i = 0; i < groups.size(); ++i) {
    std::vector<int>& rows = held_out[i] ? split.held_out : split.training;
    rows.insert(rows.end(), groups[i].begin(), groups[i].end());
    if (!held_out[i]) split.training_groups.push_back(std::move(groups[i]));
  }
  return split;
}

// Leaves out the end of every block that the next one follows closely.
void LeaveGaps(Groups& blocks, const LabelSet& labels) {
  constexpr StepIndex kGapSteps = 25;
  const auto point = [&](int row) { return labels.points[static_cast<std::size_t>(row)]; };
  for (std::size_t i = 0; i + 1 < blocks.size(); ++i) {
    std::vector<int>& block = blocks[i];
    const TargetPoint next = point(blocks[i + 1].front());
    const std::size_t least = block.size() - block.size() / 4;
    while (block.size() > least && point(block.back()).episode == next.episode &&
           point(block.back()).step > next.step - kGapSteps) {
      block.pop_back();
    }
  }
}

// A number that goes with a group of rows, whatever other groups there are.
std::string KeyOf(const std::vector<int>& group, const DataSplit& split, const LabelSet& labels) {
  const TargetPoint& first = labels.points[static_cast<std::size_t>(group.front())];
  return split.by_episode ? fmt::to_string(first.episode.value)
                          : fmt::format("{} {}", first.episode.value, first.step);
}

// By Poisson's law with mean 1 (Knuth's method).
int PoissonDraw(std::string_view key) {
  RandomState random(static_cast<std::uint32_t>(Fnv1a(key)));
  int count = 0;
  for (double product = random.RandomSample(); product > std::exp(-1.0); ++count) {
    product *= random.RandomSample();
  }
  return count;
}

}  // namespace

DataSplit SplitLabels(const LabelSet& labels, double fraction, RandomState& random) {
  Groups episodes = MakeGroups(labels, std::numeric_limits<std::size_t>::max());
  if (std::ssize(episodes) >= kLeastEpisodes) {
    const auto held_out = ChooseHeldOut(episodes, labels, fraction, random);
    DataSplit split = Split(std::move(episodes), held_out);
    split.by_episode = true;
    if (Count(split.held_out, labels).both()) return split;
  }
  const auto block = std::max<std::size_t>(kLeastBlockSteps, labels.points.size() / kBlocks);
  Groups blocks = MakeGroups(labels, block);
  LeaveGaps(blocks, labels);
  const auto held_out = ChooseHeldOut(blocks, labels, fraction, random);
  return Split(std::move(blocks), held_out);
}

EpisodeSplit EpisodesOf(const DataSplit& split, const LabelSet& labels) {
  if (!split.by_episode) return {};
  const auto of = [&](const std::vector<int>& rows) {
    std::set<EpisodeId> ids;
    for (const int row : rows) ids.insert(labels.points[static_cast<std::size_t>(row)].episode);
    return std::vector<EpisodeId>(ids.begin(), ids.end());
  };
  return {of(split.training), of(split.held_out)};
}

std::optional<DataSplit> ContinueSplit(const LabelSet& labels, double fraction,
                                       const EpisodeSplit& before) {
  Groups episodes = MakeGroups(labels, std::numeric_limits<std::size_t>::max());
  const auto episode_of = [&](const std::vector<int>& group) {
    return labels.points[static_cast<std::size_t>(group.front())].episode;
  };
  std::vector<bool> held_out;
  double held_out_rows = 0.0;
  for (const std::vector<int>& group : episodes) {
    held_out.push_back(std::ranges::binary_search(before.held_out, episode_of(group)));
    if (held_out.back()) held_out_rows += static_cast<double>(group.size());
  }
  for (std::size_t i = 0; i < episodes.size(); ++i) {
    const auto rows = static_cast<double>(episodes[i].size());
    const bool is_new =
        !held_out[i] && !std::ranges::binary_search(before.training, episode_of(episodes[i]));
    const double room = fraction * static_cast<double>(labels.rows()) - held_out_rows;
    if (!is_new || 0.5 * rows > room) continue;
    held_out[i] = true;
    held_out_rows += rows;
  }
  DataSplit split = Split(std::move(episodes), held_out);
  split.by_episode = true;
  if (!Count(split.held_out, labels).both() || !Count(split.training, labels).both()) return {};
  return split;
}

MemberRows DrawRows(const DataSplit& split, const LabelSet& labels, std::uint32_t seed) {
  for (int attempt = 0; attempt < kTries; ++attempt) {
    MemberRows rows;
    for (const std::vector<int>& group : split.training_groups) {
      const std::string key = KeyOf(group, split, labels);
      const int times = PoissonDraw(fmt::format("{} {} {}", seed, attempt, key));
      for (int i = 0; i < times; ++i) {
        rows.learned.insert(rows.learned.end(), group.begin(), group.end());
      }
      if (times > 0) continue;
      std::vector<int>& half =
          Fnv1a(fmt::format("half {} {}", seed, key)) % 2 == 0 ? rows.stopped_on : rows.unseen;
      half.insert(half.end(), group.begin(), group.end());
    }
    if (Count(rows.learned, labels).both()) return rows;
  }
  return {.learned = split.training, .stopped_on = {}, .unseen = {}};
}

}  // namespace lookout::agents
