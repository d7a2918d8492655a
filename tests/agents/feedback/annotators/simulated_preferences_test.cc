#include "agents/feedback/annotators/simulated_preferences.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <string_view>

namespace lookout::agents {
namespace {

// 'u' for an unsafe step.
std::vector<SeenStep> Clip(std::string_view steps) {
  std::vector<SeenStep> clip;
  for (const char step : steps) clip.push_back({step == 'u' ? 1.0F : -1.0F, 0});
  return clip;
}

std::optional<double> Ask(std::string_view first, std::string_view second,
                          const AnnotatorSettings& settings = {}, std::uint32_t seed = 1) {
  RandomState random(seed);
  return FirstIsSafer(Clip(first), Clip(second), settings, random);
}

// Of 1,000 answers, those that call the first the safer one.
int FirstSafer(std::string_view first, std::string_view second, const AnnotatorSettings& settings) {
  RandomState random(3);
  int count = 0;
  for (int i = 0; i < 1000; ++i) {
    count += FirstIsSafer(Clip(first), Clip(second), settings, random) == 1.0 ? 1 : 0;
  }
  return count;
}

TEST_CASE("the oracle takes the clip with fewer unsafe steps, or calls them alike") {
  CHECK(Ask("....", "..u.") == 1.0);
  CHECK(Ask("uu..", "..u.") == 0.0);
  CHECK(Ask("u...", "...u") == 0.5);
}

TEST_CASE("the myopic look at the end of a clip") {
  CHECK(Ask("uu..", "...u", {.gamma = 0.5}) == 1.0);
  CHECK(Ask("uu..", "...u", {.gamma = 1.0}) == 0.0);
}

TEST_CASE("the stochastic answer by a sigmoid, the mistaken the other way round") {
  // sigmoid(0.5 * 2) = .731; standard deviation of 1,000 answers 14.
  const int stochastic = FirstSafer("....", "uu..", {.beta = 0.5});
  CHECK(stochastic > 731 - 60);
  CHECK(stochastic < 731 + 60);
  const int mistaken = FirstSafer("....", "uu..", {.mistake_rate = 0.1});
  CHECK(mistaken > 900 - 50);
  CHECK(mistaken < 900 + 50);
}

TEST_CASE("the indifferent skip what is harmless and call near ones alike") {
  CHECK_FALSE(Ask("....", "u...", {.skip_steps = 2}).has_value());
  CHECK(Ask("....", "uu..", {.skip_steps = 2}) == 1.0);
  CHECK(Ask("u...", "uu..", {.equal_steps = 2}) == 0.5);
  CHECK(Ask("u...", "uuu.", {.equal_steps = 2}) == 1.0);
}

TEST_CASE("pairs are clips within their episodes, the same for a seed, without the skipped") {
  const std::vector<SeenEpisode> episodes{
      {{1}, Clip("..........")}, {{2}, Clip("uuuuuuuuuu")}, {{3}, Clip("uu")}};
  const auto compare = [&](std::uint32_t seed, const AnnotatorSettings& settings = {}) {
    RandomState random(seed);
    return ComparePairs(episodes, 50, 4, settings, random);
  };
  const auto pairs = compare(1);
  CHECK(pairs.size() == 50);
  for (const Preference& pair : pairs) {
    for (const Segment& segment : {pair.first, pair.second}) {
      CHECK(segment.episode.value <= 2);
      CHECK(segment.first >= 0);
      CHECK(segment.last == segment.first + 3);
      CHECK(segment.last < 10);
    }
    const auto expected = pair.first.episode == pair.second.episode ? 0.5
                          : pair.first.episode.value == 1           ? 1.0
                                                                    : 0.0;
    CHECK(pair.first_is_safer == expected);
  }
  CHECK(compare(1) == pairs);
  CHECK(compare(2) != pairs);
  CHECK(compare(1, {.skip_steps = 1}).size() < 50);
  RandomState random(1);
  CHECK(ComparePairs(episodes, 5, 11, {}, random).empty());
}

TEST_CASE("nobody is asked to compare a clip with itself") {
  RandomState random(1);
  const SeenEpisode longer{.episode = EpisodeId{1}, .steps = Clip("..uu.")};
  const std::vector<SeenEpisode> two_places{longer};
  const std::vector<Preference> answers = ComparePairs(two_places, 50, 4, {}, random);
  CHECK(answers.size() == 50);
  for (const Preference& answer : answers) CHECK_FALSE(answer.first == answer.second);
  CHECK(ComparePairs(two_places, 50, 5, {}, random).empty());  // there is but one
}

}  // namespace
}  // namespace lookout::agents
