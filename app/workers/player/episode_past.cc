#include "app/workers/player/episode_past.h"

#include "sim/base/random_state.h"
#include "sim/recording/acting.h"

namespace lookout::app {

void EpisodePast::Clear() {
  steps_ = 0;
  observations_.clear();
  turns_.clear();
  handed_over_ = false;
  last_action_.resize(0);
}

void EpisodePast::Append(const Eigen::VectorXf& observation, std::string_view agent,
                         std::int64_t version, const Eigen::VectorXd& proposed_action) {
  if (handed_over_ || !IsTurnOf(agent, version)) {
    handed_over_ = false;
    turns_.push_back({steps_, std::string(agent), version});
  }
  observations_.insert(observations_.end(), observation.begin(), observation.end());
  last_action_ = proposed_action;
  ++steps_;
}

void EpisodePast::Append(const ui::EpisodeStretch& stretch, int observation_dim) {
  const sim::StepRecord* before = nullptr;
  for (const sim::ChunkPtr& chunk : stretch.chunks) {
    StepIndex step = chunk->first_step;
    for (const sim::StepRecord& record : chunk->steps) {
      if (step++ > stretch.last) return;
      if (before != nullptr && before->observation.size() == observation_dim) {
        const Eigen::VectorXd proposed = record.proposed_action.size() > 0
                                             ? record.proposed_action.cast<double>()
                                             : Eigen::VectorXd(record.executed_action);
        Append(before->observation, sim::AgentOf(*stretch.header, record), record.policy_version,
               proposed);
      } else if (before != nullptr) {
        Clear();
      }
      before = &record;
    }
  }
}

bool EpisodePast::IsTurnOf(std::string_view agent, std::int64_t version) const {
  return !turns_.empty() && turns_.back().agent == agent && turns_.back().version == version;
}

StepIndex EpisodePast::StepsOf(std::string_view agent, std::int64_t version) const {
  if (handed_over_ || !IsTurnOf(agent, version)) return 0;
  return steps_ - turns_.back().first;
}

void EpisodePast::Replay(const agents::Policy& policy, agents::PolicyMemory& memory) const {
  if (steps_ == 0) return;
  const auto dim = static_cast<Eigen::Index>(observations_.size()) / steps_;
  const Eigen::Map<const Eigen::MatrixXf> seen(observations_.data(), dim, steps_);
  RandomState unused(0);  // what it remembers does not depend on what it draws
  Eigen::VectorXd observation;
  Eigen::VectorXd action;
  for (std::size_t turn = 0; turn < turns_.size(); ++turn) {
    const StepIndex end = turn + 1 < turns_.size() ? turns_[turn + 1].first : steps_;
    for (StepIndex step = turns_[turn].first; step < end; step += policy.action_repeat()) {
      observation = seen.col(step).cast<double>();
      policy.Act(observation, memory, unused, action);
    }
  }
}

}  // namespace lookout::app
