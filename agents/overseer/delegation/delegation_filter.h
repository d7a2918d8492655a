// Delegation: where the networks do not know, or know of danger, the wheel goes to an advisor,
// until both are well below again (ThriftyDAgger, Hoque et al. 2021; the lower thresholds are those
// of LazyDAgger). One filter belongs to one environment and its thread.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "agents/overseer/blocker/blocker_model.h"
#include "agents/overseer/risk/risk_critic.h"
#include "agents/policies/policy.h"
#include "agents/rollout/action_filter.h"
#include "sim/base/fields.h"

namespace lookout::agents {

struct DelegationSettings {
  double alpha = 0.02;       // share of ordinary steps whose spread, or risk, is high
  double back_below = 0.75;  // quantile that both have to be below again
  int budget = 10;           // hand-overs that begin within 1,000 steps
  int least_steps = 5;       // that the advisor drives
  bool operator==(const DelegationSettings&) const = default;
};

template <FieldsOf<DelegationSettings> Self, typename Visit>
void VisitFields(Self& self, Visit&& visit) {
  using F = Field<DelegationSettings>;
  visit(F("alpha", "share of ordinary steps that count as new, or as dangerous").Within(0, 0.5),
        self.alpha);
  visit(F("back-below", "quantile that both are below again").Within(0, 1), self.back_below);
  visit(F("budget", "hand-overs within 1,000 steps").Within(0, 1000), self.budget);
  visit(F("least-steps", "that the advisor drives").Within(1, 1000), self.least_steps);
}

// From where to where the two signals hand over and give back.
struct DelegationThresholds {
  double spread_above = 1.0;
  double spread_below = 1.0;
  double risk_above = 1.0;
  double risk_below = 1.0;
};
// By the model's own quantiles. critic: whose risk counts; null: the blocker's score.
DelegationThresholds ThresholdsOf(const BlockerModel& model, const RiskCritic* critic,
                                  const DelegationSettings& settings);

// What it did since it was made.
struct DelegationCounts {
  std::int64_t steps = 0;          // that it reviewed
  std::int64_t hand_overs = 0;     // that began
  std::int64_t advisor_steps = 0;  // that the advisor drove
  std::int64_t over_budget = 0;    // steps that asked for one when the budget was used up
};

class DelegationFilter : public ActionFilter {
 public:
  static constexpr int kBudgetSteps = 1000;

  // All have to fit the environment, see MakeDelegation. critic may be null.
  DelegationFilter(BlockerModelPtr model, RiskCriticPtr critic, PolicyPtr advisor,
                   const DelegationSettings& settings);

  // The advisor's: a recording shows who drove.
  std::string name() const override { return advisor_->name(); }
  void BeginEpisode() override;
  // While the advisor drives, its actions replace what is proposed, as the overseer's, and the
  // reason is why it was handed over: "handed to Careful: they disagree by 0.21, above 0.15".
  // Depends on the episode so far alone. Does not allocate after an episode's first hand-over.
  Decision Review(const ActionContext& context, const Eigen::VectorXd& proposed) override;

  const DelegationThresholds& thresholds() const { return thresholds_; }
  const DelegationCounts& counts() const { return counts_; }

 private:
  struct Signals {
    BlockerOpinion opinion;
    double risk = 0.0;
  };
  Signals Look(const Eigen::VectorXd& observation, const Eigen::VectorXd& proposed);
  bool WantsHandOver(const Signals& signals);  // sets the reason if so
  bool MayGiveBack(const Signals& signals) const;
  bool HasBudget(int step) const;
  void BeginHandOver(int step);
  void Advise(const Eigen::VectorXd& observation);
  template <typename... Values>
  void SetReason(const char* format, const Values&... values);

  BlockerModelPtr model_;
  RiskCriticPtr critic_;
  PolicyPtr advisor_;
  DelegationSettings settings_;
  DelegationThresholds thresholds_;
  std::string advisor_name_;
  BlockerScorer scorer_;
  std::unique_ptr<ActionScorer> risk_scorer_;  // null without a critic
  std::unique_ptr<PolicyMemory> memory_;
  RandomState random_;
  Eigen::VectorXd advice_;
  int advice_steps_left_ = 0;    // of an advisor that holds its actions
  int driven_steps_ = 0;         // of this hand-over; 0: the agent drives
  std::vector<int> begun_;       // [budget] steps at which the latest hand-overs began, in a ring
  std::size_t begun_count_ = 0;  // of the episode
  DelegationCounts counts_;
  std::array<char, 128> reason_{};
  std::string_view reason_text_;
};

// Rejects (kBadInput) an environment that model or critic do not fit, naming what differs. advisor:
// made for the environment.
Result<std::unique_ptr<ActionFilter>> MakeDelegation(BlockerModelPtr model, RiskCriticPtr critic,
                                                     PolicyPtr advisor,
                                                     const sim::EnvironmentSpec& spec,
                                                     const DelegationSettings& settings);

}  // namespace lookout::agents
