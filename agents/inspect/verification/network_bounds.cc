#include "agents/inspect/verification/network_bounds.h"

#include <cmath>
#include <utility>

#include "agents/inspect/verification/tanh_lines.h"
#include "sim/base/check.h"

namespace lookout::agents {
namespace {

constexpr double kUnit = 0x1p-24;  // half the distance of 1 to the next float

double Gamma(Eigen::Index terms) {
  const double sum = static_cast<double>(terms) * kUnit;
  return sum / (1.0 - sum);
}

// What a row of weights takes away from its value at the centre.
template <typename Rows>
Eigen::VectorXd Reach(const Rows& weights, const InputSet& set) {
  Eigen::VectorXd reach = weights.cwiseAbs() * set.radius;
  for (const InputSet::Tied& tied : set.tied) {
    reach += (weights.middleCols(tied.first, 3) * tied.half).cwiseAbs();
  }
  return reach;
}

}  // namespace

struct EnsembleBounds::Lines {
  Eigen::ArrayXd lower_slope, lower_offset, upper_slope, upper_offset;  // [neurons]
};

struct EnsembleBounds::Rows {
  Eigen::MatrixXd weights;  // [rows x inputs, or neurons of the layer that they are at]
  Eigen::VectorXd offset;   // [rows]
};

struct EnsembleBounds::Rounding {
  double of_output = 0.0;    // in float32
  double output_size = 0.0;  // at most
  double of_bounds = 0.0;    // in float64
};

Eigen::VectorXd InputSet::Sizes() const {
  Eigen::VectorXd sizes = centre.cwiseAbs() + radius;
  for (const Tied& one : tied) sizes.segment<3>(one.first) += one.half.cwiseAbs();
  return sizes;
}

EnsembleBounds::EnsembleBounds(std::span<const Mlp> members) {
  LOOKOUT_CHECK(!members.empty(), "bounds of no network");
  for (const Mlp& member : members) {
    const std::vector<int>& sizes = member.layer_sizes();
    LOOKOUT_CHECK(sizes.back() == 1, "a network whose output is bounded has one");
    Network network;
    Eigen::Index offset = 0;
    for (std::size_t k = 0; k + 1 < sizes.size(); ++k) {
      const Eigen::Index weights = Eigen::Index{sizes[k]} * sizes[k + 1];
      const Eigen::VectorXd values = member.parameters().segment(offset, weights).cast<double>();
      Layer layer;
      layer.weights = values.reshaped(sizes[k + 1], sizes[k]);
      layer.sizes = layer.weights.cwiseAbs();
      layer.bias = member.parameters().segment(offset + weights, sizes[k + 1]).cast<double>();
      network.push_back(std::move(layer));
      offset += weights + sizes[k + 1];
    }
    members_.push_back(std::move(network));
  }
}

double EnsembleBounds::LeastByIntervals(const InputSet& set, double sign) const {
  double least = 0.0;
  for (const Network& network : members_) least += LeastByIntervals(network, set, sign);
  return least / static_cast<double>(members_.size());
}

double EnsembleBounds::LeastByIntervals(const Network& network, const InputSet& set, double sign) {
  Eigen::VectorXd middle = network[0].weights * set.centre + network[0].bias;
  Eigen::VectorXd reach = Reach(network[0].weights, set);
  for (std::size_t k = 1; k < network.size(); ++k) {
    const Eigen::ArrayXd high = (middle + reach).array().tanh();
    const Eigen::ArrayXd low = (middle - reach).array().tanh();
    // Once more than tanh is rounded by, so that the order of both ends is kept.
    reach = network[k].sizes * (0.5 * (high - low) + 1e-14).matrix();
    middle = network[k].weights * (0.5 * (high + low)).matrix() + network[k].bias;
  }
  return sign * middle[0] - reach[0];
}

EnsembleBounds::Lines EnsembleBounds::LinesOver(const Eigen::VectorXd& low,
                                                const Eigen::VectorXd& high) {
  const Eigen::Index n = low.size();
  Lines lines{Eigen::ArrayXd(n), Eigen::ArrayXd(n), Eigen::ArrayXd(n), Eigen::ArrayXd(n)};
  for (Eigen::Index i = 0; i < n; ++i) {
    const TanhLines one = LinesOfTanh(low[i], std::max(low[i], high[i]));
    lines.lower_slope[i] = one.lower_slope;
    lines.lower_offset[i] = one.lower_offset;
    lines.upper_slope[i] = one.upper_slope;
    lines.upper_offset[i] = one.upper_offset;
  }
  return lines;
}

// rows: linear functions of the outputs of the last of these hidden layers. They become functions
// of the inputs, which are below them: where a weight is positive, the line below tanh stands in
// for it, else the one above.
void EnsembleBounds::Substitute(const Network& network, std::span<const Lines> lines, Rows& rows) {
  for (std::size_t k = lines.size(); k-- > 0;) {
    const Eigen::MatrixXd positive = rows.weights.cwiseMax(0.0);
    const Eigen::MatrixXd negative = rows.weights.cwiseMin(0.0);
    rows.offset.noalias() += positive * lines[k].lower_offset.matrix();
    rows.offset.noalias() += negative * lines[k].upper_offset.matrix();
    const Eigen::MatrixXd before = positive * lines[k].lower_slope.matrix().asDiagonal() +
                                   negative * lines[k].upper_slope.matrix().asDiagonal();
    rows.offset.noalias() += before * network[k].bias;
    rows.weights.noalias() = before * network[k].weights;
  }
}

// A linear function of the inputs that is below sign * output over the set.
EnsembleBounds::Rows EnsembleBounds::LinearLeast(const Network& network, const InputSet& set,
                                                 double sign) {
  std::vector<Lines> lines;
  const Eigen::VectorXd first = network[0].weights * set.centre + network[0].bias;
  const Eigen::VectorXd reach = Reach(network[0].weights, set);
  if (network.size() > 1) lines.push_back(LinesOver(first - reach, first + reach));
  for (std::size_t k = 1; k + 1 < network.size(); ++k) {
    const Layer& layer = network[k];
    const Eigen::Index n = layer.bias.size();
    Rows both{Eigen::MatrixXd(2 * n, layer.weights.cols()), Eigen::VectorXd(2 * n)};
    both.weights << layer.weights, -layer.weights;
    both.offset << layer.bias, -layer.bias;
    Substitute(network, lines, both);
    const Eigen::VectorXd least =
        both.weights * set.centre + both.offset - Reach(both.weights, set);
    lines.push_back(LinesOver(least.head(n), -least.tail(n)));
  }
  Rows row{sign * network.back().weights, sign * network.back().bias};
  Substitute(network, lines, row);
  return row;
}

// The linear functions are added before they are bounded: where the members pull an input in
// opposite directions, less is lost.
double EnsembleBounds::LeastByLines(const InputSet& set, double sign) const {
  Rows sum = LinearLeast(members_[0], set, sign);
  for (std::size_t i = 1; i < members_.size(); ++i) {
    const Rows more = LinearLeast(members_[i], set, sign);
    sum.weights += more.weights;
    sum.offset += more.offset;
  }
  const double least = (sum.weights * set.centre)(0) + sum.offset[0] - Reach(sum.weights, set)(0);
  return least / static_cast<double>(members_.size());
}

// uncut: the sizes that sums of linear functions through all layers have.
EnsembleBounds::Rounding EnsembleBounds::RoundingOf(const Network& network,
                                                    const Eigen::VectorXd& input_sizes) {
  Eigen::VectorXd sizes = input_sizes;
  Eigen::VectorXd uncut = input_sizes;
  Eigen::VectorXd error = Eigen::VectorXd::Zero(sizes.size());
  Rounding rounding;
  Eigen::Index terms = 0;
  for (const Layer& layer : network) {
    const Eigen::Index n = layer.weights.cols() + 1;
    const Eigen::VectorXd summed = layer.sizes * (sizes + error) + layer.bias.cwiseAbs();
    error = layer.sizes * error + Gamma(n) * summed;
    rounding = {error[0], summed[0] + error[0], 0.0};
    error.array() += kTanhError;
    sizes = summed.cwiseMin(1.0);
    uncut = layer.sizes * uncut + layer.bias.cwiseAbs();
    uncut.array() += 1.0;  // offsets of the lines
    terms += 4 * n;        // both parts, slopes, offsets and the bias
  }
  rounding.of_bounds = static_cast<double>(terms) * 0x1p-52 * uncut[0];
  return rounding;
}

double EnsembleBounds::RoundingMargin(const InputSet& set) const {
  const Eigen::VectorXd sizes = set.Sizes();
  double margin = 0.0;
  double outputs = 0.0;
  for (const Network& network : members_) {
    const Rounding rounding = RoundingOf(network, sizes);
    margin += rounding.of_output + rounding.of_bounds;
    outputs += rounding.output_size;
  }
  const auto count = static_cast<double>(members_.size());
  return (margin + Gamma(std::ssize(members_) + 1) * outputs) / count * 1.001 + 1e-12;
}

}  // namespace lookout::agents
