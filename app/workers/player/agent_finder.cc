#include "app/workers/player/agent_finder.h"

#include <memory>
#include <utility>

#include "agents/policies/scripted/robot_drive.h"
#include "agents/policies/scripted/scripted_policies.h"
#include "agents/rl/runs/checkpoint.h"

namespace lookout::app {

AgentFinder::AgentFinder(const PublishedPtr<TrainedPolicy>& newest, ReadPolicy read_policy)
    : newest_(&newest), read_policy_(std::move(read_policy)) {}

Result<agents::PolicyPtr> AgentFinder::Find(const ui::SetAgent& agent,
                                            const sim::EnvironmentSpec& spec,
                                            const sim::EnvironmentConfig& config) const {
  switch (agent.kind) {
    case ui::AgentKind::kRandom:
      return agents::MakeRandomPolicy(spec);
    case ui::AgentKind::kGoToGoal:
      return agents::MakeGoToGoalPolicy(config, spec, /*careful=*/false);
    case ui::AgentKind::kCareful:
      return agents::MakeGoToGoalPolicy(config, spec, /*careful=*/true);
    case ui::AgentKind::kHuman:
      if (const auto drive = agents::RobotDrive::For(config.robot_base, spec); !drive) {
        return drive.error();
      }
      return agents::PolicyPtr();
    case ui::AgentKind::kNewestPolicy:
      return FindNewest(spec);
    case ui::AgentKind::kNamedPolicy:
      return FindNamed(agent.policy, spec);
  }
  return BadInput("There is no such agent: choose one of the list.");
}

Result<agents::PolicyPtr> AgentFinder::FindNewest(const sim::EnvironmentSpec& spec) const {
  const std::shared_ptr<const TrainedPolicy> newest = newest_->Get();
  if (!newest) return BadInput("There is no policy in training yet: start a training run first.");
  if (Status fits = newest->origin.CheckFits(spec, "The policy in training"); !fits) {
    return fits.error();
  }
  return newest->policy;
}

Result<agents::PolicyPtr> AgentFinder::FindNamed(const std::string& name,
                                                 const sim::EnvironmentSpec& spec) const {
  if (!read_policy_) return BadInput("There are no policies here: choose another agent.");
  const Result<std::string> bytes = read_policy_(name);
  if (!bytes) return bytes.error();
  if (const Result<agents::PolicyOrigin> origin = agents::OriginOfPolicy(*bytes)) {
    if (Status fits = origin->CheckFits(spec, name); !fits) return fits.error();
  }
  Result<agents::PolicyPtr> policy = agents::DecodePolicy(*bytes, spec, /*deterministic=*/true);
  if (!policy) return BadInput(name + ": " + policy.error().message);
  return policy;
}

}  // namespace lookout::app
