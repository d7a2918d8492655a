// Scales observations to mean 0 and variance 1 with running statistics, clipped to +-kClip. Until
// the first Update it passes values through. One owner; const use from any thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <string_view>

#include "agents/learning/archive.h"

namespace lookout::agents {

class Normaliser {
 public:
  static constexpr float kClip = 10.0F;

  Normaliser() = default;
  explicit Normaliser(int dim);

  // Takes in a batch [dim x n] of raw values: parallel variance of Chan, Golub and LeVeque 1979,
  // accumulated in float64.
  void Update(const Eigen::Ref<const Eigen::MatrixXf>& values);

  // In place, [dim x n].
  void Apply(Eigen::Ref<Eigen::MatrixXf> values) const;

  int dim() const { return static_cast<int>(mean_.size()); }
  std::int64_t count() const { return count_; }
  const Eigen::VectorXd& mean() const { return mean_; }
  Eigen::VectorXd variance() const;  // of the population; 1 before the first Update
  // What Apply uses: (value - shift) * scale. [dim]
  const Eigen::VectorXf& shift() const { return shift_; }
  const Eigen::VectorXf& scale() const { return scale_; }

  // Fields "<name>.count", "<name>.mean" and "<name>.squares".
  void Encode(ArchiveWriter& writer, std::string_view name) const;
  static Normaliser Decode(ArchiveReader& reader, std::string_view name, int dim);

 private:
  void RefreshScale();

  std::int64_t count_ = 0;
  Eigen::VectorXd mean_;
  Eigen::VectorXd squares_;  // sum of squared deviations from the mean
  Eigen::VectorXf shift_;    // the mean, and one over the deviation, as applied
  Eigen::VectorXf scale_;
};

}  // namespace lookout::agents
