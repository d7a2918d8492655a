#include "agents/inspect/unblocked/medoids.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cmath>

#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

// Around (0, 0), (10, 0) and (0, 10) in turn.
Eigen::MatrixXf ThreeHeaps(int count) {
  RandomState random(5);
  Eigen::MatrixXf points(2, count);
  for (int i = 0; i < count; ++i) {
    const Eigen::Vector2f at(i % 3 == 1 ? 10.0F : 0.0F, i % 3 == 2 ? 10.0F : 0.0F);
    points.col(i) = at + Eigen::Vector2f(static_cast<float>(random.Normal()),
                                         static_cast<float>(random.Normal()));
  }
  return points;
}

TEST_CASE("three heaps are three groups, however many points there are") {
  for (const int count : {30, 900}) {
    const MedoidGroups groups = GroupPoints(ThreeHeaps(count), 8);
    REQUIRE(groups.medoids.size() == 3);
    REQUIRE(std::ssize(groups.group_of) == count);
    CHECK(groups.silhouette > 0.7);
    for (std::size_t i = 3; i < groups.group_of.size(); ++i) {
      CHECK(groups.group_of[i] == groups.group_of[i - 3]);
    }
    CHECK(groups.group_of[0] != groups.group_of[1]);
    CHECK(groups.group_of[1] != groups.group_of[2]);
    for (std::size_t g = 0; g < 3; ++g) CHECK(groups.group_of[groups.medoids[g]] == g);
  }
}

TEST_CASE("one heap is one group, and so are few points or equal ones") {
  RandomState random(6);
  Eigen::MatrixXf heap(8, 100);
  for (Eigen::Index i = 0; i < heap.size(); ++i) {
    heap.data()[i] = static_cast<float>(random.Normal());
  }
  CHECK(GroupPoints(heap, 8).medoids.size() == 1);
  CHECK(GroupPoints(heap.leftCols(1), 8).medoids.size() == 1);
  CHECK(GroupPoints(Eigen::MatrixXf::Ones(3, 20), 8).medoids.size() == 1);
}

TEST_CASE("the medoids are those of the least sum of distances") {
  Eigen::MatrixXf line(1, 7);
  line << 0, 1, 2, 10, 11, 12, 13;
  const MedoidGroups groups = GroupByMedoids(line, 2);
  double total = 0.0;
  for (Eigen::Index i = 0; i < line.cols(); ++i) {
    const auto medoid = groups.medoids[groups.group_of[static_cast<std::size_t>(i)]];
    total += std::abs(double(line(0, i) - line(0, static_cast<Eigen::Index>(medoid))));
  }
  CHECK(total == doctest::Approx(2.0 + 4.0));
  CHECK(std::ranges::find(groups.medoids, 1U) != groups.medoids.end());
}

}  // namespace
}  // namespace lookout::agents
