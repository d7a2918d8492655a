// The agent that a command names, for an environment. Any thread may call a copy.
#pragma once

#include <functional>
#include <string>

#include "agents/policies/policy.h"
#include "app/workers/runtime/published_ptr.h"
#include "app/workers/runtime/trained_policy.h"
#include "sim/config/config.h"
#include "ui/agent_commands.h"

namespace lookout::app {

class AgentFinder {
 public:
  // The bytes of a policy, by the name that the list shows.
  using ReadPolicy = std::function<Result<std::string>(const std::string& name)>;

  // newest: of the training run; has to outlive it.
  AgentFinder(const PublishedPtr<TrainedPolicy>& newest, ReadPolicy read_policy);

  // Null for a person. Rejects (kBadInput) an agent that cannot act in such an environment, and one
  // that is not there.
  Result<agents::PolicyPtr> Find(const ui::SetAgent& agent, const sim::EnvironmentSpec& spec,
                                 const sim::EnvironmentConfig& config) const;
  Result<agents::PolicyPtr> FindNewest(const sim::EnvironmentSpec& spec) const;

 private:
  Result<agents::PolicyPtr> FindNamed(const std::string& name,
                                      const sim::EnvironmentSpec& spec) const;

  const PublishedPtr<TrainedPolicy>* newest_;
  ReadPolicy read_policy_;
};

}  // namespace lookout::app
