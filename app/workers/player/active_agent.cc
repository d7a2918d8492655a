#include "app/workers/player/active_agent.h"

#include <utility>

namespace lookout::app {
namespace {

// Keeps an agent's draws apart from the environment's, which uses seed + 1 itself.
std::uint32_t AgentSeed(std::uint32_t seed, StepIndex step) {
  return (seed + 0x9E3779B9U) * 2654435761U + static_cast<std::uint32_t>(step) * 0x85EBCA6BU;
}

}  // namespace

ActiveAgent::ActiveAgent(const PublishedPtr<TrainedPolicy>& newest, ReadPolicy read_policy,
                         ui::SetAgent first)
    : finder_(newest, std::move(read_policy)),
      current_agent_(std::move(first)),
      person_(std::make_shared<const std::string>(ui::AgentKindName(ui::AgentKind::kHuman))) {}

Status ActiveAgent::SetAgent(const ui::SetAgent& agent, const sim::EnvironmentSpec& spec,
                             const sim::EnvironmentConfig& config) {
  Result<agents::PolicyPtr> found = finder_.Find(agent, spec, config);
  if (!found) return found.error();
  const Result<agents::RobotDrive> drive = agents::RobotDrive::For(config.robot_base, spec);
  drive_ = drive ? std::optional(*drive) : std::nullopt;
  current_agent_ = agent;
  SetPolicy(std::move(found).value());
  if (agent.kind == ui::AgentKind::kNamedPolicy) {
    name_ = std::make_shared<const std::string>(agent.policy);  // as it was chosen
  }
  command_ = {};
  return {};
}

Status ActiveAgent::CanAct(const ui::SetAgent& agent, const sim::EnvironmentSpec& spec,
                           const sim::EnvironmentConfig& config) const {
  const Result<agents::PolicyPtr> found = finder_.Find(agent, spec, config);
  return found ? Status() : Status(found.error());
}

void ActiveAgent::SetPolicy(agents::PolicyPtr policy) {
  policy_ = std::move(policy);
  name_ = policy_ ? std::make_shared<const std::string>(policy_->name()) : person_;
  memory_ = policy_ ? policy_->NewMemory() : nullptr;
}

void ActiveAgent::SetPerson(std::string_view name) {
  if (*person_ == name) return;
  person_ = std::make_shared<const std::string>(name);
  if (!policy_) name_ = person_;
}

Status ActiveAgent::MoveTo(const sim::EnvironmentSpec& spec, const sim::EnvironmentConfig& config) {
  Status moved = SetAgent(current_agent_, spec, config);
  if (moved) return moved;
  if (!SetAgent({ui::AgentKind::kGoToGoal, {}}, spec, config)) {
    const Status random = SetAgent({ui::AgentKind::kRandom, {}}, spec, config);
    LOOKOUT_CHECK(random.ok(), "the random agent acts everywhere");
  }
  return BadInput(moved.error().message + " " + *name_ + " drives instead.");
}

void ActiveAgent::BeginEpisode(const sim::EnvironmentSpec& spec, std::uint32_t seed) {
  if (current_agent_.kind == ui::AgentKind::kNewestPolicy) {
    Result<agents::PolicyPtr> newest = finder_.FindNewest(spec);
    if (newest) SetPolicy(std::move(newest).value());  // else the one adopted before goes on
  }
  StartAt(seed, 0, {});
}

void ActiveAgent::StartAt(std::uint32_t seed, StepIndex step, const EpisodePast& past) {
  memory_ = policy_ ? policy_->NewMemory() : nullptr;
  if (has_memory()) past.Replay(*policy_, *memory_);
  drive_memory_ = {};
  random_.Seed(AgentSeed(seed, step));
}

sim::ActionSource ActiveAgent::Act(const Eigen::VectorXd& observation, Eigen::VectorXd& action) {
  if (policy_) {
    policy_->Act(observation, *memory_, random_, action);
    return sim::ActionSource::kAgent;
  }
  drive_->Act(command_, drive_memory_, action);
  return sim::ActionSource::kHuman;
}

agents::Attention ActiveAgent::attention() const {
  const auto* const attentive = dynamic_cast<const agents::AttentivePolicy*>(policy_.get());
  return attentive != nullptr ? attentive->AttentionOf(*memory_) : agents::Attention();
}

std::int64_t ActiveAgent::policy_version() const { return policy_ ? policy_->version() : 0; }

}  // namespace lookout::app
