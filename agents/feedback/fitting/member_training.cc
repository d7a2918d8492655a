#include "agents/feedback/fitting/member_training.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <numeric>
#include <utility>

#include "agents/feedback/fitting/weight_noise.h"

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

// Of an update, times the learning rate, as Adam takes it (decoupled from the gradient: Loshchilov
// and Hutter 2019): so that an epoch has the same effect however many updates it is made of.
double DecayOfUpdate(const CostModelSettings& settings, std::size_t rows, std::size_t pairs) {
  const auto updates = static_cast<double>(BatchesOf(rows, BatchSize(rows, settings.batch)) +
                                           BatchesOf(pairs, PairBatchSize(pairs)));
  return settings.weight_decay / (settings.learning_rate * std::max(updates, 1.0));
}

Mlp FirstNetwork(const TrainingData& data, const CostModelSettings& settings, const Mlp* start,
                 RandomState& random) {
  if (start != nullptr) return *start;
  Mlp mlp({static_cast<int>(data.inputs.rows()), settings.hidden, settings.hidden, 1});
  mlp.InitialiseGlorot(random);
  return mlp;
}

// -u log(q) - s log(1 - q) of a logit z, where u and s are the row's weights as unsafe and as safe,
// and q the probability that its annotator says unsafe, see SlipChances.
double PointLossOf(const TrainingData& data, int row, double z, const SlipChances& slips) {
  constexpr double kLeast = 1e-12;
  if (!slips.at_their_word()) {
    const double q = slips.SaysUnsafe(1.0 / (1.0 + std::exp(-z)));
    return -double(data.unsafe_part(row)) * std::log(std::max(q, kLeast)) -
           double(data.safe_part(row)) * std::log(std::max(1.0 - q, kLeast));
  }
  const double rest = std::log1p(std::exp(-std::abs(z)));
  return double(data.unsafe_part(row)) * (std::max(z, 0.0) - z + rest) +
         double(data.safe_part(row)) * (std::max(z, 0.0) + rest);
}

// Its derivative by z: u (p - r) as unsafe and s (p - r') as safe, with p = sigmoid(z) and r, r'
// the probability of unsafe once the annotator has said so, or the opposite; 1 and 0 without slips.
float PointSlopeOf(const TrainingData& data, int row, float z, const SlipChances& slips) {
  const float p = 1.0F / (1.0F + std::exp(-z));
  float if_unsafe = 1.0F;
  float if_safe = 0.0F;
  if (!slips.at_their_word()) {
    if_unsafe = static_cast<float>(slips.Posterior(double(p), 1.0));
    if_safe = static_cast<float>(slips.Posterior(double(p), 0.0));
  }
  return data.unsafe_part(row) * (p - if_unsafe) + data.safe_part(row) * (p - if_safe);
}

// The mean over the rows of a batch.
class BatchLoss : public SampleLoss {
 public:
  // rows: of the batch; copied: samples are places among them, not rows.
  BatchLoss(const TrainingData& data, const SlipTable& slips, std::span<const int> rows,
            bool copied)
      : data_(data), slips_(slips), batch_(rows), copied_(copied) {}

  void Evaluate(std::span<const int> samples, const SequenceNetwork::Outputs& logits,
                Eigen::Ref<Eigen::MatrixXf> slopes, Eigen::Ref<Eigen::VectorXf> /*none*/,
                LossSums& sums) const override {
    const auto rows = static_cast<float>(batch_.size());
    for (std::size_t i = 0; i < samples.size(); ++i) {
      const auto column = static_cast<Eigen::Index>(i);
      const int row = copied_ ? batch_[static_cast<std::size_t>(samples[i])] : samples[i];
      const float logit = logits(0, column);
      const SlipChances& slips = data_.SlipsOf(row, slips_);
      slopes(0, column) = PointSlopeOf(data_, row, logit, slips) / rows;
      sums.loss += PointLossOf(data_, row, double(logit), slips) / double(rows);
    }
  }

 private:
  const TrainingData& data_;
  const SlipTable& slips_;
  std::span<const int> batch_;
  bool copied_;
};

}  // namespace

SaidByRow::SaidByRow(const TrainingData& data, std::span<const int> rows,
                     std::span<const float> logits)
    : logits_(logits) {
  for (const int row : rows) {
    const TargetPoint& point = data.point(row);
    targets_.push_back(double(point.target));
    weights_.push_back(double(point.marked ? point.weight : point.stands_for));
    annotators_.push_back(point.annotator);
  }
}

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
      stop_rows_(start.stop_rows.empty() ? rows_ : std::move(start.stop_rows)),
      slips_(data.slips),
      random_(start.seed),
      goes_on_(start.network != nullptr),
      most_epochs_(MostEpochs(data, settings, rows_.size(), goes_on_)),
      batch_(BatchSize(rows_.size(), settings.batch)),
      pair_batch_(PairBatchSize(data.pairs.size())),
      net_(FirstNetwork(data, settings, start.network, random_), {},
           {.learning_rate = settings.learning_rate,
            .weight_decay = DecayOfUpdate(settings, rows_.size(), data.pairs.size())}),
      // Members run side by side: one shard each, on the caller's thread.
      trainer_(net_, 1,
               {.most_shards = 1,
                .block_samples = std::max({kColumnBlock, batch_, MostPairColumns(data.pairs)})}),
      pool_(1),
      logits_(mlp()) {}

MemberTraining::Outcome MemberTraining::Run(const OnUpdate& on_update) {
  const int patience =
      goes_on_ ? std::min(kPatienceOfGoingOn, settings_.patience) : settings_.patience;
  Eigen::VectorXf best = net_.network.parameters();
  double best_loss = std::numeric_limits<double>::infinity();
  for (int epoch = 1; epoch <= most_epochs_; ++epoch) {
    const double fraction = (epoch - 1.0) / most_epochs_;
    if (goes_on_) net_.set_learning_rate(settings_.learning_rate * (1.0 - fraction));
    const Outcome outcome = RunEpoch(fraction, on_update);
    if (outcome != Outcome::kDone) return outcome;
    const double loss = StopLoss() + PairsLoss();
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
  const BatchLoss loss(data_, slips_, rows, data_.noisy != nullptr);
  if (data_.weight_noise == 0.0) {
    if (!Gradient(rows, loss)) return false;
  } else {
    const Eigen::VectorXf weights = net_.network.parameters();
    AddWeightNoise(mlp().layer_sizes(), data_.weight_noise, random_,
                   net_.network.mutable_parameters());
    const bool finite = Gradient(rows, loss);
    net_.network.mutable_parameters() = weights;
    if (!finite) return false;
  }
  trainer_.Step(net_, 0.0);
  return true;
}

bool MemberTraining::Gradient(std::span<const int> rows, const SampleLoss& loss) {
  if (data_.noisy == nullptr) {
    return trainer_.Gradient(net_, rows, {data_.inputs, no_states_}, loss, pool_);
  }
  data_.noisy->Write(rows, random_, noisy_steps_, noisy_inputs_);
  in_batch_.resize(rows.size());
  std::iota(in_batch_.begin(), in_batch_.end(), 0);
  return trainer_.Gradient(net_, std::span<const int>(in_batch_), {noisy_inputs_, no_states_}, loss,
                           pool_);
}

double MemberTraining::StopLoss() {
  constexpr int kSteps = 3;
  std::vector<float> logits(stop_rows_.size(), 0.0F);
  logits_.AddTo(logits, mlp(), data_, stop_rows_);
  const SaidByRow said(data_, stop_rows_, logits);
  for (int step = 0; step < kSteps; ++step) {
    ImproveSlips(said.rows(), Calibration{}, data_.prior_rows, slips_);
  }
  double sum = 0.0;
  for (std::size_t i = 0; i < logits.size(); ++i) {
    const int row = stop_rows_[i];
    sum += PointLossOf(data_, row, double(logits[i]), data_.SlipsOf(row, slips_));
  }
  return logits.empty() ? 0.0 : sum / static_cast<double>(logits.size());
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
