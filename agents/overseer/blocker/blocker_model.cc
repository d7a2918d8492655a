#include "agents/overseer/blocker/blocker_model.h"

#include <algorithm>
#include <cmath>
#include <limits>
#include <utility>

#include "sim/base/check.h"

namespace lookout::agents {

double ScoreQuantiles::At(const Eigen::VectorXf& quantiles, double share) {
  const double place = std::clamp(share, 0.0, 1.0) * (kCount - 1);
  const auto below = static_cast<Eigen::Index>(place);
  const auto above = std::min<Eigen::Index>(below + 1, kCount - 1);
  const double rest = place - double(below);
  return (1.0 - rest) * double(quantiles[below]) + rest * double(quantiles[above]);
}

BlockerOpinion OpinionOf(const BlockerModel& model,
                         const Eigen::Ref<const Eigen::VectorXf>& logits) {
  BlockerOpinion opinion{.score = model.calibration.Probability(logits.mean())};
  const auto members = static_cast<float>(logits.size());
  float mean = 0.0F;
  for (const float logit : logits) mean += model.calibration.Probability(logit) / members;
  float squares = 0.0F;
  for (const float logit : logits) {
    const float off = model.calibration.Probability(logit) - mean;
    squares += off * off;
  }
  opinion.spread = std::sqrt(squares / members);
  return opinion;
}

BlockerScorer::BlockerScorer(BlockerModelPtr model)
    : model_(std::move(model)), scorer_(model_->networks) {}

BlockerOpinion BlockerScorer::Judge(const Eigen::VectorXd& observation,
                                    const Eigen::VectorXd& action) {
  if (!observation.allFinite() || !action.allFinite()) {
    constexpr float kNan = std::numeric_limits<float>::quiet_NaN();
    return {.score = kNan, .spread = kNan, .support = 0.0F};
  }
  BlockerOpinion opinion = OpinionOf(*model_, scorer_.Logits(observation, action).col(0));
  opinion.support = scorer_.SupportOfFirst();
  return opinion;
}

}  // namespace lookout::agents
