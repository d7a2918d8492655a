// How far two parties agree about steps that each calls unsafe or not, from the four counts of a
// two-by-two table. Pure functions; any thread.
#pragma once

#include <cstdint>

namespace lookout::agents {

// Of steps, by which of two parties calls them unsafe.
struct VerdictCounts {
  std::int64_t both = 0;
  std::int64_t only_first = 0;
  std::int64_t only_second = 0;
  std::int64_t neither = 0;

  std::int64_t steps() const { return both + only_first + only_second + neither; }
  VerdictCounts& AddTimes(const VerdictCounts& other, std::int64_t times);
  bool operator==(const VerdictCounts&) const = default;
};

// Cohen's kappa (1960), (p_o - p_e) / (1 - p_e). NaN if chance alone makes them agree everywhere.
double Kappa(const VerdictCounts& counts);

// Of the steps that one of them calls unsafe (not unsafe), the share that both do, each party
// weighing half: 2a / (2a + b + c). For rare classes, whose kappa hangs on a few steps (Cicchetti
// and Feinstein 1990). NaN if there are none.
double PositiveAgreement(const VerdictCounts& counts);
double NegativeAgreement(const VerdictCounts& counts);

// Signal detection with the second party's unsafe steps as the signal that the first one reports:
// d' = z(H) - z(F), and the criterion -(z(H) + z(F)) / 2, above 0 for somebody who seldom says
// "unsafe". Hit and false-alarm rates with the log-linear correction, 1/2 added to each count and 1
// to each total (Hautus 1995). NaN if the second calls all or nothing unsafe.
double DPrime(const VerdictCounts& counts);
double Criterion(const VerdictCounts& counts);

// The standard normal's quantile, to about 1e-15; probability: in (0, 1).
double NormalQuantile(double probability);

}  // namespace lookout::agents
