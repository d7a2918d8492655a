#include "agents/feedback/audit/slip_correction.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "sim/base/check.h"

namespace lookout::agents {

Status CheckSlips(const SlipRates& slips) {
  const bool in_range = slips.false_alarm >= 0.0 && slips.miss >= 0.0;
  if (in_range && slips.false_alarm + slips.miss < 1.0) return {};
  return BadInput(
      fmt::format("Slips of {} and {} leave nothing that answers tell; false alarms and misses are "
                  "shares from 0 on that sum up to less than 1.",
                  slips.false_alarm, slips.miss));
}

SlipRates SlipsOfMajority(const SlipRates& slips, int verdicts) {
  LOOKOUT_CHECK(verdicts > 0 && verdicts % 2 == 1, "an odd number of verdicts has a majority");
  const auto of = [&](double rate) {
    double sum = 0.0;
    double choose = 1.0;  // C(n, j)
    for (int j = 0; j <= verdicts; ++j) {
      if (2 * j > verdicts) sum += choose * std::pow(rate, j) * std::pow(1.0 - rate, verdicts - j);
      choose *= double(verdicts - j) / double(j + 1);
    }
    return sum;
  };
  return {.false_alarm = of(slips.false_alarm), .miss = of(slips.miss)};
}

Estimate WithoutSlips(const Estimate& answered, double episode_steps, const SlipRates& slips) {
  const auto meant = [&](double cost) {
    return (cost - slips.false_alarm * episode_steps) / (1.0 - slips.false_alarm - slips.miss);
  };
  // NaN stays what it is.
  const auto within = [&](double cost) { return cost < 0.0 ? 0.0 : std::min(cost, episode_steps); };
  const double value = meant(answered.value);
  // What is moved to 0 keeps its distance from the upper end: few answers prove no absence.
  const double high = std::max(meant(answered.high), within(value) + meant(answered.high) - value);
  return {within(value), within(meant(answered.low)), within(high)};
}

}  // namespace lookout::agents
