#include "sim/solver/skyline_cholesky.h"

#include <algorithm>
#include <cmath>

namespace lookout::sim {
namespace {

constexpr double kSmallestPivot = 1e-15;  // mjMINVAL

}  // namespace

SkylineCholesky::SkylineCholesky(int n)
    : n_(n), values_(static_cast<std::size_t>(n) * n), inverse_diagonal_(n), first_(n), last_(n) {}

void SkylineCholesky::Begin(const std::vector<int>& first_entries) {
  std::copy(first_entries.begin(), first_entries.end(), first_.begin());
  for (int row = 0; row < n_; ++row) {
    std::fill(last_.begin() + first_[row], last_.begin() + row + 1, row);
  }
  Clear();
}

void SkylineCholesky::Clear() { std::ranges::fill(values_, 0.0); }

void SkylineCholesky::Factor() {
  for (int i = 0; i < n_; ++i) {
    double* row = Row(i);
    for (int j = first_[i]; j < i; ++j) {
      const double* other = Row(j);
      row[j] = (row[j] - Dot(row, other, std::max(first_[i], first_[j]), j)) * inverse_diagonal_[j];
    }
    const double pivot = std::max(row[i] - Dot(row, row, first_[i], i), kSmallestPivot);
    row[i] = std::sqrt(pivot);
    inverse_diagonal_[i] = 1 / row[i];
  }
}

void SkylineCholesky::Solve(const double* b, double* x) const {
  std::copy_n(b, n_, x);
  for (int i = 0; i < n_; ++i) {
    const double* row = Row(i);
    x[i] = (x[i] - Dot(row, x, first_[i], i)) / row[i];
  }
  for (int i = n_ - 1; i >= 0; --i) {
    double rest = x[i];
    const double* column = Row(0) + i;
    for (int j = i + 1; j <= last_[i]; ++j)
      rest -= column[static_cast<std::ptrdiff_t>(j) * n_] * x[j];
    x[i] = rest / Row(i)[i];
  }
}

bool SkylineCholesky::Update(double* x, int first, bool add) {
  bool accurate = true;
  for (int k = first; k < n_; ++k) {
    if (x[k] == 0) continue;
    double* column = Row(0) + k;
    const double diagonal = Row(k)[k];
    double square = diagonal * diagonal + (add ? x[k] * x[k] : -x[k] * x[k]);
    if (square < kSmallestPivot) {
      square = kSmallestPivot;
      accurate = false;
    }
    const double turned = std::sqrt(square);
    const double c = turned / diagonal;
    const double inverse_c = 1 / c;
    const double s = x[k] / diagonal;
    Row(k)[k] = turned;
    for (int i = k + 1; i <= last_[k]; ++i) {
      double& entry = column[static_cast<std::ptrdiff_t>(i) * n_];
      entry = (add ? entry + s * x[i] : entry - s * x[i]) * inverse_c;
      x[i] = c * x[i] - s * entry;
    }
  }
  return accurate;
}

}  // namespace lookout::sim
