// How an error falls with the amount of data: E(n) = a n^-b + c. Pure functions; any thread.
#pragma once

#include <optional>
#include <span>

namespace lookout::agents {

struct PowerLaw {
  double a = 0.0;
  double b = 0.0;       // the exponent: how fast it falls
  double c = 0.0;       // the floor that more data do not mend, >= 0
  double most_n = 0.0;  // that it was fitted on

  // Nothing beyond four times the data: there it would be a guess.
  std::optional<double> At(double n) const;
  // How many times as many data halve what is above the floor: 2^(1/b); infinite for b <= 0.
  double factor_to_halve() const;
};

struct ErrorAtSize {
  double n = 0.0;          // data, > 0
  double error = 0.0;      // the mean over draws, > 0
  double deviation = 0.0;  // of that mean; 0: taken for a fixed part of the error
};

// Least squares on log(E - c), weighted by what the deviations say of each logarithm, for every
// floor c from 0 to just below the least error; of these the one with the least weighted residual
// in E. Nothing for fewer than three sizes, or an error that is not above 0.
std::optional<PowerLaw> FitPowerLaw(std::span<const ErrorAtSize> sizes);

}  // namespace lookout::agents
