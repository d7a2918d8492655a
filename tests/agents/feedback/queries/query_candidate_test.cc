#include "agents/feedback/queries/query_candidate.h"

#include <doctest/doctest.h>

#include <cmath>
#include <limits>
#include <utility>

#include "agents/feedback/queries/stop_set.h"

namespace lookout::agents {
namespace {

constexpr ClipSettings kSettings{.clip_steps = 10};

// One input, the same throughout each clip.
EpisodeToAsk EpisodeOf(std::int64_t id, const std::vector<float>& clips) {
  EpisodeToAsk episode{.episode = EpisodeId{id},
                       .inputs = Eigen::MatrixXf(1, 1 + 10 * std::ssize(clips) + 3),
                       .predicted = {},
                       .spread = {}};
  episode.inputs.setZero();
  for (std::size_t i = 0; i < clips.size(); ++i) {
    episode.inputs.middleCols(1 + 10 * static_cast<Eigen::Index>(i), 10).setConstant(clips[i]);
  }
  return episode;
}

QueryCandidates Cut(const EpisodeToAsk& episode, const std::vector<Segment>& judged = {}) {
  ClipCutter cutter(kSettings);
  cutter.Add(episode);
  return std::move(cutter).Finish(judged);
}

const std::vector<float> kClips{1.0F, 2.0F, 3.0F, 4.0F, 5.0F, 6.0F, 7.0F, 8.0F};

TEST_CASE("An episode is cut from step 1 on, side by side, the rest left out") {
  const QueryCandidates found = Cut(EpisodeOf(1, kClips));
  CHECK(found.open.size() + found.stop_set.size() == 8);
  CHECK_FALSE(found.has_model);
  CHECK_FALSE(found.anything_judged);
  for (const QueryCandidate& candidate : found.open) {
    CHECK(candidate.clip.first % 10 == 1);
    CHECK(candidate.clip.last == candidate.clip.first + 9);
    CHECK(candidate.novelty == 0.0F);
    CHECK_FALSE(IsInStopSet(candidate.clip));
  }
  for (const Segment& clip : found.stop_set) CHECK(IsInStopSet(clip));
}

TEST_CASE("What was judged is no longer open, and novelty is the distance from it") {
  const QueryCandidates found = Cut(EpisodeOf(1, kClips), {{EpisodeId{1}, 5, 12}});
  CHECK(found.anything_judged);
  const double deviation = std::sqrt(5.25);  // of 1 to 8
  for (const QueryCandidate& candidate : found.open) {
    CHECK(candidate.clip.first > 20);  // the first two overlap it
    const double from_second = (candidate.clip.first - 11) / 10.0;
    CHECK(double(candidate.novelty) == doctest::Approx(from_second / deviation).epsilon(1e-4));
  }
}

TEST_CASE("Predictions are summed up over the steps of each clip") {
  std::vector<float> predicted(84, 0.1F);
  std::vector<float> spread(84, 0.0F);
  for (std::size_t step = 31; step < 36; ++step) predicted[step] = 0.5F;
  for (std::size_t step = 31; step < 36; ++step) spread[step] = 0.5F;
  std::int64_t id = 2;
  while (IsInStopSet({EpisodeId{id}, 31, 40})) ++id;
  EpisodeToAsk episode = EpisodeOf(id, kClips);
  episode.predicted = predicted;
  episode.spread = spread;
  const QueryCandidates found = Cut(episode);
  CHECK(found.has_model);
  bool seen = false;
  for (const QueryCandidate& candidate : found.open) {
    const bool there = candidate.clip.first == 31;
    seen = seen || there;
    CHECK(double(candidate.predicted) == doctest::Approx(there ? 0.3 : 0.1));
    CHECK(double(candidate.highest) == doctest::Approx(there ? 0.5 : 0.1));
    CHECK(double(candidate.spread) == doctest::Approx(there ? 0.25 : 0.0));
    CHECK(double(candidate.disagreement) == doctest::Approx(there ? 0.5 : 0.0));
    CHECK(double(candidate.nearness) == doctest::Approx(there ? 0.6 : 0.2));
  }
  CHECK(seen);
}

TEST_CASE("A clip in which something is not finite is not asked about") {
  const float nan = std::numeric_limits<float>::quiet_NaN();
  EpisodeToAsk episode = EpisodeOf(2, kClips);
  episode.inputs(0, 35) = nan;
  for (const QueryCandidate& candidate : Cut(episode).open) CHECK(candidate.clip.first != 31);
  std::vector<float> predicted(84, 0.1F);
  predicted[45] = nan;
  const std::vector<float> spread(84, 0.0F);
  episode.predicted = predicted;
  episode.spread = spread;
  for (const QueryCandidate& candidate : Cut(episode).open) CHECK(candidate.clip.first != 41);
}

}  // namespace
}  // namespace lookout::agents
