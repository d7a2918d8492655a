// The solver's linear algebra against MuJoCo's, to the last bit.
#include "sim/solver/skyline_cholesky.h"

#include <doctest/doctest.h>
#include <mujoco/mujoco.h>

#include <algorithm>
#include <vector>

#include "sim/base/random_state.h"

using lookout::RandomState;
using namespace lookout::sim;

namespace {

// A positive definite matrix whose row i begins at first[i]; the upper half is its mirror image.
std::vector<double> MatrixOf(const std::vector<int>& first, RandomState& random) {
  const int n = static_cast<int>(first.size());
  std::vector<double> matrix(static_cast<std::size_t>(n) * n);
  for (int i = 0; i < n; ++i) {
    for (int j = first[i]; j < i; ++j) {
      matrix[i * n + j] = matrix[j * n + i] = random.Uniform(-1, 1);
    }
    matrix[i * n + i] = n + random.Uniform(0, 1);
  }
  return matrix;
}

void CheckLowerHalf(SkylineCholesky& ours, const std::vector<double>& theirs, int n) {
  for (int i = 0; i < n; ++i) {
    for (int j = 0; j <= i; ++j) CHECK(ours.Row(i)[j] == theirs[i * n + j]);
  }
}

// Blocks of several sizes, and a last row that ties some of them together.
const std::vector<int> kShape{0, 0, 0, 3, 3, 3, 3, 3, 3, 9, 9, 11, 11, 11, 11, 4};

}  // namespace

TEST_CASE("A dot product from the first entry on is MuJoCo's of the whole") {
  RandomState random(1);
  for (int n = 1; n < 20; ++n) {
    for (int first = 0; first < n; ++first) {
      std::vector<double> a(n), b(n);
      for (double& value : b) value = random.Uniform(-1, 1);
      for (int i = first; i < n; ++i) a[i] = random.Uniform(-1, 1);
      CHECK(Dot(a.data(), b.data(), first, n) == mju_dot(a.data(), b.data(), n));
    }
  }
}

TEST_CASE("Factors, solutions and updates are MuJoCo's") {
  RandomState random(2);
  const int n = static_cast<int>(kShape.size());
  for (int round = 0; round < 20; ++round) {
    std::vector<double> theirs = MatrixOf(kShape, random);
    SkylineCholesky ours(n);
    ours.Begin(kShape);
    for (int i = 0; i < n; ++i) std::copy_n(&theirs[i * n], i + 1, ours.Row(i));
    ours.Factor();
    CHECK(mju_cholFactor(theirs.data(), n, mjMINVAL) == n);
    CheckLowerHalf(ours, theirs, n);
    for (const bool add : {true, false}) {
      std::vector<double> x(n), y;
      for (int i = 4; i < 9; ++i) x[i] = random.Uniform(-1, 1);
      y = x;
      CHECK(ours.Update(x.data(), 4, add));
      CHECK(mju_cholUpdate(theirs.data(), y.data(), n, add ? 1 : 0) == n);
      CheckLowerHalf(ours, theirs, n);
    }
    std::vector<double> right(n), x(n), y(n);
    for (double& value : right) value = random.Uniform(-1, 1);
    ours.Solve(right.data(), x.data());
    mju_cholSolve(y.data(), theirs.data(), right.data(), n);
    CHECK(x == y);
  }
}

TEST_CASE("An update that leaves nothing positive is noticed") {
  SkylineCholesky one(1);
  one.Begin({0});
  one.Row(0)[0] = 4;
  one.Factor();
  double x = 2;
  CHECK_FALSE(one.Update(&x, 0, false));
}
