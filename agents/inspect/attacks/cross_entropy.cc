#include "agents/inspect/attacks/cross_entropy.h"

#include <algorithm>
#include <cmath>
#include <numeric>
#include <span>

#include "sim/base/check.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

// What points are drawn from.
struct Normals {
  Eigen::VectorXd mean;
  Eigen::VectorXd deviation;
};

void DrawUniform(RandomState& random, Eigen::MatrixXd& points) {
  for (double& value : points.reshaped()) value = random.RandomSample();
}

void Draw(const Normals& normals, RandomState& random, Eigen::MatrixXd& points) {
  for (Eigen::Index column = 0; column < points.cols(); ++column) {
    for (Eigen::Index row = 0; row < points.rows(); ++row) {
      const double drawn = normals.mean[row] + normals.deviation[row] * random.Normal();
      points(row, column) = std::clamp(drawn, 0.0, 1.0);
    }
  }
}

// The columns that are allowed, best first; of equals the one that was drawn first.
std::vector<Eigen::Index> Ranked(const Eigen::VectorXd& scores) {
  std::vector<Eigen::Index> order;
  for (Eigen::Index i = 0; i < scores.size(); ++i) {
    if (scores[i] > kNotAllowed) order.push_back(i);
  }
  std::ranges::stable_sort(order, [&](auto a, auto b) { return scores[a] > scores[b]; });
  return order;
}

void MoveTowards(const Eigen::MatrixXd& points, std::span<const Eigen::Index> elite,
                 const CrossEntropySettings& settings, Normals& normals) {
  Normals fresh{Eigen::VectorXd::Zero(points.rows()), Eigen::VectorXd::Zero(points.rows())};
  const auto count = static_cast<double>(elite.size());
  for (const Eigen::Index column : elite) fresh.mean += points.col(column) / count;
  for (const Eigen::Index column : elite) {
    fresh.deviation += (points.col(column) - fresh.mean).cwiseAbs2() / count;
  }
  fresh.deviation = fresh.deviation.cwiseSqrt();
  const double kept = 1.0 - settings.smoothing;
  normals.mean = settings.smoothing * fresh.mean + kept * normals.mean;
  normals.deviation = (settings.smoothing * fresh.deviation + kept * normals.deviation)
                          .cwiseMax(settings.least_spread);
}

Result<CrossEntropyResult> Search(int dimensions, const CrossEntropySettings& settings,
                                  std::uint32_t seed, const PointScorer& score, bool adapts) {
  LOOKOUT_CHECK(dimensions > 0 && settings.population > 1, "something to search");
  RandomState random(seed);
  // As wide as uniform points are.
  Normals normals{Eigen::VectorXd::Constant(dimensions, 0.5),
                  Eigen::VectorXd::Constant(dimensions, std::sqrt(1.0 / 12.0))};
  const auto elite = static_cast<std::size_t>(
      std::max(2.0, std::round(settings.elite_share * settings.population)));
  CrossEntropyResult result;
  Eigen::MatrixXd points(dimensions, settings.population);
  Eigen::VectorXd scores(settings.population);
  bool is_led = false;  // by points that were allowed
  for (int generation = 0; generation < settings.generations; ++generation) {
    is_led ? Draw(normals, random, points) : DrawUniform(random, points);
    if (Status scored = score(points, scores); !scored.ok()) return scored.error();
    const std::vector<Eigen::Index> order = Ranked(scores);
    if (!order.empty() && scores[order.front()] > result.score) {
      result.score = scores[order.front()];
      result.best = points.col(order.front());
    }
    result.best_so_far.push_back(result.score);
    if (!adapts || order.size() < 2) continue;
    MoveTowards(points, std::span(order).first(std::min(elite, order.size())), settings, normals);
    is_led = true;
  }
  return result;
}

}  // namespace

Result<CrossEntropyResult> SearchByCrossEntropy(int dimensions,
                                                const CrossEntropySettings& settings,
                                                std::uint32_t seed, const PointScorer& score) {
  return Search(dimensions, settings, seed, score, true);
}

Result<CrossEntropyResult> SearchAtRandom(int dimensions, const CrossEntropySettings& settings,
                                          std::uint32_t seed, const PointScorer& score) {
  return Search(dimensions, settings, seed, score, false);
}

}  // namespace lookout::agents
