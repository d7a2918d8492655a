// What happened in the live episode, as far as it matters to who acts next: what was observed, by
// whom acted on, and what the last action was. A value; player thread.
//
// The one rule: an agent with memory has seen the episode from its start, whoever drove. It decides
// every action_repeat steps, counted from where the present agent took over, and remembers just
// the observations of those steps; of another agent's steps, those that it would have decided at.
// So an agent that is gone back with goes on as it did. Whoever is chosen decides at once, and what
// a hand moved is seen with the next step; that the same agent was chosen again, and what was
// moved, is not recorded: a branch remembers what was recorded.
#pragma once

#include <Eigen/Core>
#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "agents/policies/policy.h"
#include "sim/base/ids.h"
#include "ui/model/episode_past.h"

namespace lookout::app {

class EpisodePast {
 public:
  // Of episodes that are being recorded: nothing has happened yet.
  void Clear();

  // A step was taken: what was observed before it (always of the same size), who acted, in which
  // version, and the action that it wanted.
  void Append(const Eigen::VectorXf& observation, std::string_view agent, std::int64_t version,
              const Eigen::VectorXd& proposed_action);
  // Somebody was chosen: from the next step on it is their turn, also if it was theirs before.
  void HandOver() { handed_over_ = true; }
  // The steps of a recorded episode. Forgets all before a step that was not recorded in full, or
  // whose observation has another size than `observation_dim`.
  void Append(const ui::EpisodeStretch& stretch, int observation_dim);

  StepIndex steps() const { return steps_; }
  // Steps that this agent has taken since it took over, if it is still its turn; else 0.
  StepIndex StepsOf(std::string_view agent, std::int64_t version) const;
  // [action_dim], as far as it was recorded; empty at the start.
  const Eigen::VectorXd& last_action() const { return last_action_; }

  // Acts on all that the policy has seen; `memory` is to be fresh. Milliseconds per thousand steps.
  void Replay(const agents::Policy& policy, agents::PolicyMemory& memory) const;

 private:
  struct Turn {  // of one agent, until the next one's
    StepIndex first = 0;
    std::string agent;
    std::int64_t version = 0;
  };

  bool IsTurnOf(std::string_view agent, std::int64_t version) const;  // of the last step

  StepIndex steps_ = 0;
  std::vector<float> observations_;  // [observation_dim x steps_], by columns
  std::vector<Turn> turns_;
  bool handed_over_ = false;  // since the last step
  Eigen::VectorXd last_action_;
};

}  // namespace lookout::app
