// The learned blocker: from an observation and a proposed action to the probability that the
// overseer it learned from would not let it pass, with the threshold from which it steps in
// (Saunders et al. 2017, "Trial without Error"). Immutable once fitted; any thread, each with its
// own BlockerScorer.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "agents/feedback/models/calibration.h"
#include "agents/overseer/blocker/blocker_threshold.h"
#include "agents/overseer/networks/action_networks.h"

namespace lookout::agents {

// What one rule for the threshold came to on episodes that neither the networks nor the threshold
// have seen.
struct RuleReport {
  ThresholdRule rule = ThresholdRule::kConformal;
  std::string refusal;               // why there is no such threshold; empty: there is
  BlockerConsequences consequences;  // of its threshold; of nothing if refused
};

struct BlockerReport {
  std::int64_t episodes = 0;
  std::int64_t fit_rows = 0;  // of the networks
  std::int64_t fit_blocks = 0;
  std::int64_t threshold_rows = 0;  // kept for the threshold
  std::int64_t threshold_blocks = 0;
  std::int64_t threshold_runs = 0;      // of blocks without a gap, see ConformalThreshold
  std::int64_t threshold_episodes = 0;  // that have any
  std::int64_t report_rows = 0;         // kept for this report
  std::int64_t report_blocks = 0;
  double alpha = 0.05;         // that kConformal may miss
  double auc = 0.0;            // area under the ROC curve, of the report's rows; NaN: one class
  double unknown_share = 0.0;  // of the report's rows, unlike what was fitted; about 0.01 is right
  std::vector<RuleReport> rules;           // one for each ThresholdRule, in order
  std::vector<BlockerConsequences> table;  // of the report's rows, by threshold
  double seconds = 0.0;                    // that the fit took; not in the bytes
};

// Of the rows kept for the threshold, at 0, 1, ..., 100 %: what "often" means to a delegation.
struct ScoreQuantiles {
  static constexpr int kCount = 101;
  Eigen::VectorXf score = Eigen::VectorXf::Zero(kCount);
  Eigen::VectorXf spread = Eigen::VectorXf::Zero(kCount);

  // Between the two nearest; share: in [0, 1].
  static double At(const Eigen::VectorXf& quantiles, double share);
};

struct BlockerModel {
  std::string teacher;      // whose blocks it learned, as the record names them
  std::string environment;  // id of that where they were recorded
  ActionNetworks networks;
  Calibration calibration;  // of the members' mean logit
  ThresholdRule rule = ThresholdRule::kConformal;
  double threshold = 0.5;  // a score
  ScoreQuantiles quantiles;
  BlockerReport report;
};
using BlockerModelPtr = std::shared_ptr<const BlockerModel>;

struct BlockerOpinion {
  float score = 0.0F;    // the probability of a block
  float spread = 0.0F;   // standard deviation of the members' own
  float support = 1.0F;  // how well it is covered by what was learned from, see Support
  bool unknown() const { return support < kUnknownActionBelow; }
};

// Scratch memory of one thread.
class BlockerScorer {
 public:
  explicit BlockerScorer(BlockerModelPtr model);

  // observation: [observation_dim]; action: [action_dim], as proposed. NaN scores where either is
  // not finite. Does not allocate.
  BlockerOpinion Judge(const Eigen::VectorXd& observation, const Eigen::VectorXd& action);

 private:
  BlockerModelPtr model_;
  ActionScorer scorer_;
};

// Of the members' logits [members] of one action.
BlockerOpinion OpinionOf(const BlockerModel& model,
                         const Eigen::Ref<const Eigen::VectorXf>& logits);

// Bytes with magic, version, signature and checksum.
std::string EncodeBlocker(const BlockerModel& model);
// Rejects (kBadInput) what is foreign, newer, truncated or does not fit together: expected against
// found.
Result<BlockerModelPtr> DecodeBlocker(std::string_view bytes);
// Whether the bytes begin like one; for telling files apart.
bool IsBlocker(std::string_view bytes);

}  // namespace lookout::agents
