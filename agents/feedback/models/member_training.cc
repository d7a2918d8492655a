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
      mlp_({static_cast<int>(data.inputs.rows()), settings.hidden, settings.hidden, 1}),
      adam_(mlp_.parameter_count(),
            {.learning_rate = settings.learning_rate, .weight_decay = settings.weight_decay}),
      batch_(BatchSize(rows_.size(), settings.batch)),
      inputs_(mlp_.input_dim(), batch_),
      output_gradient_(1, batch_),
      gradient_(mlp_.parameter_count()),
      workspace_(mlp_, batch_),
      logits_(mlp_),
      pair_workspace_(mlp_, LongestPair(data.pairs)),
      pair_inputs_(mlp_.input_dim(), LongestPair(data.pairs)),
      pair_slopes_(1, LongestPair(data.pairs)) {
  mlp_.InitialiseGlorot(random_);
}

bool MemberTraining::Run(const OnUpdate& on_update) {
  const std::vector<int> judged_on = data_.split.held_out.empty() ? rows_ : data_.split.held_out;
  Eigen::VectorXf best = mlp_.parameters();
  double best_loss = std::numeric_limits<double>::infinity();
  for (int epoch = 1; epoch <= settings_.max_epochs; ++epoch) {
    if (!RunEpoch((epoch - 1.0) / settings_.max_epochs, on_update)) return false;
    const double loss = Loss(judged_on) + PairsLoss();
    if (loss < best_loss) {
      best_loss = loss;
      best = mlp_.parameters();
      best_epoch_ = epoch;
    }
    if (epoch - best_epoch_ >= settings_.patience) break;
  }
  mlp_.mutable_parameters() = best;
  return true;
}

bool MemberTraining::RunEpoch(double fraction, const OnUpdate& on_update) {
  for (std::size_t left = rows_.size(); left > 1; --left) {
    std::swap(rows_[left - 1],
              rows_[static_cast<std::size_t>(random_.Choice(static_cast<int>(left)))]);
  }
  const auto batch = static_cast<std::size_t>(batch_);
  for (std::size_t begin = 0; begin < rows_.size(); begin += batch) {
    Update(std::span(rows_).subspan(begin, std::min(batch, rows_.size() - begin)));
    if (!on_update(fraction)) return false;
  }
  for (const TargetPair& pair : data_.pairs) {
    Update(pair);
    if (!on_update(fraction)) return false;
  }
  return true;
}

// One step of Adam on the mean of u log(1 + exp(-z)) + s log(1 + exp(z)), where u and s are the
// row's weights as unsafe and as safe; its slope is u (sigmoid(z) - 1) + s sigmoid(z).
void MemberTraining::Update(std::span<const int> rows) {
  const auto n = static_cast<Eigen::Index>(rows.size());
  for (Eigen::Index i = 0; i < n; ++i) {
    inputs_.col(i) = data_.inputs.col(rows[static_cast<std::size_t>(i)]);
  }
  const auto logits = mlp_.Forward(inputs_.leftCols(n), workspace_);
  for (Eigen::Index i = 0; i < n; ++i) {
    const int row = rows[static_cast<std::size_t>(i)];
    const float probability = 1.0F / (1.0F + std::exp(-logits(0, i)));
    const float slope =
        data_.unsafe_part(row) * (probability - 1.0F) + data_.safe_part(row) * probability;
    output_gradient_(0, i) = slope / static_cast<float>(n);
  }
  mlp_.Backward(inputs_.leftCols(n), output_gradient_.leftCols(n), workspace_, gradient_);
  adam_.Step(mlp_.mutable_parameters(), gradient_);
}

double MemberTraining::Loss(std::span<const int> rows) {
  std::vector<float> logits(rows.size(), 0.0F);
  logits_.AddTo(logits, mlp_, data_, rows);
  double sum = 0.0;
  for (std::size_t i = 0; i < rows.size(); ++i) {
    const double z = double(logits[i]);
    const double rest = std::log1p(std::exp(-std::abs(z)));
    sum += double(data_.unsafe_part(rows[i])) * (std::max(z, 0.0) - z + rest) +
           double(data_.safe_part(rows[i])) * (std::max(z, 0.0) + rest);
  }
  return rows.empty() ? 0.0 : sum / static_cast<double>(rows.size());
}

std::span<const float> MemberTraining::Logits(const TargetPair& pair) {
  auto inputs = pair_inputs_.leftCols(StepsOf(pair));
  inputs.leftCols(pair.first.count) =
      data_.pair_inputs.middleCols(pair.first.begin, pair.first.count);
  inputs.rightCols(pair.second.count) =
      data_.pair_inputs.middleCols(pair.second.begin, pair.second.count);
  const auto logits = mlp_.Forward(inputs, pair_workspace_);
  pair_logits_.assign(logits.data(), logits.data() + logits.size());
  return pair_logits_;
}

void MemberTraining::Update(const TargetPair& pair) {
  const std::span<const float> logits = Logits(pair);
  const auto first = static_cast<std::size_t>(pair.first.count);
  const std::span<float> slopes(pair_slopes_.data(), logits.size());
  PairLoss(logits.first(first), logits.subspan(first), pair.first_is_safer, slopes.first(first),
           slopes.subspan(first));
  const int steps = StepsOf(pair);
  pair_slopes_.leftCols(steps) *= pair.strength;
  mlp_.Backward(pair_inputs_.leftCols(steps), pair_slopes_.leftCols(steps), pair_workspace_,
                gradient_);
  adam_.Step(mlp_.mutable_parameters(), gradient_);
}

// The mean over the pairs by strength; 0 without any.
double MemberTraining::PairsLoss() {
  double sum = 0.0;
  double strengths = 0.0;
  for (const TargetPair& pair : data_.pairs) {
    const std::span<const float> logits = Logits(pair);
    const auto first = static_cast<std::size_t>(pair.first.count);
    sum += double(pair.strength) *
           PairLoss(logits.first(first), logits.subspan(first), pair.first_is_safer, {}, {});
    strengths += double(pair.strength);
  }
  return strengths > 0.0 ? sum / strengths : 0.0;
}

}  // namespace lookout::agents
