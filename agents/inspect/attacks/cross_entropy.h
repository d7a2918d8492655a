// The cross-entropy method (Rubinstein 1999; de Boer et al. 2005, algorithm 3.3 with smoothing): a
// search for the point of a box that scores highest, by drawing points from a normal distribution
// and moving that towards the best of them. Owned by the caller; one thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <limits>
#include <vector>

#include "sim/base/fields.h"
#include "sim/base/result.h"

namespace lookout::agents {

struct CrossEntropySettings {
  int generations = 20;
  int population = 60;         // points of each generation
  double elite_share = 0.2;    // of them, which the next generation is drawn around
  double smoothing = 0.7;      // of the new mean and spread, the share that is not the old
  double least_spread = 0.02;  // standard deviation, of the box's width, below which none falls
};

// A point that nothing may be made of scores this.
inline constexpr double kNotAllowed = -std::numeric_limits<double>::infinity();

// Scores the columns of points, [dimensions x n] in [0, 1], into scores, [n]; higher is better.
using PointScorer = std::function<Status(const Eigen::MatrixXd& points, Eigen::VectorXd& scores)>;

struct CrossEntropyResult {
  Eigen::VectorXd best;             // [dimensions]; empty if no point was allowed
  double score = kNotAllowed;       // of it
  std::vector<double> best_so_far;  // after each generation
};

// Searches [0, 1]^dimensions. The first generation is uniform, so that it is a random search of its
// own. The same seed and scores give the same result. Fails as the scorer does.
Result<CrossEntropyResult> SearchByCrossEntropy(int dimensions,
                                                const CrossEntropySettings& settings,
                                                std::uint32_t seed, const PointScorer& score);

// The same number of points, all of them uniform: what the search has to be better than.
Result<CrossEntropyResult> SearchAtRandom(int dimensions, const CrossEntropySettings& settings,
                                          std::uint32_t seed, const PointScorer& score);

template <FieldsOf<CrossEntropySettings> Self, typename Visit>
void VisitFields(Self& s, Visit&& visit) {
  using F = Field<CrossEntropySettings>;
  visit(F("generations", "rounds of the search, each nearer to what was found").Within(1, 10'000),
        s.generations);
  visit(F("population", "candidates in each round").Within(4, 100'000), s.population);
  visit(
      F("elite-share", "of each round, the share that the next is drawn around").Within(0.02, 0.5),
      s.elite_share);
  visit(F("smoothing", "share of each round's new centre and spread").Within(0.05, 1), s.smoothing);
  visit(F("least-spread", "below which the spread never falls, of the widths").Within(0, 0.5),
        s.least_spread);
}

}  // namespace lookout::agents
