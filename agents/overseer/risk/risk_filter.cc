#include "agents/overseer/risk/risk_filter.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>
#include <utility>

#include "sim/base/random_state.h"

namespace lookout::agents {
namespace {

Eigen::MatrixXd RecoveryCandidates(int action_dim) {
  constexpr std::uint32_t kSeed = 1;
  RandomState random(kSeed);
  Eigen::MatrixXd candidates = Eigen::MatrixXd::Zero(action_dim, RiskFilter::kCandidates);
  for (Eigen::Index i = 1; i < candidates.cols(); ++i) {
    for (Eigen::Index k = 0; k < action_dim; ++k) candidates(k, i) = random.Uniform(-1.0, 1.0);
  }
  return candidates;
}

}  // namespace

std::span<const Choice<Recovery>> Choices(Recovery /*kind*/) {
  static constexpr std::array<Choice<Recovery>, 2> kChoices{
      {{Recovery::kLeastRisk, "least-risk"}, {Recovery::kFallback, "fallback"}}};
  return kChoices;
}

RiskFilter::RiskFilter(RiskCriticPtr critic, Recovery recovery, FallbackAction fallback)
    : critic_(std::move(critic)),
      recovery_(recovery),
      fallback_(std::move(fallback)),
      scorer_(critic_->networks, kCandidates),
      candidates_(RecoveryCandidates(critic_->networks.action_dim())),
      replacement_(Eigen::VectorXd::Zero(critic_->networks.action_dim())) {}

Decision RiskFilter::Review(const ActionContext& context, const Eigen::VectorXd& proposed) {
  const Eigen::VectorXd& observation = context.environment.observation();
  const bool readable = observation.allFinite() && proposed.allFinite();
  risk_ = readable ? RiskOf(scorer_.Logits(observation, proposed).col(0))
                   : std::numeric_limits<float>::quiet_NaN();
  if (double(risk_) <= critic_->epsilon) return Decision::Pass();
  replacement_.setZero();
  if (readable) Recover(context);
  const auto written = fmt::format_to_n(
      reason_.data(), reason_.size(), "the risk is {:.2g}, above {:.2g}", risk_, critic_->epsilon);
  return Decision::Replace(replacement_, sim::ActionSource::kOverseer,
                           {reason_.data(), std::min(written.size, reason_.size())});
}

void RiskFilter::Recover(const ActionContext& context) {
  if (recovery_ == Recovery::kFallback) {
    fallback_(context.environment, replacement_);
    return;
  }
  const auto logits = scorer_.Logits(context.environment.observation(), candidates_);
  Eigen::Index best = 0;
  for (Eigen::Index i = 1; i < logits.cols(); ++i) {
    if (logits.col(i).maxCoeff() < logits.col(best).maxCoeff()) best = i;
  }
  replacement_ = candidates_.col(best);
}

Result<std::unique_ptr<ActionFilter>> MakeRiskFilter(RiskCriticPtr critic, Recovery recovery,
                                                     FallbackAction fallback,
                                                     const sim::EnvironmentSpec& spec) {
  if (Status fits = critic->networks.CheckFits(spec, "The risk critic"); !fits.ok()) {
    return fits.error();
  }
  return std::unique_ptr<ActionFilter>(
      std::make_unique<RiskFilter>(std::move(critic), recovery, std::move(fallback)));
}

}  // namespace lookout::agents
