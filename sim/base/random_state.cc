#include "sim/base/random_state.h"

#include <algorithm>
#include <bit>
#include <cmath>

#include "sim/base/check.h"

namespace lookout {
namespace {

// MT19937 (Matsumoto & Nishimura 1998): lag, feedback matrix and the two halves of a word.
constexpr int kLag = 397;
constexpr std::uint32_t kMatrix = 0x9908b0dfU;
constexpr std::uint32_t kUpperMask = 0x80000000U;
constexpr std::uint32_t kLowerMask = 0x7fffffffU;

std::uint32_t Twist(std::uint32_t upper, std::uint32_t lower, std::uint32_t far) {
  const std::uint32_t mixed = (upper & kUpperMask) | (lower & kLowerMask);
  return far ^ (mixed >> 1) ^ ((mixed & 1U) != 0 ? kMatrix : 0U);
}

std::uint32_t Temper(std::uint32_t word) {
  word ^= word >> 11;
  word ^= (word << 7) & 0x9d2c5680U;
  word ^= (word << 15) & 0xefc60000U;
  return word ^ (word >> 18);
}

}  // namespace

void RandomState::Seed(std::uint32_t seed) {
  seed_ = seed;
  words_drawn_ = 0;
  spare_normal_.reset();
  words_[0] = seed;
  for (std::uint32_t i = 1; i < kWords; ++i) {
    words_[i] = 1812433253U * (words_[i - 1] ^ (words_[i - 1] >> 30)) + i;
  }
  next_ = kWords;
}

void RandomState::Refill() {
  for (int i = 0; i < kWords; ++i) {
    words_[i] = Twist(words_[i], words_[(i + 1) % kWords], words_[(i + kLag) % kWords]);
  }
  next_ = 0;
}

std::uint32_t RandomState::NextWord() {
  if (next_ == kWords) Refill();
  ++words_drawn_;
  return Temper(words_[next_++]);
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
  while (words_drawn_ < snapshot.words_drawn) {
    if (next_ == kWords) Refill();
    const auto missing = snapshot.words_drawn - words_drawn_;
    const int skipped = static_cast<int>(std::min<std::uint64_t>(missing, kWords - next_));
    next_ += skipped;
    words_drawn_ += skipped;
  }
  spare_normal_.reset();
  if (snapshot.has_spare_normal) spare_normal_ = snapshot.spare_normal;
}

}  // namespace lookout
