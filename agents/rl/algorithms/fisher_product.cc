#include "agents/rl/algorithms/fisher_product.h"

#include <cmath>

namespace lookout::agents {
namespace {

// "Loss" of the tangents t = J v whose gradient with respect to the outputs is M t / samples.
class FisherLoss : public SampleLoss {
 public:
  FisherLoss(const Eigen::VectorXf& log_std, std::size_t samples)
      : log_std_(log_std), samples_(static_cast<float>(samples)) {}

  void Evaluate(std::span<const int> /*samples*/, const SequenceNetwork::Outputs& tangents,
                Eigen::Ref<Eigen::MatrixXf> output_gradient, Eigen::Ref<Eigen::VectorXf> /*none*/,
                LossSums& /*sums*/) const override {
    for (Eigen::Index k = 0; k < tangents.rows(); ++k) {
      output_gradient.row(k) = tangents.row(k) * (std::exp(-2.0F * log_std_[k]) / samples_);
    }
  }

 private:
  const Eigen::VectorXf& log_std_;
  float samples_;
};

}  // namespace

FisherProduct::FisherProduct(const TrainedNetwork& shape, int workers, double damping)
    : trainer_(shape, workers),
      damping_(damping),
      direction_(Eigen::VectorXf::Zero(shape.network.parameter_count())) {}

void FisherProduct::Prepare(const TrainedNetwork& policy, const SampleSequences& samples,
                            const SampleInputs& inputs, WorkerPool& pool) {
  policy_ = &policy;
  samples_ = samples;
  inputs_.emplace(inputs);
  pool_ = &pool;
}

bool FisherProduct::Apply(const Eigen::VectorXd& vector, Eigen::VectorXd& product) {
  LOOKOUT_CHECK(policy_ != nullptr, "Apply before Prepare");
  const Eigen::Index n = direction_.size();
  direction_ = vector.head(n).cast<float>();
  const FisherLoss loss(policy_->log_std, samples_.samples.size());
  trainer_.TangentGradient(*policy_, direction_, samples_, *inputs_, loss, *pool_);
  product.head(n) = trainer_.gradient().cast<double>();
  // The log deviations are parameters themselves: their Jacobian is the identity.
  product.tail(policy_->log_std.size()) = 2.0 * vector.tail(policy_->log_std.size());
  product += damping_ * vector;
  return true;
}

}  // namespace lookout::agents
