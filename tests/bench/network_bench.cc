// How fast networks with memory act and learn, on one thread: `network_bench [--quick]`. Acting is
// of 30 environments side by side, each with a full memory; a pass of the update runs forward and
// backward through 16 sequences of 32 steps.
#include <Eigen/Core>
#include <algorithm>
#include <cstdio>
#include <cstring>
#include <string_view>
#include <vector>

#include "agents/learning/sequence_network.h"
#include "app/platform/thread_time.h"
#include "sim/base/fingerprint.h"

namespace lookout::agents {
namespace {

constexpr int kObservations = 60;  // of PointGoal1
constexpr int kActions = 2;
constexpr int kWidth = 64;
constexpr int kActing = 30;
constexpr int kSequence = 32;
constexpr int kColumns = 512;

// The best of several rounds of about that much of this thread's time: calls of `work` per second.
template <typename Work>
double Speed(double seconds, Work&& work) {
  constexpr int kRounds = 5;
  double best = 0.0;
  for (int round = 0; round < kRounds; ++round) {
    const double start = app::ThreadSeconds();
    double now = start;
    int times = 0;
    for (; now - start < seconds / kRounds; now = app::ThreadSeconds()) {
      work();
      ++times;
    }
    best = std::max(best, times / (now - start));
  }
  return best;
}

// What a step of a transformer cannot do without, forward: two operations for each weight of every
// product. Keys and values are those of the sequence and of its memory.
double ForwardFlops(const TransformerSizes& sizes) {
  const double width = sizes.width;
  const double keys = double(sizes.memory + kSequence) / kSequence;
  const double square = 2.0 * width * width;
  const double attention = square * (2.0 + 2.0 * keys) + 3.0 * 2.0 * width * (sizes.memory + 1);
  const double gates = sizes.gated ? 2.0 * 6.0 * square : 0.0;
  return sizes.layers * (attention + gates + 2.0 * square) +
         2.0 * width * (sizes.input_dim + sizes.output_dim);
}

double ForwardFlops(const GruNetwork& network) {
  const double width = network.state_dim();
  return 2.0 * width * (3.0 * (network.input_dim() + width) + network.output_dim());
}

class NetworkBench {
 public:
  NetworkBench(SequenceNetwork network, double forward_flops)
      : network_(std::move(network)),
        flops_(forward_flops),
        workspace_(network_, kColumns),
        inputs_(Eigen::MatrixXf::Zero(kObservations, kColumns)),
        output_gradient_(Eigen::MatrixXf::Constant(kActions, kColumns, 0.1F)),
        states_(Eigen::MatrixXf::Zero(network_.state_dim(), kActing)),
        next_(states_),
        gradient_(network_.parameter_count()) {
    RandomState random(1);
    for (float& value : inputs_.reshaped()) value = static_cast<float>(random.Normal());
    for (int i = 0; i < kColumns; i += kSequence) starts_.push_back(i);
    for (int i = 0; i < 200; ++i) Act();  // fills the memories
  }

  void Act() {
    const SequenceBatch batch{inputs_.middleCols(next_column_, kActing), {}, states_};
    network_.Forward(batch, workspace_);
    for (int k = 0; k < kActing; ++k) network_.StateAfter(batch, workspace_, k, next_.col(k));
    states_.swap(next_);
    next_column_ = (next_column_ + 7) % (kColumns - kActing);
  }
  void Learn() {
    const SequenceBatch batch{inputs_, starts_, states_.leftCols(std::ssize(starts_))};
    network_.Forward(batch, workspace_);
    network_.Backward(batch, output_gradient_, workspace_, gradient_);
  }

  void Print(double seconds, double peak) {
    Learn();
    std::string_view bytes(reinterpret_cast<const char*>(gradient_.data()),
                           sizeof(float) * std::size_t(gradient_.size()));
    const auto hash = static_cast<unsigned long>(Fnv1a(bytes));
    const double acted = kActing * Speed(seconds, [this] { Act(); });
    const double learned = Speed(seconds, [this] { Learn(); });
    const double gflops = 1e-9 * 3.0 * flops_ * kColumns * learned;
    std::printf("%-40s %10.0f %12.0f %8.1f %6.2f  %016lx\n", network_.SizesText().c_str(), acted,
                kColumns * learned, gflops, gflops / peak, hash);
  }

 private:
  SequenceNetwork network_;
  double flops_;
  SequenceWorkspace workspace_;
  Eigen::MatrixXf inputs_, output_gradient_, states_, next_;
  Eigen::VectorXf gradient_;
  std::vector<int> starts_;
  int next_column_ = 0;
};

double PeakGflops(double seconds) {
  constexpr int kSize = 256;
  const Eigen::MatrixXf left = Eigen::MatrixXf::Random(kSize, kSize);
  const Eigen::MatrixXf right = Eigen::MatrixXf::Random(kSize, kColumns);
  Eigen::MatrixXf product(kSize, kColumns);
  return 2e-9 * kSize * kSize * kColumns *
         Speed(seconds, [&] { product.noalias() = left * right; });
}

int Main(bool quick) {
  const double seconds = quick ? 0.02 : 2.0;
  const double peak = PeakGflops(seconds);
  std::printf("one thread; product of 256 x 256 with 512 columns: %.1f GFLOP/s\n", peak);
  std::printf("%-40s %10s %12s %8s %6s  %s\n", "network", "acting/s", "learning/s", "GFLOP/s",
              "share", "gradient");
  RandomState random(2);
  GruNetwork gru(kObservations, kWidth, kActions);
  gru.Initialise(random, 1.0);
  NetworkBench(gru, ForwardFlops(gru)).Print(seconds, peak);
  for (const bool gated : {false, true}) {
    const TransformerSizes sizes{.input_dim = kObservations,
                                 .output_dim = kActions,
                                 .layers = 2,
                                 .width = kWidth,
                                 .heads = 4,
                                 .memory = 64,
                                 .gated = gated};
    TransformerNetwork network(sizes);
    network.Initialise(random, 1.0, 2.0);
    NetworkBench(network, ForwardFlops(sizes)).Print(seconds, peak);
  }
  return 0;
}

}  // namespace
}  // namespace lookout::agents

int main(int argc, char** argv) {
  return lookout::agents::Main(argc > 1 && std::strcmp(argv[1], "--quick") == 0);
}
