#include "agents/feedback/fitting/member_training.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

namespace lookout::agents {
namespace {

// With fewer updates per epoch, a small label set would not be learned before max_epochs.
constexpr int kLeastUpdatesPerEpoch = 32;
constexpr int kLeastBatch = 16;

int BatchSize(std::size_t rows, int most) {
  const int wanted = static_cast<int>(rows) / kLeastUpdatesPerEpoch;
  return std::clamp(wanted, std::min(kLeastBatch, most), most);
}

// Pairs to a step of Adam: fewer when there are few of them, for the same reason.
constexpr std::size_t kMostPairsOfBatch = 8;

int PairBatchSize(std::size_t pairs) {
  return static_cast<int>(
      std::clamp(pairs / kLeastUpdatesPerEpoch, std::size_t{1}, kMostPairsOfBatch));
}

std::size_t BatchesOf(std::size_t count, int batch) {
  return (count + static_cast<std::size_t>(batch) - 1) / static_cast<std::size_t>(batch);
}

template <typename T>
std::span<const T> BatchOf(std::span<const T> all, int batch, std::size_t index) {
  const auto size = static_cast<std::size_t>(batch);
  return all.subspan(index * size, std::min(size, all.size() - index * size));
}

// Of a batch of pairs, the most columns.
int MostPairColumns(const std::vector<TargetPair>& pairs) {
  int most = 1;
  for (const TargetPair& pair : pairs) most = std::max(most, StepsLookedAt(pair));
  return most * PairBatchSize(pairs.size());
}

// One that goes on from a network is done after about that many columns of input, or sooner: the
// second that a person waits for, on two cores.
constexpr double kColumnsOfGoingOn = 250'000.0;
constexpr int kLeastEpochsOfGoingOn = 2;
constexpr int kPatienceOfGoingOn = 2;

int MostEpochs(const TrainingData& data, const CostModelSettings& settings, std::size_t rows,
               bool goes_on) {
  if (!goes_on) return settings.max_epochs;
  auto columns = static_cast<double>(std::max<std::size_t>(rows, 1));
  for (const TargetPair& pair : data.pairs) columns += StepsLookedAt(pair);
  const double epochs = std::min(kColumnsOfGoingOn / columns, double(settings.max_epochs));
  return std::max(static_cast<int>(epochs), std::min(kLeastEpochsOfGoingOn, settings.max_epochs));
}

Mlp FirstNetwork(const TrainingData& data, const CostModelSettings& settings, const Mlp* start,
                 RandomState& random) {
  if (start != nullptr) return *start;
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
                               MemberStart start)
    : data_(data),
      settings_(settings),
      rows_(std::move(start.rows)),
      random_(start.seed),
      goes_on_(start.network != nullptr),
      most_epochs_(MostEpochs(data, settings, rows_.size(), goes_on_)),
      batch_(BatchSize(rows_.size(), settings.batch)),
      pair_batch_(PairBatchSize(data.pairs.size())),
      net_(FirstNetwork(data, settings, start.network, random_), {},
           {.learning_rate = settings.learning_rate, .weight_decay = settings.weight_decay}),
      // Members run side by side: one shard each, on the caller's thread.
      trainer_(net_, 1,
               {.most_shards = 1,
                .block_samples = std::max({kColumnBlock, batch_, MostPairColumns(data.pairs)})}),
      pool_(1),
      logits_(mlp()) {}

MemberTraining::Outcome MemberTraining::Run(const OnUpdate& on_update) {
  const std::vector<int> judged_on = data_.split.held_out.empty() ? rows_ : data_.split.held_out;
  const int patience =
      goes_on_ ? std::min(kPatienceOfGoingOn, settings_.patience) : settings_.patience;
  Eigen::VectorXf best = net_.network.parameters();
  double best_loss = std::numeric_limits<double>::infinity();
  for (int epoch = 1; epoch <= most_epochs_; ++epoch) {
    const double fraction = (epoch - 1.0) / most_epochs_;
    if (goes_on_) net_.set_learning_rate(settings_.learning_rate * (1.0 - fraction));
    const Outcome outcome = RunEpoch(fraction, on_update);
    if (outcome != Outcome::kDone) return outcome;
    const double loss = Loss(judged_on) + PairsLoss();
    if (!std::isfinite(loss)) return Outcome::kDiverged;
    if (loss < best_loss) {
      best_loss = loss;
      best = net_.network.parameters();
      best_epoch_ = epoch;
    }
    if (epoch - best_epoch_ >= patience) break;
  }
  net_.network.mutable_parameters() = best;
  return Outcome::kDone;
}

MemberTraining::Outcome MemberTraining::RunEpoch(double fraction, const OnUpdate& on_update) {
  for (std::size_t left = rows_.size(); left > 1; --left) {
    std::swap(rows_[left - 1],
              rows_[static_cast<std::size_t>(random_.Choice(static_cast<int>(left)))]);
  }
  // Batches of rows and of pairs in turns, so that neither has the last word in an epoch.
  const std::span<const int> rows(rows_);
  const std::span<const TargetPair> pairs(data_.pairs);
  const std::size_t row_batches = BatchesOf(rows.size(), batch_);
  const std::size_t pair_batches = BatchesOf(pairs.size(), pair_batch_);
  for (std::size_t row = 0, pair = 0; row < row_batches || pair < pair_batches;) {
    const bool is_row = row * pair_batches <= pair * row_batches && row < row_batches;
    const bool finite =
        is_row ? Update(BatchOf(rows, batch_, row++)) : Update(BatchOf(pairs, pair_batch_, pair++));
    if (!finite) return Outcome::kDiverged;
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

bool MemberTraining::Update(std::span<const TargetPair> pairs) {
  pair_steps_.Clear();
  for (const TargetPair& pair : pairs) pair_steps_.Add(pair, Phase());
  const PairBatchLoss loss(pair_steps_, static_cast<double>(pairs.size()));
  const SampleInputs inputs{data_.pair_inputs, no_states_};
  if (!trainer_.Gradient(net_, pair_steps_.Samples(), inputs, loss, pool_)) return false;
  trainer_.Step(net_, 0.0);
  return true;
}

double MemberTraining::PairsLoss() {
  constexpr std::size_t kMostJudged = 256;
  constexpr double kMiddle = 0.5;
  double sum = 0.0;
  double strengths = 0.0;
  const std::size_t every = (data_.pairs.size() + kMostJudged - 1) / kMostJudged;
  for (std::size_t i = 0; i < data_.pairs.size(); i += every) {
    pair_steps_.Clear();
    pair_steps_.Add(data_.pairs[i], kMiddle);
    const PairBatchLoss loss(pair_steps_, 1.0);
    trainer_.Measure(net_, pair_steps_.Samples(), {data_.pair_inputs, no_states_}, loss, pool_);
    sum += trainer_.sums().loss;
    strengths += double(data_.pairs[i].strength);
  }
  return strengths > 0.0 ? sum / strengths : 0.0;
}

}  // namespace lookout::agents
