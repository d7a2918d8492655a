// The learned cost: an ensemble of small networks from an observation to the probability that a
// person would call the state unsafe. Immutable once fitted; any thread may predict.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "sim/base/ids.h"
#include "sim/base/result.h"

namespace lookout::agents {

// How well a fitted model does on episodes it has not seen.
struct ReliabilityBin {
  float mean_predicted = 0.0F;
  float fraction_unsafe = 0.0F;
  std::int64_t count = 0;
};

struct CostModelReport {
  std::int64_t train_rows = 0;
  std::int64_t held_out_rows = 0;
  std::int64_t unsafe_rows = 0;
  std::int64_t safe_rows = 0;
  std::int64_t episodes = 0;
  bool held_out_by_episode = false;  // false: too few episodes, held out by contiguous blocks
  double auc = 0.0;                  // area under the ROC curve, held out; NaN if one class only
  double brier = 0.0;                // mean squared error of the probability, held out
  double expected_calibration_error = 0.0;
  double temperature = 1.0;                 // of the calibration (Guo et al. 2017)
  std::vector<ReliabilityBin> reliability;  // 10 bins, held out
  int epochs = 0;                           // best epoch of early stopping, mean over members
  double seconds = 0.0;                     // wall time of the fit
};

struct CostPrediction {
  float probability = 0.0F;  // calibrated mean over the ensemble
  float spread = 0.0F;       // standard deviation over the ensemble
};

class CostModel {
 public:
  virtual ~CostModel() = default;

  virtual CostModelId id() const = 0;
  virtual int observation_dim() const = 0;
  virtual const CostModelReport& report() const = 0;

  // observations: [observation_dim x n]; probability, spread: [n]. Does not allocate with a
  // warmed-up Workspace of its own; the plain call allocates.
  virtual void Predict(const Eigen::Ref<const Eigen::MatrixXf>& observations,
                       Eigen::Ref<Eigen::VectorXf> probability,
                       Eigen::Ref<Eigen::VectorXf> spread) const = 0;
  CostPrediction PredictOne(const Eigen::VectorXf& observation) const;

  // Self-describing bytes with a checksum: sizes, weights, calibration, report.
  virtual std::string Encode() const = 0;
};
using CostModelPtr = std::shared_ptr<const CostModel>;

// Refuses (kBadInput) wrong sizes, NaN, truncated or foreign bytes: expected against found.
Result<CostModelPtr> DecodeCostModel(std::string_view bytes);

}  // namespace lookout::agents
