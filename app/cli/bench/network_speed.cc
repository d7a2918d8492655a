#include "app/cli/bench/network_speed.h"

#include <Eigen/Core>
#include <algorithm>
#include <array>
#include <cstdio>

#include "agents/learning/mlp.h"
#include "app/platform/thread_time.h"

namespace lookout::app {
namespace {

constexpr int kObservations = 60;  // of PointGoal1
constexpr int kActions = 2;
constexpr int kRounds = 10;
constexpr std::array kWidths{256, 64};  // of ray2019 and fast

// The speed of `work`, which does `flops`, in GFLOP/s.
template <typename Work>
double Speed(double flops, double seconds, Work& work) {
  const double start = ThreadSeconds();
  double now = start;
  int times = 0;
  while (now - start < seconds) {
    work();
    ++times;
    now = ThreadSeconds();
  }
  return 1e-9 * flops * times / (now - start);
}

class NetworkPass {
 public:
  explicit NetworkPass(int width)
      : network_({kObservations, width, width, kActions}),
        workspace_(network_, agents::kColumnBlock),
        inputs_(Eigen::MatrixXf::Random(kObservations, agents::kColumnBlock)),
        output_gradient_(Eigen::MatrixXf::Random(kActions, agents::kColumnBlock)),
        gradient_(network_.parameter_count()) {
    RandomState random(1);
    network_.InitialiseGlorot(random);
  }
  double flops() const { return agents::kColumnBlock * GradientFlops(network_.layer_sizes()); }
  void operator()() {
    network_.Forward(inputs_, workspace_);
    network_.Backward(inputs_, output_gradient_, workspace_, gradient_);
  }

 private:
  agents::Mlp network_;
  agents::MlpWorkspace workspace_;
  Eigen::MatrixXf inputs_, output_gradient_;
  Eigen::VectorXf gradient_;
};

class Product {
 public:
  explicit Product(int width)
      : left_(Eigen::MatrixXf::Random(width, width)),
        right_(Eigen::MatrixXf::Random(width, agents::kColumnBlock)),
        product_(width, agents::kColumnBlock) {}
  double flops() const { return 2.0 * double(left_.size()) * agents::kColumnBlock; }
  void operator()() { product_.noalias() = left_ * right_; }

 private:
  Eigen::MatrixXf left_, right_, product_;
};

}  // namespace

double GradientFlops(const std::vector<int>& layer_sizes) {
  double flops = 0.0;
  for (std::size_t k = 0; k + 1 < layer_sizes.size(); ++k) {
    flops += (k == 0 ? 4.0 : 6.0) * layer_sizes[k] * layer_sizes[k + 1];
  }
  return flops;
}

double PrintNetworkSpeed(double seconds) {
  Product product(kWidths.front());
  double peak = 0.0;
  std::array<double, kWidths.size()> epochs{};
  std::array<NetworkPass, kWidths.size()> networks{NetworkPass(kWidths[0]),
                                                   NetworkPass(kWidths[1])};
  // In turns, and the best of each, so that a busy moment of the machine spoils neither.
  for (int round = 0; round < kRounds; ++round) {
    peak = std::max(peak, Speed(product.flops(), seconds / kRounds, product));
    for (std::size_t i = 0; i < networks.size(); ++i) {
      epochs[i] = std::max(epochs[i], Speed(networks[i].flops(), seconds / kRounds, networks[i]));
    }
  }
  std::printf("%-34s %10s %8s\n", "one thread", "GFLOP/s", "share");
  std::printf("product of %3d x %3d with %d columns %8.1f %8.2f\n", kWidths.front(),
              kWidths.front(), agents::kColumnBlock, peak, 1.0);
  for (std::size_t i = 0; i < networks.size(); ++i) {
    std::printf("forward and backward pass, %3d wide %9.1f %8.2f\n", kWidths[i], epochs[i],
                epochs[i] / peak);
  }
  return peak;
}

}  // namespace lookout::app
