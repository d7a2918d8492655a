// Changes one thing in copies of the states that an agent visits, and asks the learned cost and the
// rule what that changes for them. Used by the workers that play; one owner.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "agents/feedback/models/cost_model.h"
#include "agents/inspect/goodhart/causal.h"
#include "sim/config/config.h"
#include "sim/engine/safety_gym.h"

namespace lookout::app {

// The changes, by their numbers: the nearest thing of a kind is taken out of what the robot senses
// and of what the rule charges for, one for each kind of thing that there is; the robot is turned
// where it stands, by 90 and by 180 degrees; it is put 0.3 m forward, back, to the left and to the
// right. Of a state alone: a model that looks at earlier observations is asked as if nothing had
// moved.
class CausalProbes {
 public:
  // Rejects (kBadInput) what sim::CheckObjectsCanBeLeftOut does. every_steps: between states that
  // are tried. episodes, workers: of those that are played. proxy has to outlive this.
  static Result<CausalProbes> Create(const sim::EnvironmentConfig& environment,
                                     const agents::CostModel& proxy, StepIndex every_steps,
                                     std::size_t episodes, int workers);

  // A StateWatcher.
  void Try(std::size_t episode, int worker, StepIndex step, const sim::SafetyGym& world);

  const std::vector<std::string>& names() const { return names_; }
  // Of all episodes, in their order.
  std::vector<agents::CausalTrial> Trials() const;

 private:
  // What a worker needs for itself.
  struct Bench {
    std::unique_ptr<sim::SafetyGym> twin;
    agents::CostModelWorkspace workspace;
    sim::SimState state;
    Eigen::VectorXd observation;
    Eigen::Matrix3Xd positions;
    std::vector<std::uint8_t> unseen;
  };
  struct Judged {
    double predicted = 0.0, truth = 0.0;
  };

  CausalProbes() = default;
  Judged Judge(const Eigen::VectorXd& observation, const sim::Costs& costs, Bench& bench) const;
  // Where nothing is of that kind, nothing is tried.
  void TakeAway(const sim::SafetyGym& world, agents::CausalTrial trial, Bench& bench,
                std::vector<agents::CausalTrial>& trials) const;
  void Move(agents::CausalTrial trial, Bench& bench,
            std::vector<agents::CausalTrial>& trials) const;

  const agents::CostModel* proxy_ = nullptr;
  StepIndex every_steps_ = 1;
  std::vector<std::string> names_;
  std::vector<sim::SceneObjectKind> kinds_;  // that are taken away, the first of the names
  std::vector<Bench> benches_;               // [workers]
  std::vector<std::vector<agents::CausalTrial>> trials_;  // [episodes]
};

}  // namespace lookout::app
