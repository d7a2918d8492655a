// Dense linear algebra that skips the zeros it knows of and adds up in the order in which MuJoCo
// does, so that its results are MuJoCo's to the last bit. Internal to sim/. One owner, one thread.
#pragma once

#include <cstring>
#include <vector>

namespace lookout::sim {

// Four doubles at a time: the partial sums in which mju_dot adds.
using FourDoubles = double __attribute__((vector_size(32)));

inline FourDoubles Load4(const double* from) {
  FourDoubles values;
  std::memcpy(&values, from, sizeof values);
  return values;
}

inline void Store4(double* to, const FourDoubles& values) {
  std::memcpy(to, &values, sizeof values);
}

// mju_dot(a, b, n) for vectors of which one is zero before `first`.
inline double Dot(const double* a, const double* b, int first, int n) {
  const int whole = n & ~3;
  FourDoubles sums{};
  for (int i = first & ~3; i < whole; i += 4) sums += Load4(a + i) * Load4(b + i);
  double sum = (sums[0] + sums[2]) + (sums[1] + sums[3]);
  const double* x = a + whole;
  const double* y = b + whole;
  switch (n & 3) {
    case 3:
      return sum + (x[0] * y[0] + x[1] * y[1] + x[2] * y[2]);
    case 2:
      return sum + (x[0] * y[0] + x[1] * y[1]);
    case 1:
      return sum + x[0] * y[0];
    default:
      return sum;
  }
}

// to[i] += from[i] * scale for first <= i < end.
inline void AddScaled(double* to, const double* from, double scale, int first, int end) {
  int i = first;
  for (; i + 4 <= end; i += 4) Store4(to + i, Load4(to + i) + Load4(from + i) * scale);
  for (; i < end; ++i) to[i] += from[i] * scale;
}

// The Cholesky factor L of a symmetric positive definite matrix, of which each row is zero before
// its first entry; L keeps that. Bodies that do not touch are blocks that cost nothing of each
// other. Bit for bit mju_cholFactor, mju_cholSolve and mju_cholUpdate.
class SkylineCholesky {
 public:
  // [n x n], all rows empty but for the diagonal, all zero.
  explicit SkylineCholesky(int n);

  // Begins a matrix. first_entries: [n], first[i] <= i.
  void Begin(const std::vector<int>& first_entries);
  // Forgets the values, not the shape.
  void Clear();
  // Row i of the lower half; valid from its first entry to the diagonal. Filled by the caller.
  double* Row(int i) { return values_.data() + static_cast<std::ptrdiff_t>(i) * n_; }

  void Factor();
  // Solves L L' x = b. [n]
  void Solve(const double* b, double* x) const;
  // Makes it the factor of A + x x' or A - x x'; x: [n], zero before first, is used up. False if
  // that has lost accuracy: factor anew.
  bool Update(double* x, int first, bool add);

 private:
  const double* Row(int i) const { return values_.data() + static_cast<std::ptrdiff_t>(i) * n_; }

  int n_;
  std::vector<double> values_;
  std::vector<double> inverse_diagonal_;
  std::vector<int> first_;  // of each row
  std::vector<int> last_;   // of each column
};

}  // namespace lookout::sim
