// Sound bounds of the mean output of an ensemble of tanh networks over a set of inputs: interval
// arithmetic first, then linear relaxation with back-substitution (CROWN, Zhang et al. 2018,
// theorem 3.2). Immutable; any thread.
//
// What the networks compute in float32 is not what the formulas say. RoundingMargin bounds that
// difference: a sum of n products in any order, fused or not, is off by at most
// gamma(n) = n u / (1 - n u) times the sum of their sizes, u = 2^-24 (Higham 2002, section 3.1),
// Eigen's tanh by at most kTanhError, and both travel on through the absolute weights, as tanh is
// never steeper than 1. The bounds themselves are summed in float64: the margin has the same bound
// of those sums, with u = 2^-53 and the sizes that they have before tanh cuts them to 1.
#pragma once

#include <Eigen/Core>
#include <span>
#include <vector>

#include "agents/learning/mlp.h"

namespace lookout::agents {

// Inputs of the networks: a box, of which some triples of neighbours move along a line.
struct InputSet {
  // The inputs first, first + 1, first + 2 are centre + t half, with one t in [-1, 1] for all
  // three.
  struct Tied {
    int first = 0;
    Eigen::Vector3d half = Eigen::Vector3d::Zero();
  };

  Eigen::VectorXd centre;  // [inputs]
  Eigen::VectorXd radius;  // [inputs], of what moves by itself, on top of what is tied
  std::vector<Tied> tied;

  // The largest absolute value of each input. [inputs]
  Eigen::VectorXd Sizes() const;
};

class EnsembleBounds {
 public:
  static constexpr double kTanhError = 1e-6;

  // members: at least one, alike, with one output each. Copies their weights.
  explicit EnsembleBounds(std::span<const Mlp> members);

  // Below sign * (mean output) in exact arithmetic, for every input of the set. sign: 1 or -1.
  double LeastByIntervals(const InputSet& set, double sign) const;
  double LeastByLines(const InputSet& set, double sign) const;
  // By how much the mean output in float32 may differ from that in exact arithmetic.
  double RoundingMargin(const InputSet& set) const;

 private:
  struct Layer {
    Eigen::MatrixXd weights;  // [out x in]
    Eigen::MatrixXd sizes;    // absolute weights
    Eigen::VectorXd bias;
  };
  using Network = std::vector<Layer>;
  struct Lines;  // of all neurons of a hidden layer
  struct Rows;   // linear functions of the inputs, one a row

  static double LeastByIntervals(const Network& network, const InputSet& set, double sign);
  struct Rounding;
  static Rounding RoundingOf(const Network& network, const Eigen::VectorXd& input_sizes);
  static Rows LinearLeast(const Network& network, const InputSet& set, double sign);
  static void Substitute(const Network& network, std::span<const Lines> lines, Rows& rows);
  static Lines LinesOver(const Eigen::VectorXd& low, const Eigen::VectorXd& high);

  std::vector<Network> members_;
};

}  // namespace lookout::agents
