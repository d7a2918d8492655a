#include "agents/policies/scripted/scripted_policies.h"

namespace lookout::agents {
namespace {

class StillPolicy : public Policy {
 public:
  explicit StillPolicy(int action_dim) : action_dim_(action_dim) {}

  std::string name() const override { return "Do nothing"; }
  std::unique_ptr<PolicyMemory> NewMemory() const override {
    return std::make_unique<PolicyMemory>();
  }

  void Act(const Eigen::VectorXd& /*observation*/, PolicyMemory& /*memory*/,
           RandomState& /*random*/, Eigen::VectorXd& action) const override {
    action.setZero(action_dim_);
  }

 private:
  int action_dim_;
};

}  // namespace

PolicyPtr MakeStillPolicy(const sim::EnvironmentSpec& spec) {
  return std::make_shared<StillPolicy>(spec.action_dim);
}

}  // namespace lookout::agents
