// What an answer would tell about which member of an ensemble is right. Pure functions; any thread.
#pragma once

namespace lookout::agents {

// BALD (Houlsby, Huszar, Ghahramani, Lengyel 2011), H(mean of p_m) - mean of H(p_m) in bits, for
// members of which mean and standard deviation are known: their probabilities are taken for those
// of the Beta distribution with these two. predicted: in [0, 1]; spread >= 0, as large as there can
// be or more: the members are taken to be sure of opposite things. Result: in [0, 1].
double Disagreement(double predicted, double spread);

// How near a predicted cost is to the threshold between safe and unsafe, in (0, 1): 1 at the
// threshold, 0 at that end of [0, 1] that is farther away from it.
double Nearness(double predicted, double threshold);

}  // namespace lookout::agents
