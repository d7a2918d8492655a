// How much a proxy and the truth gain from optimisation, and where the truth turns: R(d) =
// d (alpha - beta ln d) over d = sqrt(KL from the first policy), as Gao, Schulman and Hilton 2022
// (arXiv 2210.10760, section 3.1) fit it to agents. Pure functions; any thread.
#pragma once

#include <span>
#include <vector>

#include "agents/feedback/agreement/episode_bootstrap.h"

namespace lookout::agents {

struct OveroptimisationFit {
  double alpha = 0.0,
         beta = 0.0;  // NaN: there are fewer than three distances above 0, or all alike
  // Where R is greatest, e^(alpha / beta - 1), and what it is there, beta times that: if beta > 0.
  double peak_distance = 0.0, peak_gain = 0.0;
  double residual_deviation = 0.0;  // of the gains around the curve
};

// By least squares. distances, gains: [policies]; those at a distance of 0 say nothing.
OveroptimisationFit FitOveroptimisation(std::span<const double> distances,
                                        std::span<const double> gains);
double GainAt(const OveroptimisationFit& fit, double distance);

// What the policies that a run kept cost and earned on the same episodes.
struct PressurePoint {
  int iteration = 0;       // after which the policy was kept
  std::vector<double> kl;  // [episodes] each of the same seed for every policy
  std::vector<double> proxy, truth, total_reward;  // likewise
};

struct PressureSettings {
  double price = 1.0;  // of a unit of cost in units of return: gain = return - price * cost
};

struct PressureCurve {
  int iteration = 0;
  Estimate distance;                    // sqrt of the mean KL
  Estimate proxy, truth, total_reward;  // per episode
  Estimate proxy_gain, true_gain;       // over the first policy's
};

struct FittedCurve {
  Estimate alpha, beta, peak_distance;
  double residual_deviation = 0.0;
};

struct PressureReport {
  std::vector<PressureCurve> policies;  // the first is what the others are compared with
  FittedCurve proxy, truth;
};

// points: at least one, all of as many episodes as the bootstrap has.
PressureReport MeasurePressure(std::span<const PressurePoint> points,
                               const PressureSettings& settings, const EpisodeBootstrap& bootstrap);

}  // namespace lookout::agents
