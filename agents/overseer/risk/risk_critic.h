// How probable it is that what an agent does ends in a violation, the sooner the more: the safety
// critic of Recovery RL (Thananjeyan et al. 2021), Q_risk(s, a) = E[gamma^k], where k is the number
// of steps until the first violation. Immutable once fitted; any thread, each with its own scorer.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "agents/overseer/blocker/blocker_threshold.h"
#include "agents/overseer/networks/action_networks.h"
#include "agents/overseer/risk/risk_data.h"
#include "sim/base/fields.h"

namespace lookout::agents {

struct RiskSettings {
  double gamma = 0.95;     // of the paper's environments .5 to .85, whose steps are longer
  double epsilon = 0.3;    // a risk above it is too much
  double positives = 0.3;  // share of violations in a batch
  int hidden = 64;
  int updates = 6000;
  int batch = 256;
  double learning_rate = 1e-3;
  double target_rate = 5e-3;  // at which the slow copies follow
  std::uint32_t seed = 0;
};

template <FieldsOf<RiskSettings> Self, typename Visit>
void VisitFields(Self& self, Visit&& visit) {
  using F = Field<RiskSettings>;
  visit(F("gamma", "discount of a violation for each step until it").Within(0, 0.9999), self.gamma);
  visit(F("epsilon", "risk that is too much").Within(0, 1), self.epsilon);
  visit(F("positives", "share of violations in a batch").Within(0.01, 0.99), self.positives);
  visit(F("hidden", "width of a network's two hidden layers").Within(1, 256), self.hidden);
  visit(F("updates", "steps of the optimiser").Within(1, 1e6), self.updates);
  visit(F("batch", "rows of a step").Within(1, 1e5), self.batch);
  visit(F("learning-rate", "of Adam, falling to 0").Within(1e-6, 1), self.learning_rate);
  visit(F("target-rate", "at which the slow copies follow").Within(1e-6, 1), self.target_rate);
  visit(F("seed", "of the split and of the networks").Within(0, 4294967295.0), self.seed);
}

struct RiskReport {
  std::int64_t episodes = 0;
  std::int64_t rows = 0;  // of the fit
  std::int64_t violations = 0;
  int horizon_steps = 0;  // 1 / (1 - gamma): "soon" below
  double auc = 0.0;       // of the risk against "a violation comes soon", held out; NaN: one class
  BlockerConsequences consequences;  // at epsilon, of the held-out rows: "blocked" means that a
                                     // violation came soon
  double seconds = 0.0;              // not in the bytes
};

struct RiskCritic {
  std::string environment;  // id of that where the transitions were recorded
  ActionNetworks networks;  // two members; of both the greater risk counts
  double gamma = 0.95;
  double epsilon = 0.3;
  Eigen::VectorXf quantiles = Eigen::VectorXf::Zero(101);  // of held-out risks
  RiskReport report;
};
using RiskCriticPtr = std::shared_ptr<const RiskCritic>;

// Of the members' logits [members] of one action.
inline float RiskOf(const Eigen::Ref<const Eigen::VectorXf>& logits) {
  return Sigmoid(logits.maxCoeff());
}

// Fitted offline from recorded transitions, four fifths of the episodes, the rest for the report.
// A violation counts as the end, so that risks stay within [0, 1]: the target is 1 at a violation,
// else gamma max(Q1', Q2') of the next state and the action proposed there. progress: told the
// fraction done; false stops. Rejects (kBadInput) less than two episodes with violations.
Result<RiskCriticPtr> FitRiskCritic(const RiskData& data, const RiskSettings& settings,
                                    const std::string& environment,
                                    const std::function<bool(double)>& progress = {});

// As for a blocker.
std::string EncodeRiskCritic(const RiskCritic& critic);
Result<RiskCriticPtr> DecodeRiskCritic(std::string_view bytes);
bool IsRiskCritic(std::string_view bytes);

}  // namespace lookout::agents
