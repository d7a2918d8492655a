// Whoever steers the live episode: a script, a policy, or the person at the keys. Player thread.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "agents/policies/attentive_policy.h"
#include "agents/policies/policy.h"
#include "agents/policies/scripted/robot_drive.h"
#include "app/workers/player/agent_finder.h"
#include "app/workers/player/episode_past.h"
#include "app/workers/runtime/published_ptr.h"
#include "app/workers/runtime/trained_policy.h"
#include "sim/config/config.h"
#include "sim/recording/recording.h"
#include "ui/commands.h"

namespace lookout::app {

class ActiveAgent {
 public:
  using ReadPolicy = AgentFinder::ReadPolicy;

  // `first` acts from when MoveTo gives the first environment; nobody acts before.
  ActiveAgent(const PublishedPtr<TrainedPolicy>& newest, ReadPolicy read_policy,
              ui::SetAgent first);

  // Another agent takes over; it acts from the next step. Rejects, keeping the present one, if the
  // agent cannot act in such an environment, or there is no such policy.
  Status SetAgent(const ui::SetAgent& agent, const sim::EnvironmentSpec& spec,
                  const sim::EnvironmentConfig& config);
  // Whether SetAgent would do it; changes nothing.
  Status CanAct(const ui::SetAgent& agent, const sim::EnvironmentSpec& spec,
                const sim::EnvironmentConfig& config) const;

  // The environment changes: the same kind of agent acts in it. If that is refused, a
  // scripted or else the random one does, and the refusal is returned, naming who acts instead.
  Status MoveTo(const sim::EnvironmentSpec& spec, const sim::EnvironmentConfig& config);

  // A new episode: empty memory, and the newest policy if that is what is watched.
  void BeginEpisode(const sim::EnvironmentSpec& spec, std::uint32_t seed);
  // The memory that it has after such a past (see EpisodePast), and a random stream that only
  // depends on the seed and the step, so that the same commands at the same steps give the same
  // recording.
  void StartAt(std::uint32_t seed, StepIndex step, const EpisodePast& past);

  // Under which name a person's drive is recorded from now on: "You", or the annotator.
  void SetPerson(std::string_view name);
  // The wheel of the human driver.
  void Drive(const ui::DriveInput& input) { command_ = {input.forward, input.turn}; }

  // action: [action_dim], overwritten, not yet clipped; to be held for action_repeat() steps.
  sim::ActionSource Act(const Eigen::VectorXd& observation, Eigen::VectorXd& action);

  // What its last action went by; empty of who attends to nothing.
  agents::Attention attention() const;

  const ui::SetAgent& chosen() const { return current_agent_; }
  ui::AgentKind kind() const { return current_agent_.kind; }
  const std::string& name() const { return *name_; }
  const sim::SharedName& shared_name() const { return name_; }  // for the steps that it proposes
  std::int64_t policy_version() const;
  const agents::PolicyPtr& policy() const { return policy_; }  // null: the person drives
  bool has_memory() const { return policy_ && policy_->has_memory(); }
  int action_repeat() const { return policy_ ? policy_->action_repeat() : 1; }

 private:
  void SetPolicy(agents::PolicyPtr policy);

  AgentFinder finder_;
  ui::SetAgent current_agent_;
  agents::PolicyPtr policy_;  // null: the person drives
  sim::SharedName name_ = std::make_shared<const std::string>();
  std::unique_ptr<agents::PolicyMemory> memory_;
  sim::SharedName person_;
  RandomState random_;
  std::optional<agents::RobotDrive> drive_;  // of the person; none: this robot has none
  agents::DriveMemory drive_memory_;
  agents::DriveCommand command_;
};

}  // namespace lookout::app
