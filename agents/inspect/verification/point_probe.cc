#include "agents/inspect/verification/point_probe.h"

#include <algorithm>
#include <cmath>

namespace lookout::agents {
namespace {

constexpr std::size_t kMostCorners = 5;  // variables
constexpr int kEffectPoints = 512;

Point Uniform(const Box& box, RandomState& random) {
  Point point{.dim = box.dim};
  for (std::size_t i = 0; i < box.dim; ++i) {
    point.at[i] = random.Uniform(box.sides[i].low, box.sides[i].high);
  }
  return point;
}

// Finite also where the float is 0 or 1.
double Logit(float probability) {
  const double p = std::clamp(double(probability), 1e-7, 1.0 - 1e-7);
  return std::log(p / (1.0 - p));
}

// A root, the larger ones more often.
std::size_t DrawRoot(const Scene& scene, RandomState& random) {
  double total = 0.0;
  for (const Box& root : scene.roots()) total += Volume(root);
  double left = random.Uniform(0.0, total);
  for (std::size_t i = 0; i + 1 < scene.roots().size(); ++i) {
    left -= Volume(scene.roots()[i]);
    if (left < 0.0) return i;
  }
  return scene.roots().size() - 1;
}

}  // namespace

PointProbe::PointProbe(const Scene& scene, const CostModel& model) : scene_(scene), model_(model) {}

std::span<const float> PointProbe::Predict(std::span<const Point> points) {
  const auto n = static_cast<Eigen::Index>(points.size());
  observations_.resize(model_.observation_dim(), n);
  probability_.resize(n);
  spread_.resize(n);
  for (Eigen::Index i = 0; i < n; ++i) {
    scene_.ObserveAt(points[static_cast<std::size_t>(i)], observations_.col(i));
  }
  model_.PredictWith(workspace_, observations_, probability_, spread_);
  return {probability_.data(), points.size()};
}

std::optional<Point> DrawPoint(const Scene& scene, const Box& box, std::size_t root,
                               RandomState& random, int tries) {
  for (int i = 0; i < tries; ++i) {
    const Point point = Uniform(box, random);
    if (scene.Contains(point, root)) return point;
  }
  return std::nullopt;
}

std::vector<Point> MarkedPoints(const Scene& scene, const Box& box, std::size_t root) {
  std::vector<Point> points;
  Point point{.dim = box.dim};
  for (std::size_t i = 0; i < box.dim; ++i) point.at[i] = box.sides[i].middle();
  if (scene.Contains(point, root)) points.push_back(point);
  if (box.dim > kMostCorners) return points;
  for (std::size_t corner = 0; corner < (std::size_t{1} << box.dim); ++corner) {
    for (std::size_t i = 0; i < box.dim; ++i) {
      point.at[i] = ((corner >> i) & 1U) != 0 ? box.sides[i].high : box.sides[i].low;
    }
    if (scene.Contains(point, root)) points.push_back(point);
  }
  return points;
}

std::vector<double> Effects(const Scene& scene, PointProbe& probe, RandomState& random,
                            std::vector<TriedPoint>& tried) {
  const std::size_t dim = scene.variables().size();
  std::vector<double> effects(dim, 0.0);
  for (int i = 0; i < kEffectPoints; ++i) {
    const std::size_t root = DrawRoot(scene, random);
    const Box& box = scene.roots()[root];
    const std::optional<Point> base = DrawPoint(scene, box, root, random);
    if (!base) continue;
    std::vector<Point> points(dim + 1, *base);
    for (std::size_t j = 0; j < dim; ++j) {
      points[j + 1].at[j] = random.Uniform(box.sides[j].low, box.sides[j].high);
    }
    const std::span<const float> predicted = probe.Predict(points);
    for (std::size_t j = 0; j <= dim; ++j) {
      if (scene.Contains(points[j], root)) tried.push_back({points[j], root, predicted[j]});
      if (j == 0) continue;
      const double change = Logit(predicted[j]) - Logit(predicted[0]);
      effects[j - 1] += change * change / (2.0 * kEffectPoints);
    }
  }
  for (double& effect : effects) effect = std::sqrt(effect);
  const double largest = dim == 0 ? 0.0 : std::ranges::max(effects);
  for (double& effect : effects) effect = std::max(effect, std::max(0.02 * largest, 1e-9));
  return effects;
}

double Volume(const Box& box) {
  double volume = 1.0;
  for (const Interval& side : box.all()) {
    if (side.width() > 0.0) volume *= side.width();
  }
  return volume;
}

}  // namespace lookout::agents
