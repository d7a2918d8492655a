// The mean of a figure over training seeds, and how sure it is. Any thread.
#pragma once

#include <span>

namespace lookout::agents {

struct SeedInterval {
  double mean = 0.0;
  // The 68 % confidence interval of the mean by Student's t: its standard error, widened for few
  // seeds.
  double low = 0.0;
  double high = 0.0;
};

// `values`: one finite value for each seed. NaN without any; low and high are NaN for one seed.
SeedInterval IntervalOverSeeds(std::span<const double> values);

}  // namespace lookout::agents
