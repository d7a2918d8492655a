#include "agents/learning/normaliser.h"

#include <algorithm>
#include <limits>
#include <string>

namespace lookout::agents {
namespace {

// Keeps components that never change (an unused lidar bin) from being blown up.
constexpr double kLeastVariance = 1e-6;

}  // namespace

Normaliser::Normaliser(int dim) {
  mean_.setZero(dim);
  squares_.setZero(dim);
  RefreshScale();
}

void Normaliser::Update(const Eigen::Ref<const Eigen::MatrixXf>& values) {
  LOOKOUT_CHECK(values.rows() == dim(), "values do not fit the normaliser");
  if (values.cols() == 0) return;
  const auto n = static_cast<double>(values.cols());
  const double total = static_cast<double>(count_) + n;
  for (Eigen::Index row = 0; row < values.rows(); ++row) {
    double batch_mean = 0.0;
    for (Eigen::Index i = 0; i < values.cols(); ++i) batch_mean += double(values(row, i));
    batch_mean /= n;
    double batch_squares = 0.0;
    for (Eigen::Index i = 0; i < values.cols(); ++i) {
      const double deviation = double(values(row, i)) - batch_mean;
      batch_squares += deviation * deviation;
    }
    const double delta = batch_mean - mean_[row];
    mean_[row] += delta * n / total;
    squares_[row] += batch_squares + delta * delta * static_cast<double>(count_) * n / total;
  }
  count_ += values.cols();
  RefreshScale();
}

Eigen::VectorXd Normaliser::variance() const {
  if (count_ == 0) return Eigen::VectorXd::Ones(dim());
  return squares_ / static_cast<double>(count_);
}

void Normaliser::RefreshScale() {
  shift_ = mean_.cast<float>();
  scale_ = variance().cwiseMax(kLeastVariance).cwiseSqrt().cwiseInverse().cast<float>();
}

void Normaliser::Apply(Eigen::Ref<Eigen::MatrixXf> values) const {
  LOOKOUT_CHECK(values.rows() == dim(), "values do not fit the normaliser");
  if (count_ == 0) return;
  for (auto column : values.colwise()) {
    column = (column - shift_).cwiseProduct(scale_).cwiseMax(-kClip).cwiseMin(kClip);
  }
}

void Normaliser::Encode(ArchiveWriter& writer, std::string_view name) const {
  const std::string prefix(name);
  writer.Integer(prefix + ".count", count_);
  writer.Doubles(prefix + ".mean", {mean_.data(), std::size_t(mean_.size())});
  writer.Doubles(prefix + ".squares", {squares_.data(), std::size_t(squares_.size())});
}

Normaliser Normaliser::Decode(ArchiveReader& reader, std::string_view name, int dim) {
  const std::string prefix(name);
  Normaliser normaliser;
  normaliser.count_ =
      reader.Integer(prefix + ".count", 0, std::numeric_limits<std::int64_t>::max());
  normaliser.mean_ = reader.Doubles(prefix + ".mean", dim);
  normaliser.squares_ = reader.Doubles(prefix + ".squares", dim);
  if (reader.ok() && dim > 0 && normaliser.squares_.minCoeff() < 0.0) {
    reader.Reject("field '" + prefix + ".squares' holds a negative variance.");
  }
  if (!reader.ok()) return Normaliser(dim);
  normaliser.RefreshScale();
  if (!normaliser.shift_.allFinite()) {
    reader.Reject("field '" + prefix + ".mean' holds a value beyond the range of float32.");
  }
  return normaliser;
}

}  // namespace lookout::agents
