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

// Every row on one side, or in a gap between blocks.
void CheckPartition(const DataSplit& split, const LabelSet& labels) {
  std::multiset<int> rows(split.training.begin(), split.training.end());
  rows.insert(split.held_out.begin(), split.held_out.end());
  if (split.by_episode) REQUIRE(std::ssize(rows) == labels.rows());
  CHECK(std::ssize(rows) >= labels.rows() * 3 / 4);
  CHECK(std::set(rows.begin(), rows.end()).size() == rows.size());
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
  // Blocks of 50 rows, of which the last 12 make a gap.
  const std::set<int> training(split.training.begin(), split.training.end());
  for (const int row : split.held_out) {
    CHECK(row % 50 < (row / 50 % 12 == 11 ? 50 : 38));
    CHECK_FALSE((training.contains(row - 12) && (row - 12) / 50 != row / 50));
  }
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

TEST_CASE("a member learns from whole groups with both classes, and never sees some others") {
  LabelSet labels = MakeLabels(12, 100);
  for (std::size_t row = 200; row < 1200; ++row)
    labels.points[row].target = 0.0F;  // two episodes with danger
  RandomState random(3);
  const DataSplit split = SplitLabels(labels, 0.2, random);
  std::set<std::vector<int>> different;
  double learned = 0.0, stopped_on = 0.0, unseen = 0.0;
  for (std::uint32_t seed = 0; seed < 60; ++seed) {
    const MemberRows rows = DrawRows(split, labels, seed);
    CHECK(DrawRows(split, labels, seed).learned == rows.learned);
    CHECK(rows.learned.size() % 100 == 0);
    CHECK(UnsafeAmong(rows.learned, labels) > 0);
    std::set<int> all(rows.learned.begin(), rows.learned.end());
    learned += static_cast<double>(all.size());
    stopped_on += static_cast<double>(rows.stopped_on.size());
    unseen += static_cast<double>(rows.unseen.size());
    for (const auto* others : {&rows.stopped_on, &rows.unseen}) {
      for (const int row : *others) CHECK(all.insert(row).second);
    }
    CHECK(all.size() == split.training.size());
    for (const int row : split.held_out) CHECK(!all.contains(row));
    different.insert(rows.learned);
  }
  CHECK(different.size() > 40);
  const double training = 60.0 * static_cast<double>(split.training.size());
  CHECK(learned / training == doctest::Approx(0.63).epsilon(0.15));
  CHECK(stopped_on > 0.1 * training);
  CHECK(unseen > 0.1 * training);
}

std::int64_t TimesDrawn(const std::vector<int>& rows, const LabelSet& labels, EpisodeId episode) {
  return std::ranges::count_if(rows, [&](int row) {
    return labels.points[static_cast<std::size_t>(row)].episode == episode;
  });
}

TEST_CASE("a split goes on: old episodes stay on their side, and with a member what they were") {
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
  const MemberRows rows = DrawRows(first, before, 4);
  const MemberRows more = DrawRows(*second, after, 4);
  for (const EpisodeId id : episodes.training) {
    CHECK(TimesDrawn(more.learned, after, id) == TimesDrawn(rows.learned, before, id));
    CHECK(TimesDrawn(more.stopped_on, after, id) == TimesDrawn(rows.stopped_on, before, id));
    CHECK(TimesDrawn(more.unseen, after, id) == TimesDrawn(rows.unseen, before, id));
  }
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
