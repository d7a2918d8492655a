// All draws that were recorded from NumPy's RandomState.
#include <doctest/doctest.h>

#include <numbers>
#include <vector>

#include "sim/base/random_state.h"
#include "tests/conformance/reference_support.h"

using lookout::RandomState;
using nlohmann::json;

namespace {

// What one named operation gives, in the form in which it was recorded.
json Draw(RandomState& random, const std::string& operation) {
  const auto normals = [&](int count) {
    std::vector<double> values(count);
    for (double& value : values) value = random.Normal();
    return json(values);
  };
  if (operation == "random_sample") return random.RandomSample();
  if (operation == "uniform(-1.5,1.5)") return random.Uniform(-1.5, 1.5);
  if (operation == "uniform(0,2*pi)") return random.Uniform(0, 2 * std::numbers::pi);
  if (operation == "choice(1)") return random.Choice(1);
  if (operation == "choice(3)") return random.Choice(3);
  if (operation == "choice(4)") return random.Choice(4);
  if (operation == "choice(5)") return random.Choice(5);
  if (operation == "choice(3,p=[.2,.3,.5])") {
    return random.Choice(std::vector<double>{.2, .3, .5});
  }
  if (operation == "binomial(10,1.0)") return random.Binomial(10, 1.0);
  if (operation == "binomial(10,.9)") return random.Binomial(10, .9);
  if (operation == "binomial(10,.5)") return random.Binomial(10, .5);
  if (operation == "binomial(8,.3)") return random.Binomial(8, .3);
  if (operation == "randn(1)") return random.Normal();
  if (operation == "randn(3)") return normals(3);
  if (operation == "randn(12)") return normals(12);
  FAIL("an operation that this test does not know: " << operation);
  return {};
}

}  // namespace

TEST_CASE("Every recorded draw of NumPy's streams comes out the same") {
  const std::string folder = lookout::sim::test::ReferenceFolder();
  if (folder.empty()) return;
  const json facts = lookout::sim::test::ReadJson(folder + "/rng.json");
  REQUIRE(facts["seeds"].size() >= 5);
  for (const json& seed : facts["seeds"]) {
    const auto number = seed["seed"].get<std::uint32_t>();
    CAPTURE(number);
    RandomState words(number);
    for (const json& word : seed["raw32"]) CHECK(words.NextWord() == word);
    for (const auto& [operation, draws] : seed["fresh"].items()) {
      CAPTURE(operation);
      RandomState random(number);
      for (const json& value : draws["values"]) CHECK(Draw(random, operation) == value);
      CHECK(random.RandomSample() == draws["next_random_sample"]);
    }
    RandomState mixed(number);
    for (const json& step : seed["mixed"]) CHECK(Draw(mixed, step[0]) == step[1]);
    CHECK(mixed.RandomSample() == seed["mixed_next_random_sample"]);
  }
}
