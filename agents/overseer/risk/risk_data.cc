#include "agents/overseer/risk/risk_data.h"

#include <fmt/format.h>

#include "sim/base/check.h"

namespace lookout::agents {
namespace {

template <typename Vector>
void AppendFloats(const Vector& values, std::vector<float>& to) {
  for (const auto value : values) to.push_back(static_cast<float>(value));
}

std::vector<const sim::StepRecord*> StepsOf(std::span<const sim::ChunkPtr> chunks) {
  std::vector<const sim::StepRecord*> steps;
  for (const sim::ChunkPtr& chunk : chunks) {
    for (const sim::StepRecord& step : chunk->steps) steps.push_back(&step);
  }
  return steps;
}

}  // namespace

void AddRiskStep(const RiskStep& step, RiskData& data) {
  LOOKOUT_CHECK(step.before.size() == data.signature.observation_dim() &&
                    step.executed.size() == data.action_dim,
                "a transition of another size");
  const bool ended = step.status == sim::EpisodeStatus::kGoalMet;
  const bool tells = step.violation || ended || step.next_action != nullptr;
  if (!tells || step.status == sim::EpisodeStatus::kDiverged) return;
  AppendFloats(step.before, data.observations);
  AppendFloats(step.executed.cwiseMax(-1.0).cwiseMin(1.0), data.actions);
  AppendFloats(step.after, data.next_observations);
  if (step.next_action != nullptr) {
    AppendFloats(*step.next_action, data.next_actions);
  } else {
    data.next_actions.resize(data.next_actions.size() + static_cast<std::size_t>(data.action_dim));
  }
  data.violation.push_back(step.violation ? 1 : 0);
  data.ended.push_back(ended ? 1 : 0);
  data.episode.push_back(step.episode);
}

Status AddRecordedTransitions(const sim::EpisodeHeader& header,
                              std::span<const sim::ChunkPtr> chunks, RiskData& data) {
  const std::vector<const sim::StepRecord*> steps = StepsOf(chunks);
  for (std::size_t i = 0; i < steps.size(); ++i) {
    if (steps[i]->observation.size() == data.signature.observation_dim() &&
        (i == 0 || steps[i]->executed_action.size() == data.action_dim)) {
      continue;
    }
    return BadInput(
        fmt::format("Episode {} has observations of {} values and actions of {}, expected {} and "
                    "{}; leave it out.",
                    header.id.value, steps[i]->observation.size(), steps[i]->executed_action.size(),
                    data.signature.observation_dim(), data.action_dim));
  }
  for (std::size_t i = 1; i < steps.size(); ++i) {
    const bool goes_on = i + 1 < steps.size() && !sim::IsDone(steps[i]->status);
    const Eigen::VectorXf next = goes_on ? steps[i + 1]->Proposed() : Eigen::VectorXf();
    AddRiskStep({.before = steps[i - 1]->observation,
                 .executed = steps[i]->executed_action,
                 .after = steps[i]->observation,
                 .next_action = goes_on ? &next : nullptr,
                 .violation = steps[i]->costs.total > 0.0,
                 .status = steps[i]->status,
                 .episode = header.id.value},
                data);
  }
  return {};
}

}  // namespace lookout::agents
