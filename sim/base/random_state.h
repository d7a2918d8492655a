// A random stream that draws exactly what NumPy's legacy RandomState draws (MT19937, Knuth seeding,
// 53-bit doubles, polar normals), so that a seed gives Safety Gym's layout. One owner, one thread.
// Its whole state is the seed and the number of words drawn, so it can be saved in a few bytes.
#pragma once

#include <cstdint>
#include <optional>
#include <random>
#include <span>

namespace lookout {

// Enough to rebuild a RandomState bit for bit.
struct RandomStateSnapshot {
  std::uint32_t seed = 0;
  std::uint64_t words_drawn = 0;
  bool has_spare_normal = false;  // the polar method makes two; the second is kept
  double spare_normal = 0.0;
  bool operator==(const RandomStateSnapshot&) const = default;
};

class RandomState {
 public:
  explicit RandomState(std::uint32_t seed = 0) { Seed(seed); }

  // numpy.random.RandomState(seed).
  void Seed(std::uint32_t seed);

  // The generator's next 32-bit word.
  std::uint32_t NextWord();
  // random_sample(): uniform in [0, 1) from two words.
  double RandomSample();
  // uniform(low, high): low + (high - low) * random_sample().
  double Uniform(double low, double high);
  // choice(n), n >= 1: masked rejection; draws nothing for n == 1.
  int Choice(int n);
  // choice(len, p=probabilities): one random_sample against the cumulative sums.
  int Choice(std::span<const double> probabilities);
  // binomial(n, p) by inversion (n * min(p, 1-p) <= 30); draws one random_sample, also for p = 1.
  int Binomial(int n, double p);
  // randn(): standard normal.
  double Normal();

  RandomStateSnapshot Save() const;
  // Rebuilds the stream from its seed and discards `words_drawn` words (about 3 ns each).
  void Restore(const RandomStateSnapshot& snapshot);

 private:
  std::mt19937 engine_;  // its own state is never read: seed and count say all of it
  std::uint32_t seed_ = 0;
  std::uint64_t words_drawn_ = 0;
  std::optional<double> spare_normal_;
};

}  // namespace lookout
