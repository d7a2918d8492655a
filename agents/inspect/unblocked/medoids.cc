#include "agents/inspect/unblocked/medoids.h"

#include <algorithm>
#include <limits>

#include "sim/base/check.h"

namespace lookout::agents {
namespace {

using Places = std::vector<std::size_t>;

Eigen::MatrixXd DistancesOf(const Eigen::MatrixXf& points) {
  const Eigen::Index n = points.cols();
  Eigen::MatrixXd distances(n, n);
  for (Eigen::Index i = 0; i < n; ++i) {
    for (Eigen::Index j = 0; j <= i; ++j) {
      distances(i, j) = distances(j, i) = double((points.col(i) - points.col(j)).norm());
    }
  }
  return distances;
}

Eigen::Index At(std::size_t place) { return static_cast<Eigen::Index>(place); }

double TotalOf(const Eigen::MatrixXd& distances, const Places& medoids) {
  Eigen::VectorXd nearest = distances.col(At(medoids.front()));
  for (const std::size_t medoid : medoids) nearest = nearest.cwiseMin(distances.col(At(medoid)));
  return nearest.sum();
}

// BUILD: one medoid after another, each the one that lowers the sum of distances most.
Places Build(const Eigen::MatrixXd& distances, std::size_t k) {
  const Eigen::Index n = distances.cols();
  Eigen::VectorXd nearest =
      Eigen::VectorXd::Constant(n, std::numeric_limits<double>::max() / double(n + 1));
  Places medoids;
  while (medoids.size() < k) {
    std::size_t best = 0;
    double least = std::numeric_limits<double>::infinity();
    for (Eigen::Index i = 0; i < n; ++i) {
      const auto place = static_cast<std::size_t>(i);
      const double total = nearest.cwiseMin(distances.col(i)).sum();
      if (total >= least || std::ranges::find(medoids, place) != medoids.end()) continue;
      least = total;
      best = place;
    }
    medoids.push_back(best);
    nearest = nearest.cwiseMin(distances.col(At(best)));
  }
  return medoids;
}

// SWAP: one medoid for another point as long as that lowers the sum; each time by most.
void Swap(const Eigen::MatrixXd& distances, Places& medoids) {
  constexpr double kGain = 1e-9;  // of the sum: less is rounding
  double total = TotalOf(distances, medoids);
  while (true) {
    Places best = medoids;
    double least = total;
    for (std::size_t m = 0; m < medoids.size(); ++m) {
      Places tried = medoids;
      for (Eigen::Index i = 0; i < distances.cols(); ++i) {
        tried[m] = static_cast<std::size_t>(i);
        const double other = TotalOf(distances, tried);
        if (other >= least) continue;
        least = other;
        best = tried;
      }
    }
    if (least >= total - kGain * total) return;
    total = least;
    medoids = best;
  }
}

std::size_t NearestOf(const Eigen::VectorXd& to_points, const Places& medoids) {
  std::size_t nearest = 0;
  for (std::size_t m = 1; m < medoids.size(); ++m) {
    if (to_points[At(medoids[m])] < to_points[At(medoids[nearest])]) nearest = m;
  }
  return nearest;
}

// (b - a) / max(a, b), with a the mean distance within the own group, b that to the nearest other.
double SilhouetteOf(const Eigen::MatrixXd& distances, const Places& group_of, std::size_t groups) {
  double sum = 0.0;
  for (std::size_t i = 0; i < group_of.size(); ++i) {
    std::vector<double> total(groups, 0.0);
    std::vector<double> count(groups, 0.0);
    for (std::size_t j = 0; j < group_of.size(); ++j) {
      if (i == j) continue;
      total[group_of[j]] += distances(At(i), At(j));
      count[group_of[j]] += 1.0;
    }
    const std::size_t own = group_of[i];
    if (count[own] == 0.0) continue;  // alone: 0
    const double within = total[own] / count[own];
    double beside = std::numeric_limits<double>::infinity();
    for (std::size_t g = 0; g < groups; ++g) {
      if (g != own && count[g] > 0.0) beside = std::min(beside, total[g] / count[g]);
    }
    const double greater = std::max(within, beside);
    if (greater > 0.0) sum += (beside - within) / greater;
  }
  return sum / double(group_of.size());
}

MedoidGroups GroupsOf(const Eigen::MatrixXd& distances, std::size_t k) {
  MedoidGroups groups{.medoids = Build(distances, k), .group_of = {}};
  Swap(distances, groups.medoids);
  for (Eigen::Index i = 0; i < distances.cols(); ++i) {
    groups.group_of.push_back(NearestOf(distances.col(i), groups.medoids));
  }
  if (k > 1) groups.silhouette = SilhouetteOf(distances, groups.group_of, k);
  return groups;
}

}  // namespace

MedoidGroups GroupByMedoids(const Eigen::MatrixXf& points, std::size_t k) {
  LOOKOUT_CHECK(k >= 1 && At(k) <= points.cols(), "as many points as groups");
  return GroupsOf(DistancesOf(points), k);
}

MedoidGroups GroupPoints(const Eigen::MatrixXf& points, std::size_t most) {
  constexpr double kNoStructure = 0.25;
  const Eigen::Index n = points.cols();
  const Eigen::Index stride =
      std::max<Eigen::Index>(1, (n + At(kMostGrouped) - 1) / At(kMostGrouped));
  const Eigen::Index taken = (n + stride - 1) / stride;
  Eigen::MatrixXf some(points.rows(), taken);
  for (Eigen::Index i = 0; i < taken; ++i) some.col(i) = points.col(i * stride);
  const Eigen::MatrixXd distances = DistancesOf(some);
  MedoidGroups best = GroupsOf(distances, 1);
  best.silhouette = kNoStructure;
  for (std::size_t k = 2; k <= most && At(k) < taken; ++k) {
    MedoidGroups groups = GroupsOf(distances, k);
    if (groups.silhouette > best.silhouette) best = std::move(groups);
  }
  if (best.medoids.size() == 1) best.silhouette = 0.0;
  for (std::size_t& medoid : best.medoids) medoid *= static_cast<std::size_t>(stride);
  best.group_of.clear();
  for (Eigen::Index i = 0; i < n; ++i) {
    const Eigen::VectorXd to_points =
        (points.colwise() - points.col(i)).colwise().norm().cast<double>();
    best.group_of.push_back(NearestOf(to_points, best.medoids));
  }
  return best;
}

}  // namespace lookout::agents
