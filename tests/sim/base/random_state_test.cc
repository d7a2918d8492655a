// The draws below are NumPy's: facts about its legacy RandomState, for a few seeds.
#include "sim/base/random_state.h"

#include <doctest/doctest.h>

#include <array>
#include <cmath>
#include <numbers>
#include <vector>

using lookout::RandomState;

TEST_CASE("A seed gives the words of NumPy's RandomState") {
  struct Stream {
    std::uint32_t seed;
    std::array<std::uint32_t, 4> words;
  };
  const Stream streams[] = {{0, {2357136044, 2546248239, 3071714933, 3626093760}},
                            {1, {1791095845, 4282876139, 3093770124, 4005303368}},
                            {12345, {3992670690, 3823185381, 1358822685, 561383553}},
                            {4294967295, {419326371, 479346978, 3918654476, 2416749639}}};
  for (const auto& [seed, words] : streams) {
    CAPTURE(seed);
    RandomState random(seed);
    for (const std::uint32_t word : words) CHECK(random.NextWord() == word);
  }
}

TEST_CASE("Every kind of draw equals NumPy's, to the last digit") {
  const auto fresh = [] { return RandomState(0); };
  CHECK(fresh().RandomSample() == 0.5488135039273248);
  CHECK(fresh().Uniform(-1.5, 1.5) == 0.14644051178197426);
  CHECK(fresh().Uniform(0, 2 * std::numbers::pi) == 3.448296944257913);
  CHECK(fresh().Normal() == 1.764052345967664);

  RandomState choices(0);
  CHECK(choices.Choice(4) == 0);
  CHECK(choices.Choice(4) == 3);
  CHECK(choices.Choice(4) == 1);

  RandomState weighted(1);
  const std::vector<double> probabilities{.2, .3, .5};
  CHECK(weighted.Choice(probabilities) == 1);
  CHECK(weighted.Choice(probabilities) == 2);
  CHECK(weighted.Choice(probabilities) == 0);

  RandomState binomials(12345);
  CHECK(binomials.Binomial(10, .9) == 8);
  CHECK(binomials.Binomial(10, .9) == 10);
  RandomState halves(2);
  CHECK(halves.Binomial(10, .5) == 5);
  CHECK(halves.Binomial(10, .5) == 2);
}

TEST_CASE("A choice of one draws nothing, a certain binomial draws one sample") {
  RandomState random(7);
  CHECK(random.Choice(1) == 0);
  CHECK(random.Save().words_drawn == 0);
  CHECK(random.Binomial(10, 1.0) == 10);
  CHECK(random.Save().words_drawn == 2);
}

TEST_CASE("The second normal of a pair is kept across other draws") {
  RandomState random(0);
  CHECK(random.Normal() == 1.764052345967664);
  const auto words = random.Save().words_drawn;
  random.NextWord();
  CHECK(random.Normal() == 0.4001572083672233);
  CHECK(random.Save().words_drawn == words + 1);
}

TEST_CASE("A saved stream goes on exactly where it was, from wherever it is restored") {
  for (const int words_before : {0, 1, 623, 624, 625, 5000}) {
    CAPTURE(words_before);
    RandomState original(99);
    for (int i = 0; i < words_before; ++i) original.NextWord();
    if (words_before % 2 == 1) original.Normal();
    const auto snapshot = original.Save();

    RandomState behind(99);  // same stream, earlier
    RandomState ahead(99);   // same stream, later
    for (int i = 0; i < words_before + 2000; ++i) ahead.NextWord();
    RandomState other(5);  // another stream
    for (RandomState* copy : {&behind, &ahead, &other}) {
      copy->Restore(snapshot);
      CHECK(copy->Save() == snapshot);
      RandomState expected = original;
      for (int i = 0; i < 10; ++i) CHECK(copy->Normal() == expected.Normal());
      for (int i = 0; i < 700; ++i) CHECK(copy->NextWord() == expected.NextWord());
    }
  }
}
