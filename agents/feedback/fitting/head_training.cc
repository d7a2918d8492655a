#include "agents/feedback/fitting/head_training.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <span>
#include <utility>

#include "agents/learning/network_trainer.h"
#include "agents/learning/worker_pool.h"
#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

constexpr int kHidden = 32;
constexpr int kMostEpochs = 40;
constexpr int kPatience = 5;
constexpr int kBatch = 64;
constexpr double kLearningRate = 3e-3;
constexpr std::size_t kMostRows = 1500;  // that a network learns from, or stops on

// The mean over the rows of a batch of the cross entropy of every class, each row by its weight.
class HeadLoss : public SampleLoss {
 public:
  HeadLoss(const TrainingData& data, const std::vector<DangerClass>& classes, std::size_t batch)
      : data_(data), classes_(classes), batch_(static_cast<float>(batch)) {}

  void Evaluate(std::span<const int> samples, const SequenceNetwork::Outputs& logits,
                Eigen::Ref<Eigen::MatrixXf> slopes, Eigen::Ref<Eigen::VectorXf> /*none*/,
                LossSums& sums) const override {
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const auto column = static_cast<Eigen::Index>(i);
      const float weight = data_.point(samples[i]).weight / batch_;
      for (std::size_t k = 0; k < classes_.size(); ++k) {
        const auto output = static_cast<Eigen::Index>(k);
        const float target = IsNamed(data_, samples[i], classes_[k]) ? 1.0F : 0.0F;
        const float z = logits(output, column);
        slopes(output, column) = weight * (1.0F / (1.0F + std::exp(-z)) - target);
        sums.loss += double(weight) * (std::max(double(z), 0.0) - double(target) * double(z) +
                                       std::log1p(std::exp(-std::abs(double(z)))));
      }
    }
  }

 private:
  const TrainingData& data_;
  const std::vector<DangerClass>& classes_;
  float batch_;
};

Mlp FirstHead(const TrainingData& data, std::size_t classes, RandomState& random) {
  Mlp mlp({static_cast<int>(data.inputs.rows()), kHidden, static_cast<int>(classes)});
  mlp.InitialiseGlorot(random);
  return mlp;
}

// One network of the heads: logistic regression of every class at once, with weight decay and early
// stopping.
class HeadTraining {
 public:
  HeadTraining(const TrainingData& data, const std::vector<DangerClass>& classes,
               const MemberRows& rows, double weight_decay, std::uint32_t seed)
      : data_(data),
        classes_(classes),
        learned_(NamedRows(data, rows.learned, kMostRows)),
        stopped_on_(NamedRows(data, rows.stopped_on, kMostRows)),
        random_(seed),
        net_(FirstHead(data, classes.size(), random_), {},
             {.learning_rate = kLearningRate,
              .weight_decay = weight_decay / (kLearningRate * UpdatesOfEpoch())}),
        trainer_(net_, 1, {.most_shards = 1}),
        pool_(1) {}

  Mlp Run() && {
    Eigen::VectorXf best = net_.network.parameters();
    double best_loss = std::numeric_limits<double>::infinity();
    for (int epoch = 1, best_epoch = 0; epoch <= kMostEpochs; ++epoch) {
      if (learned_.empty() || !RunEpoch()) break;
      const double loss = StopLoss();
      if (loss < best_loss) {
        best_loss = loss;
        best = net_.network.parameters();
        best_epoch = epoch;
      }
      if (epoch - best_epoch >= kPatience) break;
    }
    net_.network.mutable_parameters() = best;
    return *net_.network.mlp();
  }

 private:
  double UpdatesOfEpoch() const {
    return std::max(1.0, static_cast<double>(learned_.size()) / kBatch);
  }

  // False if a gradient is not finite.
  bool RunEpoch() {
    for (std::size_t left = learned_.size(); left > 1; --left) {
      std::swap(learned_[left - 1],
                learned_[static_cast<std::size_t>(random_.Choice(static_cast<int>(left)))]);
    }
    const std::span<const int> rows(learned_);
    for (std::size_t begin = 0; begin < rows.size(); begin += kBatch) {
      const auto batch = rows.subspan(begin, std::min<std::size_t>(kBatch, rows.size() - begin));
      const HeadLoss loss(data_, classes_, batch.size());
      if (!trainer_.Gradient(net_, batch, {data_.inputs, no_states_}, loss, pool_)) return false;
      trainer_.Step(net_, 0.0);
    }
    return true;
  }

  double StopLoss() {
    const std::vector<int>& rows = stopped_on_.empty() ? learned_ : stopped_on_;
    const HeadLoss loss(data_, classes_, rows.size());
    trainer_.Measure(net_, std::span<const int>(rows), {data_.inputs, no_states_}, loss, pool_);
    return trainer_.sums().loss;
  }

  const TrainingData& data_;
  const std::vector<DangerClass>& classes_;
  std::vector<int> learned_;
  const std::vector<int> stopped_on_;
  RandomState random_;
  TrainedNetwork net_;
  NetworkTrainer trainer_;
  WorkerPool pool_;
  const Eigen::MatrixXf no_states_;
};

}  // namespace

std::vector<int> NamedRows(const TrainingData& data, const std::vector<int>& rows,
                           std::size_t most) {
  std::vector<int> named;
  for (const int row : rows) {
    if (data.point(row).dangers != 0) named.push_back(row);
  }
  return SomeRows(named, most);
}

std::vector<int> SomeRows(const std::vector<int>& rows, std::size_t most) {
  const std::size_t every = (rows.size() + most - 1) / most;
  if (every <= 1) return rows;
  std::vector<int> some;
  for (std::size_t i = 0; i < rows.size(); i += every) some.push_back(rows[i]);
  return some;
}

Mlp TrainHead(const TrainingData& data, const std::vector<DangerClass>& classes,
              const MemberRows& rows, double weight_decay, std::uint32_t seed) {
  return HeadTraining(data, classes, rows, weight_decay, seed).Run();
}

}  // namespace lookout::agents
