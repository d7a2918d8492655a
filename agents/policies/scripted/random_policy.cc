#include <algorithm>

#include "agents/policies/scripted/scripted_policies.h"

namespace lookout::agents {
namespace {

class RandomMemory : public PolicyMemory {
 public:
  Eigen::VectorXd held;
  int steps_left = 0;
};

class RandomPolicy : public Policy {
 public:
  RandomPolicy(int action_dim, int hold_steps)
      : action_dim_(action_dim), hold_steps_(std::max(hold_steps, 1)) {}

  std::string name() const override { return "Random"; }
  std::unique_ptr<PolicyMemory> NewMemory() const override {
    auto memory = std::make_unique<RandomMemory>();
    memory->held.setZero(action_dim_);
    return memory;
  }

  void Act(const Eigen::VectorXd& /*observation*/, PolicyMemory& memory, RandomState& random,
           Eigen::VectorXd& action) const override {
    auto& own = dynamic_cast<RandomMemory&>(memory);
    if (own.steps_left == 0) {
      for (double& value : own.held) value = random.Uniform(-1.0, 1.0);
      own.steps_left = hold_steps_;
    }
    --own.steps_left;
    action = own.held;
  }

 private:
  int action_dim_;
  int hold_steps_;
};

}  // namespace

PolicyPtr MakeRandomPolicy(const sim::EnvironmentSpec& spec, int hold_steps) {
  return std::make_shared<RandomPolicy>(spec.action_dim, hold_steps);
}

}  // namespace lookout::agents
