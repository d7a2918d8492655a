// An agent that does nothing, where one only has to be there. Header only; any thread.
#pragma once

#include <memory>
#include <string>

#include "agents/policies/policy.h"

namespace lookout::test {

class IdlePolicy : public agents::Policy {
 public:
  std::string name() const override { return "Idle"; }
  std::unique_ptr<agents::PolicyMemory> NewMemory() const override {
    return std::make_unique<agents::PolicyMemory>();
  }
  void Act(const Eigen::VectorXd&, agents::PolicyMemory&, RandomState&,
           Eigen::VectorXd& action) const override {
    action.setZero();
  }
};

}  // namespace lookout::test
