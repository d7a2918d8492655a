// Cost models whose word is known, for tests of what is measured with them.
#pragma once

#include <doctest/doctest.h>

#include <string>
#include <utility>

#include "agents/feedback/models/cost_model.h"
#include "agents/policies/scripted/scripted_policies.h"
#include "sim/config/config.h"
#include "sim/engine/safety_gym.h"

namespace lookout::test {

// Unsafe where one lidar's nearest thing is at least that close.
class CloseIsUnsafe : public agents::CostModel {
 public:
  CloseIsUnsafe(const sim::EnvironmentSpec& spec, const std::string& lidar, float from)
      : signature_(spec.signature()), entry_(*spec.FindEntry(lidar)), from_(from) {}

  CostModelId id() const override { return CostModelId{1}; }
  int observation_dim() const override { return signature_.observation_dim(); }
  const agents::CostModelReport& report() const override { return report_; }
  const sim::ObservationSignature& signature() const override { return signature_; }
  void Predict(const agents::Transitions& transitions, Eigen::Ref<Eigen::VectorXf> probability,
               Eigen::Ref<Eigen::VectorXf> spread) const override {
    const auto lidar = transitions.next_observations.middleRows(entry_.offset, entry_.size);
    probability = (lidar.colwise().maxCoeff().transpose().array() >= from_).cast<float>();
    spread.setZero();
  }
  std::string Encode() const override { return {}; }

 private:
  sim::ObservationSignature signature_;
  sim::ObservationEntry entry_;
  float from_;
  agents::CostModelReport report_;
};

// Many hazards, in short episodes.
inline sim::EnvironmentConfig ManyHazards() {
  auto config = sim::ConfigForId("Safexp-PointGoal1-v0");
  REQUIRE(config.ok());
  config->num_steps = 120;
  config->hazards.num = 12;
  return *config;
}

// Drives to the goal, through whatever lies there.
inline agents::PolicyPtr Goer(const sim::EnvironmentConfig& config,
                              const sim::EnvironmentSpec& spec) {
  auto policy = agents::MakeGoToGoalPolicy(config, spec);
  REQUIRE(policy.ok());
  return std::move(*policy);
}

// 1 - size / 3 of a lidar that reaches 3 m: exactly the rule's hazards of 0.2 m.
inline constexpr float kAtHazardsEdge = 1.0F - 0.2F / 3.0F;

}  // namespace lookout::test
