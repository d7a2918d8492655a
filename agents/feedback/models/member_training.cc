#include "agents/feedback/models/member_training.h"

#include <algorithm>
#include <cmath>
#include <limits>

#include "agents/feedback/models/pair_loss.h"

namespace lookout::agents {
namespace {

// With fewer updates per epoch, a small label set would not be learned before max_epochs.
constexpr int kLeastUpdatesPerEpoch = 32;
constexpr int kLeastBatch = 16;

int BatchSize(std::size_t rows, int most) {
  const int wanted = static_cast<int>(rows) / kLeastUpdatesPerEpoch;
  return std::clamp(wanted, std::min(kLeastBatch, most), most);
}

int StepsOf(const TargetPair& pair) { return pair.first.count + pair.second.count; }

int LongestPair(const std::vector<TargetPair>& pairs) {
  int longest = 1;
  for (const TargetPair& pair : pairs) longest = std::max(longest, StepsOf(pair));
  return longest;
}

Mlp FreshNetwork(const TrainingData& data, const CostModelSettings& settings, RandomState& random) {
  Mlp mlp({static_cast<int>(data.inputs.rows()), settings.hidden, settings.hidden, 1});
  mlp.InitialiseGlorot(random);
  return mlp;
}

// u log(1 + exp(-z)) + s log(1 + exp(z)) of a logit z, where u and s are the row's weights as
// unsafe and as safe.
double PointLossOf(const TrainingData& data, int row, double z) {
  const double rest = std::log1p(std::exp(-std::abs(z)));
  return double(data.unsafe_part(row)) * (std::max(z, 0.0) - z + rest) +
         double(data.safe_part(row)) * (std::max(z, 0.0) + rest);
}

// Their mean over the rows of a batch; its slope is u (sigmoid(z) - 1) + s sigmoid(z).
class BatchLoss : public SampleLoss {
 public:
  BatchLoss(const TrainingData& data, std::size_t rows)
      : data_(data), rows_(static_cast<float>(rows)) {}

  void Evaluate(std::span<const int> rows, const SequenceNetwork::Outputs& logits,
                Eigen::Ref<Eigen::MatrixXf> slopes, Eigen::Ref<Eigen::VectorXf> /*none*/,
                LossSums& sums) const override {
    for (std::size_t i = 0; i < rows.size(); ++i) {
      const auto column = static_cast<Eigen::Index>(i);
      const float logit = logits(0, column);
      const float probability = 1.0F / (1.0F + std::exp(-logit));
      const float slope = data_.unsafe_part(rows[i]) * (probability - 1.0F) +
                          data_.safe_part(rows[i]) * probability;
      slopes(0, column) = slope / rows_;
      sums.loss += PointLossOf(data_, rows[i], double(logit)) / double(rows_);
    }
  }

 private:
  const TrainingData& data_;
  float rows_;
};

// See pair_loss.h; the steps of the pair are one sequence: first stretch, second stretch.
class OnePairLoss : public SampleLoss {
 public:
  explicit OnePairLoss(const TargetPair& pair) : pair_(pair) {}

  void Evaluate(std::span<const int> steps, const SequenceNetwork::Outputs& logits,
                Eigen::Ref<Eigen::MatrixXf> slopes, Eigen::Ref<Eigen::VectorXf> /*none*/,
                LossSums& sums) const override {
    // One row of outputs: the steps' numbers lie side by side.
    const std::span<const float> values(logits.data(), steps.size());
    const std::span<float> all(slopes.data(), steps.size());
    const auto first = static_cast<std::size_t>(pair_.first.count);
    const double loss = PairLoss(values.first(first), values.subspan(first), pair_.first_is_safer,
                                 all.first(first), all.subspan(first));
    slopes *= pair_.strength;
    sums.loss += double(pair_.strength) * loss;
  }

 private:
  const TargetPair& pair_;
};

}  // namespace

LogitReader::LogitReader(const Mlp& shape)
    : workspace_(shape, kColumnBlock), block_(shape.input_dim(), kColumnBlock) {}

void LogitReader::AddTo(std::span<float> sum, const Mlp& mlp, const TrainingData& data,
                        std::span<const int> rows) {
  for (std::size_t begin = 0; begin < rows.size(); begin += kColumnBlock) {
    const auto n =
        static_cast<Eigen::Index>(std::min<std::size_t>(kColumnBlock, rows.size() - begin));
    for (Eigen::Index i = 0; i < n; ++i) {
      block_.col(i) = data.inputs.col(rows[begin + static_cast<std::size_t>(i)]);
    }
    const auto logits = mlp.Forward(block_.leftCols(n), workspace_);
    for (Eigen::Index i = 0; i < n; ++i) sum[begin + static_cast<std::size_t>(i)] += logits(0, i);
  }
}

MemberTraining::MemberTraining(const TrainingData& data, const CostModelSettings& settings,
                               std::vector<int> rows, RandomState& random)
    : data_(data),
      settings_(settings),
      rows_(std::move(rows)),
      random_(random),
      batch_(BatchSize(rows_.size(), settings.batch)),
      net_(FreshNetwork(data, settings, random), {},
           {.learning_rate = settings.learning_rate, .weight_decay = settings.weight_decay}),
      // Batches are small and members many: one shard each, on the caller's thread.
      trainer_(net_, 1,
               {.most_shards = 1,
                .block_samples = std::max({kColumnBlock, batch_, LongestPair(data.pairs)})}),
      pool_(1),
      logits_(mlp()) {}

MemberTraining::Outcome MemberTraining::Run(const OnUpdate& on_update) {
  const std::vector<int> judged_on = data_.split.held_out.empty() ? rows_ : data_.split.held_out;
  Eigen::VectorXf best = net_.network.parameters();
  double best_loss = std::numeric_limits<double>::infinity();
  for (int epoch = 1; epoch <= settings_.max_epochs; ++epoch) {
    const Outcome outcome = RunEpoch((epoch - 1.0) / settings_.max_epochs, on_update);
    if (outcome != Outcome::kDone) return outcome;
    const double loss = Loss(judged_on) + PairsLoss();
    if (!std::isfinite(loss)) return Outcome::kDiverged;
    if (loss < best_loss) {
      best_loss = loss;
      best = net_.network.parameters();
      best_epoch_ = epoch;
    }
    if (epoch - best_epoch_ >= settings_.patience) break;
  }
  net_.network.mutable_parameters() = best;
  return Outcome::kDone;
}

MemberTraining::Outcome MemberTraining::RunEpoch(double fraction, const OnUpdate& on_update) {
  for (std::size_t left = rows_.size(); left > 1; --left) {
    std::swap(rows_[left - 1],
              rows_[static_cast<std::size_t>(random_.Choice(static_cast<int>(left)))]);
  }
  const auto batch = static_cast<std::size_t>(batch_);
  for (std::size_t begin = 0; begin < rows_.size(); begin += batch) {
    const auto rows = std::span(rows_).subspan(begin, std::min(batch, rows_.size() - begin));
    if (!Update(rows)) return Outcome::kDiverged;
    if (!on_update(fraction)) return Outcome::kAbandoned;
  }
  for (const TargetPair& pair : data_.pairs) {
    if (!Update(pair)) return Outcome::kDiverged;
    if (!on_update(fraction)) return Outcome::kAbandoned;
  }
  return Outcome::kDone;
}

bool MemberTraining::Update(std::span<const int> rows) {
  const BatchLoss loss(data_, rows.size());
  if (!trainer_.Gradient(net_, rows, {data_.inputs, no_states_}, loss, pool_)) return false;
  trainer_.Step(net_, 0.0);
  return true;
}

double MemberTraining::Loss(std::span<const int> rows) {
  std::vector<float> logits(rows.size(), 0.0F);
  logits_.AddTo(logits, mlp(), data_, rows);
  double sum = 0.0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    sum += PointLossOf(data_, rows[i], double(logits[i]));
  }
  return rows.empty() ? 0.0 : sum / static_cast<double>(rows.size());
}

SampleSequences MemberTraining::StepsOfPair(const TargetPair& pair) {
  static constexpr int kStart = 0;
  pair_steps_.clear();
  for (int i = 0; i < pair.first.count; ++i) pair_steps_.push_back(pair.first.begin + i);
  for (int i = 0; i < pair.second.count; ++i) pair_steps_.push_back(pair.second.begin + i);
  return {pair_steps_, {&kStart, 1}};
}

bool MemberTraining::Update(const TargetPair& pair) {
  const OnePairLoss loss(pair);
  const SampleInputs inputs{data_.pair_inputs, no_states_};
  if (!trainer_.Gradient(net_, StepsOfPair(pair), inputs, loss, pool_)) return false;
  trainer_.Step(net_, 0.0);
  return true;
}

double MemberTraining::PairsLoss() {
  double sum = 0.0;
  double strengths = 0.0;
  for (const TargetPair& pair : data_.pairs) {
    const OnePairLoss loss(pair);
    trainer_.Measure(net_, StepsOfPair(pair), {data_.pair_inputs, no_states_}, loss, pool_);
    sum += trainer_.sums().loss;
    strengths += double(pair.strength);
  }
  return strengths > 0.0 ? sum / strengths : 0.0;
}

}  // namespace lookout::agents
