// A risk critic on duty: an action whose risk is too much is replaced by a recovery (Thananjeyan et
// al. 2021). One filter belongs to one environment and its thread.
#pragma once

#include <Eigen/Core>
#include <array>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>

#include "agents/overseer/networks/fallback_action.h"
#include "agents/overseer/risk/risk_critic.h"
#include "agents/rollout/action_filter.h"
#include "sim/base/choices.h"

namespace lookout::agents {

// What is done in place of an action of too much risk.
enum class Recovery : std::uint8_t {
  kLeastRisk,  // the least risky of some actions that are the same in every state
  kFallback,   // what brings the robot to rest
};
std::span<const Choice<Recovery>> Choices(Recovery kind);

class RiskFilter : public ActionFilter {
 public:
  static constexpr int kCandidates = 100;  // no action among them, the others drawn once

  // critic: that fits the environment, see MakeRiskFilter. fallback: of kFallback, else unused.
  RiskFilter(RiskCriticPtr critic, Recovery recovery, FallbackAction fallback);

  std::string name() const override { return "Risk critic"; }
  // Steps in if the risk is above epsilon, or cannot be told. The reason: "the risk is 0.45, above
  // 0.3". Does not allocate.
  Decision Review(const ActionContext& context, const Eigen::VectorXd& proposed) override;

  float risk() const { return risk_; }  // of the last review

 private:
  void Recover(const ActionContext& context);

  RiskCriticPtr critic_;
  Recovery recovery_;
  FallbackAction fallback_;
  ActionScorer scorer_;
  Eigen::MatrixXd candidates_;  // [action_dim x kCandidates]
  Eigen::VectorXd replacement_;
  float risk_ = 0.0F;
  std::array<char, 64> reason_{};
};

// Rejects (kBadInput) an environment that the critic does not fit, naming what differs.
Result<std::unique_ptr<ActionFilter>> MakeRiskFilter(RiskCriticPtr critic, Recovery recovery,
                                                     FallbackAction fallback,
                                                     const sim::EnvironmentSpec& spec);

}  // namespace lookout::agents
