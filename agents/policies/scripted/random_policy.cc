#include <algorithm>

#include "agents/policies/scripted/scripted_policies.h"

namespace lookout::agents {
namespace {

class RandomPolicy : public Policy {
 public:
  RandomPolicy(int action_dim, int hold_steps)
      : action_dim_(action_dim), hold_steps_(std::max(hold_steps, 1)) {}

  std::string name() const override { return "Random"; }
  int action_repeat() const override { return hold_steps_; }
  std::unique_ptr<PolicyMemory> NewMemory() const override {
    return std::make_unique<PolicyMemory>();
  }

  void Act(const Eigen::VectorXd& /*observation*/, PolicyMemory& /*memory*/, RandomState& random,
           Eigen::VectorXd& action) const override {
    action.resize(action_dim_);
    for (double& value : action) value = random.Uniform(-1.0, 1.0);
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
