// What is meant by somebody who presses the wrong key at known rates. Pure functions; any thread.
#pragma once

#include "agents/feedback/agreement/episode_bootstrap.h"
#include "sim/base/result.h"

namespace lookout::agents {

// Of steps.
struct SlipRates {
  double false_alarm = 0.0;  // share of the safe ones called unsafe
  double miss = 0.0;         // share of the unsafe ones called safe
};

// Rejects (kBadInput) rates outside of [0, 1), and those that sum up to 1 or more: then an answer
// tells nothing.
Status CheckSlips(const SlipRates& slips);

// Of the majority of so many verdicts, an odd number, each with these rates and by itself:
// sum over j > n / 2 of C(n, j) r^j (1 - r)^(n - j).
SlipRates SlipsOfMajority(const SlipRates& slips, int verdicts);

// Rogan and Gladen (1978): where a cost of `answered` was given for an episode of so many steps,
// (answered - f steps) / (1 - f - m) was meant, within [0, steps]; and so for the interval's ends;
// where that is below 0, the upper end lies as far above 0 as it did above the estimate. The rates
// count as known: what is unsure about them is not in the interval. slips: sound.
Estimate WithoutSlips(const Estimate& answered, double episode_steps, const SlipRates& slips);

}  // namespace lookout::agents
