// Quantiles of the gamma distribution, of which the audit's interval is made. Pure functions; any
// thread.
#pragma once

namespace lookout::agents {

// P(shape, x): the regularised lower incomplete gamma function, the probability that a gamma
// variable of that shape and scale 1 is at most x. By its series or its continued fraction (Press
// et al., Numerical Recipes, section 6.2), to about 1e-12. shape: > 0; x: below 0 counts as 0.
double GammaProbability(double shape, double x);

// The x at which GammaProbability(shape, x) is `probability`, in (0, 1); to about 1e-10 of itself.
double GammaQuantile(double shape, double probability);

}  // namespace lookout::agents
