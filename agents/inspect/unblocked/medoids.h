// Groups of points around some of themselves: k-medoids by PAM, with as many groups as the mean
// silhouette says (Kaufman and Rousseeuw 1990, chapters 2 and 5). Nothing is drawn, so the same
// points give the same groups. Pure functions; any thread.
#pragma once

#include <Eigen/Core>
#include <cstddef>
#include <vector>

namespace lookout::agents {

struct MedoidGroups {
  std::vector<std::size_t> medoids;   // [groups] places of points
  std::vector<std::size_t> group_of;  // [points] in [0, groups)
  double silhouette = 0.0;            // mean over the points; 0 of a single group
};

// points: [dim x n], n >= 1; k <= n.
MedoidGroups GroupByMedoids(const Eigen::MatrixXf& points, std::size_t k);

// With the number of groups up to `most` whose silhouette is greatest; one where none reaches
// 0.25, up to which "no substantial structure has been found". Of more than kMostGrouped points the
// medoids come from so many of them, evenly taken, and the others join the nearest.
inline constexpr std::size_t kMostGrouped = 240;
MedoidGroups GroupPoints(const Eigen::MatrixXf& points, std::size_t most);

}  // namespace lookout::agents
