#include "sim/base/random_state.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "sim/base/check.h"

namespace lookout {

void RandomState::Seed(std::uint32_t seed) {
  engine_.seed(seed);
  seed_ = seed;
  words_drawn_ = 0;
  spare_normal_.reset();
}

std::uint32_t RandomState::NextWord() {
  ++words_drawn_;
  return static_cast<std::uint32_t>(engine_());
}

double RandomState::RandomSample() {
  const std::uint32_t high = NextWord() >> 5;
  const std::uint32_t low = NextWord() >> 6;
  return (high * 67108864.0 + low) / 9007199254740992.0;
}

double RandomState::Uniform(double low, double high) { return low + (high - low) * RandomSample(); }

int RandomState::Choice(int n) {
  LOOKOUT_CHECK(n >= 1, "a choice needs something to choose from");
  if (n == 1) return 0;
  const auto last = static_cast<std::uint32_t>(n - 1);
  const std::uint32_t mask = std::bit_ceil(last + 1) - 1;
  std::uint32_t word = NextWord() & mask;
  while (word > last) word = NextWord() & mask;
  return static_cast<int>(word);
}

int RandomState::Choice(std::span<const double> probabilities) {
  LOOKOUT_CHECK(!probabilities.empty(), "a choice needs something to choose from");
  double total = 0.0;
  for (const double probability : probabilities) total += probability;
  const double u = RandomSample();
  double cumulative = 0.0;
  for (std::size_t i = 0; i < probabilities.size(); ++i) {
    cumulative += probabilities[i];
    if (cumulative / total > u) return static_cast<int>(i);
  }
  return static_cast<int>(probabilities.size()) - 1;
}

namespace {

// Inverts the cumulative distribution of a binomial with p <= 0.5, term by term.
int InvertBinomial(RandomState& random, int n, double p) {
  const double q = 1.0 - p;
  const double none = std::exp(n * std::log(q));
  const double mean = n * p;
  const int bound = static_cast<int>(std::min<double>(n, mean + 10.0 * std::sqrt(mean * q + 1.0)));
  int successes = 0;
  double probability = none;
  double u = random.RandomSample();
  while (u > probability) {
    if (++successes > bound) {
      successes = 0;
      probability = none;
      u = random.RandomSample();
    } else {
      u -= probability;
      probability = ((n - successes + 1) * p * probability) / (successes * q);
    }
  }
  return successes;
}

}  // namespace

int RandomState::Binomial(int n, double p) {
  LOOKOUT_CHECK(n >= 0 && p >= 0.0 && p <= 1.0, "a binomial needs n >= 0 and a probability");
  LOOKOUT_CHECK(n * std::min(p, 1.0 - p) <= 30.0, "NumPy draws larger binomials differently");
  if (n == 0 || p == 0.0) return 0;
  return p <= 0.5 ? InvertBinomial(*this, n, p) : n - InvertBinomial(*this, n, 1.0 - p);
}

double RandomState::Normal() {
  if (spare_normal_) {
    const double spare = *spare_normal_;
    spare_normal_.reset();
    return spare;
  }
  double x = 0.0;
  double y = 0.0;
  double radius2 = 0.0;
  do {
    x = 2.0 * RandomSample() - 1.0;
    y = 2.0 * RandomSample() - 1.0;
    radius2 = x * x + y * y;
  } while (radius2 >= 1.0 || radius2 == 0.0);
  const double scale = std::sqrt(-2.0 * std::log(radius2) / radius2);
  spare_normal_ = scale * x;
  return scale * y;
}

RandomStateSnapshot RandomState::Save() const {
  return {seed_, words_drawn_, spare_normal_.has_value(), spare_normal_.value_or(0.0)};
}

void RandomState::Restore(const RandomStateSnapshot& snapshot) {
  // A later moment of the same stream is reached from here; anything else from the seed.
  if (snapshot.seed != seed_ || snapshot.words_drawn < words_drawn_) Seed(snapshot.seed);
  engine_.discard(snapshot.words_drawn - words_drawn_);
  words_drawn_ = snapshot.words_drawn;
  spare_normal_.reset();
  if (snapshot.has_spare_normal) spare_normal_ = snapshot.spare_normal;
}

}  // namespace lookout
