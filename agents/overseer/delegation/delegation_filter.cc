#include "agents/overseer/delegation/delegation_filter.h"

#include <fmt/format.h>

#include <algorithm>
#include <limits>
#include <utility>

#include "sim/base/check.h"

namespace lookout::agents {
namespace {

constexpr std::uint32_t kAdvisorSeed = 1;  // of an advisor that draws; the same in every episode

}  // namespace

DelegationThresholds ThresholdsOf(const BlockerModel& model, const RiskCritic* critic,
                                  const DelegationSettings& settings) {
  const double above = 1.0 - settings.alpha;
  const double below = std::min(settings.back_below, above);
  const Eigen::VectorXf& risks = critic != nullptr ? critic->quantiles : model.quantiles.score;
  const Eigen::VectorXf& spreads = model.quantiles.spread;
  return {.spread_above = ScoreQuantiles::At(spreads, above),
          .spread_below = ScoreQuantiles::At(spreads, below),
          .risk_above = ScoreQuantiles::At(risks, above),
          .risk_below = ScoreQuantiles::At(risks, below)};
}

DelegationFilter::DelegationFilter(BlockerModelPtr model, RiskCriticPtr critic, PolicyPtr advisor,
                                   const DelegationSettings& settings)
    : model_(std::move(model)),
      critic_(std::move(critic)),
      advisor_(std::move(advisor)),
      settings_(settings),
      thresholds_(ThresholdsOf(*model_, critic_.get(), settings)),
      advisor_name_(advisor_->name()),
      scorer_(model_),
      advice_(Eigen::VectorXd::Zero(model_->networks.action_dim())),
      begun_(static_cast<std::size_t>(settings.budget)) {
  if (critic_ != nullptr) risk_scorer_ = std::make_unique<ActionScorer>(critic_->networks);
  BeginEpisode();
}

void DelegationFilter::BeginEpisode() {
  memory_ = advisor_->NewMemory();
  random_.Seed(kAdvisorSeed);
  advice_steps_left_ = 0;
  driven_steps_ = 0;
  begun_count_ = 0;
}

Decision DelegationFilter::Review(const ActionContext& context, const Eigen::VectorXd& proposed) {
  const Eigen::VectorXd& observation = context.environment.observation();
  const Signals signals = Look(observation, proposed);
  ++counts_.steps;
  if (driven_steps_ > settings_.least_steps && MayGiveBack(signals)) driven_steps_ = 0;
  if (driven_steps_ == 0 && WantsHandOver(signals)) {
    if (HasBudget(context.step)) {
      BeginHandOver(context.step);
    } else {
      ++counts_.over_budget;
    }
  }
  // One that remembers has to have seen all of the episode.
  if (driven_steps_ > 0 || advisor_->has_memory()) Advise(observation);
  if (driven_steps_ == 0) return Decision::Pass();
  ++driven_steps_;
  ++counts_.advisor_steps;
  return Decision::Replace(advice_, sim::ActionSource::kOverseer, reason_text_);
}

DelegationFilter::Signals DelegationFilter::Look(const Eigen::VectorXd& observation,
                                                 const Eigen::VectorXd& proposed) {
  Signals signals{.opinion = scorer_.Judge(observation, proposed)};
  signals.risk = double(signals.opinion.score);
  if (risk_scorer_ != nullptr && observation.allFinite() && proposed.allFinite()) {
    signals.risk = double(RiskOf(risk_scorer_->Logits(observation, proposed).col(0)));
  }
  return signals;
}

bool DelegationFilter::WantsHandOver(const Signals& signals) {
  if (!(double(signals.opinion.spread) <= thresholds_.spread_above)) {
    SetReason("handed to {}: the networks differ by {:.2g}, above {:.2g}", advisor_name_,
              signals.opinion.spread, thresholds_.spread_above);
  } else if (signals.opinion.unknown()) {
    SetReason("handed to {}: it is unlike anything seen before", advisor_name_);
  } else if (!(signals.risk <= thresholds_.risk_above)) {
    SetReason("handed to {}: the risk is {:.2g}, above {:.2g}", advisor_name_, signals.risk,
              thresholds_.risk_above);
  } else {
    return false;
  }
  return true;
}

bool DelegationFilter::MayGiveBack(const Signals& signals) const {
  return double(signals.opinion.spread) <= thresholds_.spread_below && !signals.opinion.unknown() &&
         signals.risk <= thresholds_.risk_below;
}

bool DelegationFilter::HasBudget(int step) const {
  if (begun_count_ < begun_.size()) return true;
  if (begun_.empty()) return false;
  return step - begun_[begun_count_ % begun_.size()] >= kBudgetSteps;  // the oldest
}

void DelegationFilter::BeginHandOver(int step) {
  begun_[begun_count_ % begun_.size()] = step;
  ++begun_count_;
  ++counts_.hand_overs;
  driven_steps_ = 1;
  if (!advisor_->has_memory()) advice_steps_left_ = 0;
}

void DelegationFilter::Advise(const Eigen::VectorXd& observation) {
  if (advice_steps_left_ == 0) {
    advisor_->Act(observation, *memory_, random_, advice_);
    LOOKOUT_CHECK(advice_.size() == model_->networks.action_dim(), "an advisor of another robot");
    advice_steps_left_ = advisor_->action_repeat();
  }
  --advice_steps_left_;
}

template <typename... Values>
void DelegationFilter::SetReason(const char* format, const Values&... values) {
  const auto written =
      fmt::format_to_n(reason_.data(), reason_.size(), fmt::runtime(format), values...);
  reason_text_ = {reason_.data(), std::min(written.size, reason_.size())};
}

Result<std::unique_ptr<ActionFilter>> MakeDelegation(BlockerModelPtr model, RiskCriticPtr critic,
                                                     PolicyPtr advisor,
                                                     const sim::EnvironmentSpec& spec,
                                                     const DelegationSettings& settings) {
  if (Status fits = model->networks.CheckFits(spec, "The blocker"); !fits.ok()) return fits.error();
  if (critic != nullptr) {
    if (Status fits = critic->networks.CheckFits(spec, "The risk critic"); !fits.ok()) {
      return fits.error();
    }
  }
  return std::unique_ptr<ActionFilter>(std::make_unique<DelegationFilter>(
      std::move(model), std::move(critic), std::move(advisor), settings));
}

}  // namespace lookout::agents
