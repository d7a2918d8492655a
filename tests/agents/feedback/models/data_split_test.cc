#include "agents/feedback/models/data_split.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <set>

namespace lookout::agents {
namespace {

// Every tenth to twentieth step of each episode is unsafe.
LabelSet MakeLabels(int episodes, int steps) {
  LabelSet labels;
  for (int episode = 1; episode <= episodes; ++episode) {
    for (StepIndex step = 0; step < steps; ++step) {
      const bool unsafe = step % 100 >= 40 && step % 100 < 60;
      labels.points.push_back({.target = unsafe ? 1.0F : 0.0F, .episode = {episode}, .step = step});
    }
  }
  labels.observations.setZero(1, labels.rows());
  return labels;
}

std::int64_t UnsafeAmong(const std::vector<int>& rows, const LabelSet& labels) {
  return std::ranges::count_if(rows, [&](int row) { return labels.unsafe(row); });
}

void CheckPartition(const DataSplit& split, const LabelSet& labels) {
  std::multiset<int> rows(split.training.begin(), split.training.end());
  rows.insert(split.held_out.begin(), split.held_out.end());
  REQUIRE(std::ssize(rows) == labels.rows());
  CHECK(std::ssize(std::set(rows.begin(), rows.end())) == labels.rows());
  CHECK(UnsafeAmong(split.training, labels) > 0);
  CHECK(UnsafeAmong(split.training, labels) < std::ssize(split.training));
}

TEST_CASE("with enough episodes whole episodes are held out, each class at about the fraction") {
  const LabelSet labels = MakeLabels(10, 200);
  RandomState random(1);
  const DataSplit split = SplitLabels(labels, 0.2, random);
  CheckPartition(split, labels);
  CHECK(split.by_episode);
  CHECK(split.held_out.size() == 400);
  CHECK(UnsafeAmong(split.held_out, labels) == 80);
  std::set<EpisodeId> training;
  for (const int row : split.training) training.insert(labels.points[std::size_t(row)].episode);
  for (const int row : split.held_out)
    CHECK(!training.contains(labels.points[std::size_t(row)].episode));
}

TEST_CASE("with few episodes long blocks of neighbouring steps are held out") {
  const LabelSet labels = MakeLabels(2, 600);
  RandomState random(1);
  const DataSplit split = SplitLabels(labels, 0.2, random);
  CheckPartition(split, labels);
  CHECK(!split.by_episode);
  CHECK(std::abs(std::ssize(split.held_out) - 240) <= 60);
  int changes = 0;
  const std::set<int> held_out(split.held_out.begin(), split.held_out.end());
  for (int row = 1; row < 1200; ++row) {
    changes += held_out.contains(row) != held_out.contains(row - 1) ? 1 : 0;
  }
  CHECK(changes <= 2 * 5 + 2);  // 240 rows in blocks of 50
}

TEST_CASE("training keeps both classes, however few there are") {
  LabelSet labels = MakeLabels(6, 60);
  for (TargetPoint& point : labels.points) point.target = 0.0F;
  labels.points[77].target = 1.0F;
  for (std::uint32_t seed = 0; seed < 20; ++seed) {
    RandomState random(seed);
    CheckPartition(SplitLabels(labels, 0.2, random), labels);
  }

  LabelSet two = MakeLabels(1, 2);
  two.points[0].target = 1.0F;
  RandomState random(0);
  const DataSplit split = SplitLabels(two, 0.2, random);
  CHECK(split.training.size() == 2);
  CHECK(split.held_out.empty());
}

TEST_CASE("a bootstrap draws whole groups with replacement and has both classes") {
  LabelSet labels = MakeLabels(8, 100);
  for (std::size_t row = 200; row < 800; ++row)
    labels.points[row].target = 0.0F;  // two episodes with danger
  RandomState random(3);
  const DataSplit split = SplitLabels(labels, 0.2, random);
  std::set<std::vector<int>> different;
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    const std::vector<int> rows = BootstrapRows(split, labels, seed);
    CHECK(rows.size() == split.training_groups.size() * 100);
    CHECK(BootstrapRows(split, labels, seed) == rows);
    CHECK(UnsafeAmong(rows, labels) > 0);
    for (const int row : rows) CHECK(std::ranges::count(split.held_out, row) == 0);
    different.insert(rows);
  }
  CHECK(different.size() > 40);
}

std::int64_t TimesDrawn(const std::vector<int>& rows, const LabelSet& labels, EpisodeId episode) {
  return std::ranges::count_if(rows, [&](int row) {
    return labels.points[static_cast<std::size_t>(row)].episode == episode;
  });
}

TEST_CASE("a split goes on: old episodes stay on their side, most of the bootstrap too") {
  const LabelSet before = MakeLabels(10, 200);
  const LabelSet after = MakeLabels(15, 200);
  RandomState random(1);
  const DataSplit first = SplitLabels(before, 0.2, random);
  const EpisodeSplit episodes = EpisodesOf(first, before);
  REQUIRE(episodes.training.size() == 8);
  REQUIRE(episodes.held_out.size() == 2);
  const auto second = ContinueSplit(after, 0.2, episodes);
  REQUIRE(second);
  CheckPartition(*second, after);
  const EpisodeSplit now = EpisodesOf(*second, after);
  CHECK(now.held_out.size() == 3);
  CHECK(std::ranges::includes(now.training, episodes.training));
  CHECK(std::ranges::includes(now.held_out, episodes.held_out));
  const std::vector<int> rows = BootstrapRows(first, before, 4);
  const std::vector<int> more = BootstrapRows(*second, after, 4);
  std::int64_t same = 0;
  for (const EpisodeId id : episodes.training) {
    same += std::min(TimesDrawn(more, after, id), TimesDrawn(rows, before, id));
  }
  CHECK(same >= std::ssize(rows) / 2);  // two thirds on average: 8 groups became 12
  CHECK(EpisodesOf(*ContinueSplit(before, 0.2, episodes), before) == episodes);
}

TEST_CASE("a split that would leave a side without a class does not go on") {
  LabelSet labels = MakeLabels(10, 200);
  RandomState random(1);
  const EpisodeSplit episodes = EpisodesOf(SplitLabels(labels, 0.2, random), labels);
  for (TargetPoint& point : labels.points) {
    if (std::ranges::binary_search(episodes.held_out, point.episode)) point.target = 0.0F;
  }
  CHECK_FALSE(ContinueSplit(labels, 0.2, episodes));
  CHECK(EpisodesOf(SplitLabels(MakeLabels(2, 600), 0.2, random), labels).empty());  // by blocks
}

}  // namespace
}  // namespace lookout::agents
