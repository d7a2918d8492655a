// Trains one network of a cost model's ensemble. Owned by one thread; reads data that members
// share.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <span>
#include <vector>

#include "agents/feedback/fitting/cost_model_fit.h"
#include "agents/feedback/fitting/lessons.h"
#include "agents/feedback/fitting/noisy_inputs.h"
#include "agents/feedback/fitting/pair_steps.h"
#include "agents/feedback/fitting/slip_estimate.h"
#include "agents/feedback/models/data_split.h"
#include "agents/learning/mlp.h"
#include "agents/learning/network_trainer.h"
#include "agents/learning/worker_pool.h"
#include "sim/base/random_state.h"

namespace lookout::agents {

// Normalised observations, what is said about them, and the weights of the two classes in the loss.
struct TrainingData {
  Eigen::MatrixXf inputs;           // [inputs x rows]
  std::vector<TargetPoint> points;  // [rows]
  std::vector<float> shares;        // [rows] see mark_shares.h
  DataSplit split;
  float unsafe_weight = 1.0F;
  float safe_weight = 1.0F;
  Eigen::MatrixXf pair_inputs;  // [inputs x steps of all pairs]
  std::vector<TargetPair> pairs;
  SlipTable slips{{}};          // where the estimate of annotators' slips starts
  double prior_rows = 0.0;      // see ImproveSlips
  double steps_per_mark = 1.0;  // which slip together
  // The last ones, which are learned from and nothing else, see Lessons; not in the split.
  int taught_rows = 0;
  const NoisyInputs* noisy = nullptr;  // of the rows; null: they are learned as they are
  double weight_noise = 0.0;           // see Lessons

  int labelled_rows() const { return static_cast<int>(points.size()) - taught_rows; }

  const TargetPoint& point(int row) const { return points[static_cast<std::size_t>(row)]; }
  // What a row weighs in the loss.
  float weight(int row) const { return point(row).weight * shares[static_cast<std::size_t>(row)]; }
  // As far as it is unsafe, and as far as it is safe.
  float unsafe_part(int row) const { return weight(row) * unsafe_weight * point(row).target; }
  float safe_part(int row) const { return weight(row) * safe_weight * (1.0F - point(row).target); }
  const SlipChances& SlipsOf(int row, const SlipTable& table) const {
    return table[static_cast<std::size_t>(point(row).annotator + 1)];
  }
};

// What is said of chosen rows: marked ones by their weight, others as often as they stand for steps
// of what was viewed.
class SaidByRow {
 public:
  // logits: of the rows; borrowed.
  SaidByRow(const TrainingData& data, std::span<const int> rows, std::span<const float> logits);
  SaidRows rows() const { return {logits_, targets_, weights_, annotators_}; }

 private:
  std::span<const float> logits_;
  std::vector<double> targets_;
  std::vector<double> weights_;
  std::vector<int> annotators_;
};

// Runs networks of one shape over chosen rows, block by block.
class LogitReader {
 public:
  explicit LogitReader(const Mlp& shape);

  // Adds the network's logit of rows[i] to sum[i].
  void AddTo(std::span<float> sum, const Mlp& mlp, const TrainingData& data,
             std::span<const int> rows);

 private:
  MlpWorkspace workspace_;
  Eigen::MatrixXf block_;
};

// What is a member's own.
struct MemberStart {
  std::vector<int> rows;         // that it learns from
  std::vector<int> stop_rows;    // whose loss ends the training; empty: those it learns from
  std::uint32_t seed = 1;        // of its weights and draws
  const Mlp* network = nullptr;  // that it goes on from; null: random weights
};

// Weighted logistic regression by a network on its own rows, in which annotators slip (see
// slip_estimate.h; how often is estimated after every epoch, on the rows that it does not learn
// from), and on all pairs, see pair_loss.h, with early stopping on other rows and the pairs. Of a
// long stretch some steps stand for all, others in every epoch: neighbours are nearly copies. One
// that goes on from a network takes fewer epochs, at a learning rate that falls.
class MemberTraining {
 public:
  // All references have to outlive the training.
  MemberTraining(const TrainingData& data, const CostModelSettings& settings, MemberStart start);

  // Called after every update with the fraction of max_epochs done; false abandons the training.
  using OnUpdate = std::function<bool(double fraction)>;
  enum class Outcome : std::uint8_t { kDone, kAbandoned, kDiverged };
  // kDone: the network is that of the best epoch. kDiverged: a loss or a gradient was not finite.
  Outcome Run(const OnUpdate& on_update);

  const Mlp& mlp() const { return *net_.network.mlp(); }
  int best_epoch() const { return best_epoch_; }

 private:
  Outcome RunEpoch(double fraction, const OnUpdate& on_update);
  // The gradient of the loss of a batch, with noise on the rows and the weights.
  bool Gradient(std::span<const int> rows, const SampleLoss& loss);
  // One step of Adam each; false, and no step, if the gradient is not finite.
  bool Update(std::span<const int> rows);
  bool Update(std::span<const TargetPair> pairs);
  // The mean over the stop rows, after an estimate of the slips there; over the pairs, by strength,
  // or some hundreds of them. 0 without any.
  double StopLoss();
  double PairsLoss();
  // Draws from [0, 1) where the steps that stand for the others begin.
  double Phase() { return random_.RandomSample(); }

  const TrainingData& data_;
  const CostModelSettings& settings_;
  std::vector<int> rows_;
  const std::vector<int> stop_rows_;
  SlipTable slips_;
  RandomState random_;
  const bool goes_on_;
  int most_epochs_;
  int batch_;
  int pair_batch_;
  TrainedNetwork net_;
  NetworkTrainer trainer_;
  WorkerPool pool_;
  LogitReader logits_;
  const Eigen::MatrixXf no_states_;
  PairSteps pair_steps_;
  StepColumns noisy_steps_;
  Eigen::MatrixXf noisy_inputs_;  // [inputs x rows of a batch]
  std::vector<int> in_batch_;     // 0, 1, ...
  int best_epoch_ = 0;
};

}  // namespace lookout::agents
