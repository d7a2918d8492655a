#include "agents/inspect/unblocked/frequency.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

// Episodes of ten clips, of which so many lie round one place and the others round another.
ClipLooks Spread(std::uint32_t seed, std::size_t episodes, std::size_t there) {
  constexpr std::size_t kClips = 10;
  RandomState random(seed);
  ClipLooks clips{.looks = Eigen::MatrixXf(2, static_cast<Eigen::Index>(episodes * kClips)),
                  .episode = {},
                  .episodes = episodes};
  for (std::size_t i = 0; i < episodes * kClips; ++i) {
    const float at = i % kClips < there ? 10.0F : 0.0F;
    clips.looks.col(static_cast<Eigen::Index>(i)) << at + static_cast<float>(random.Normal()),
        static_cast<float>(random.Normal());
    clips.episode.push_back(i / kClips);
  }
  return clips;
}

double ShareAbove(const ClipFrequency& frequency) {
  const auto above = std::ranges::count_if(
      frequency.times, [&](double times) { return times > frequency.threshold; });
  return double(above) / double(frequency.times.size());
}

TEST_CASE("what is done six times as often is called so, what is done less often is not") {
  const ClipLooks after = Spread(2, 20, 6);
  const ClipFrequency frequency = CompareFrequency(Spread(1, 40, 1), after, {});
  CHECK(frequency.threshold > 1.0);
  CHECK(frequency.threshold < 5.0);
  int found = 0;
  for (std::size_t i = 0; i < frequency.times.size(); ++i) {
    const bool there = after.looks(0, static_cast<Eigen::Index>(i)) > 5.0F;
    if (frequency.times[i] > frequency.threshold) {
      ++found;
      CHECK(there);
    }
  }
  CHECK(found > 80);  // of 120
}

TEST_CASE("of the same agent no more is found than is stated, whatever the numbers of episodes") {
  for (const std::size_t episodes : {8U, 20U, 40U}) {
    double found = 0.0;
    constexpr int kDraws = 20;
    for (std::uint32_t draw = 1; draw <= kDraws; ++draw) {
      found += ShareAbove(CompareFrequency(Spread(2 * draw, 20, 3),
                                           Spread(2 * draw + 1, episodes, 3), {})) /
               kDraws;
    }
    CHECK(found < 0.016);
  }
}

TEST_CASE("clips of one episode are not taken for many") {
  ClipLooks after = Spread(2, 20, 3);
  // One episode stands still, all clips alike; nobody else comes there.
  for (Eigen::Index i = 0; i < 10; ++i) after.looks.col(i) << 30.0F, 0.0F;
  const ClipFrequency frequency = CompareFrequency(Spread(1, 20, 3), after, {});
  for (std::size_t i = 0; i < 10; ++i) CHECK(frequency.times[i] < frequency.threshold);
}

TEST_CASE("of too few episodes nothing is called more frequent") {
  CHECK(std::isinf(CompareFrequency(Spread(1, 3, 1), Spread(2, 20, 6), {}).threshold));
  CHECK(std::isinf(CompareFrequency(Spread(1, 20, 1), Spread(2, 1, 6), {}).threshold));
}

TEST_CASE("how often a way is gone is counted per episode of both agents") {
  const ClipLooks before = Spread(1, 20, 1);
  const ClipLooks after = Spread(2, 20, 6);
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < after.episode.size(); ++i) {
    if (i % 10 < 6) places.push_back(i);
  }
  const WayFrequency frequency = FrequencyOfWay(places, before, after, 500);
  CHECK(frequency.before == doctest::Approx(0.9).epsilon(0.15));
  CHECK(frequency.after == doctest::Approx(5.4).epsilon(0.1));
  CHECK(frequency.times.value == doctest::Approx(6.0).epsilon(0.15));
  CHECK(frequency.times.low < frequency.times.value);
  CHECK(frequency.times.high > frequency.times.value);
  const WayFrequency alone = FrequencyOfWay({0, 1, 2}, before, after, 500);
  CHECK(alone.after > 0.0);
}

}  // namespace
}  // namespace lookout::agents
