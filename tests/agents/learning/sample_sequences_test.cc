#include "agents/learning/sample_sequences.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <numeric>
#include <vector>

namespace lookout::agents {
namespace {

std::vector<int> Numbers(int count) {
  std::vector<int> numbers(static_cast<std::size_t>(count));
  std::iota(numbers.begin(), numbers.end(), 100);
  return numbers;
}

TEST_CASE("single samples are parted evenly") {
  const std::vector<int> numbers = Numbers(10);
  const SampleSequences all = std::span(numbers);
  CHECK(all.PartsOf(4) == 3);
  CHECK(all.PartsOf(100) == 1);
  CHECK(all.Part(0, 3).size() == 3);
  CHECK(all.Part(2, 3).size() == 4);
  CHECK(all.Part(2, 3).samples.front() == 106);
  CHECK(SampleSequences().PartsOf(4) == 1);
}

TEST_CASE("sequences stay whole, also in parts of parts") {
  const std::vector<int> numbers = Numbers(20);
  const std::vector<int> starts{0, 7, 8, 11, 18};
  const SampleSequences all(numbers, starts);
  CHECK(all.sequences() == 5);
  const int parts = all.PartsOf(8);
  std::vector<int> seen;
  for (int i = 0; i < parts; ++i) {
    const SampleSequences part = all.Part(i, parts);
    CHECK(part.size() <= 8);
    for (int k = 0; k < part.sequences(); ++k) {
      const SampleSequences one = part.Part(k, part.sequences());
      REQUIRE(one.sequences() == 1);
      CHECK(std::ranges::count(starts, one.samples.front() - 100) == 1);
      seen.insert(seen.end(), one.samples.begin(), one.samples.end());
    }
  }
  CHECK(seen == numbers);
}

}  // namespace
}  // namespace lookout::agents
