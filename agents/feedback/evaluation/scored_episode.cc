#include "agents/feedback/evaluation/scored_episode.h"

#include <algorithm>
#include <limits>
#include <utility>

#include "agents/feedback/transitions/observation_history.h"

namespace lookout::agents {
namespace {

// Puts the column at the end; NaN in its place if it is of another length.
void Append(const Eigen::Ref<const Eigen::VectorXf>& column, Eigen::Index dim,
            std::vector<float>& columns) {
  if (column.size() == dim) {
    columns.insert(columns.end(), column.begin(), column.end());
  } else {
    columns.insert(columns.end(), static_cast<std::size_t>(dim),
                   std::numeric_limits<float>::quiet_NaN());
  }
}

}  // namespace

void EpisodeSteps::Begin(const Eigen::Ref<const Eigen::VectorXf>& observation) {
  observations_.clear();
  actions_.clear();
  truth_.clear();
  Append(observation, observation_dim_, observations_);
}

void EpisodeSteps::Add(const Eigen::Ref<const Eigen::VectorXf>& action,
                       const Eigen::Ref<const Eigen::VectorXf>& observation,
                       const sim::Costs& costs) {
  LOOKOUT_CHECK(!observations_.empty() || observation_dim_ == 0, "an episode begins by a reset");
  Append(action, action_dim_, actions_);
  Append(observation, observation_dim_, observations_);
  truth_.push_back({.cost = static_cast<float>(costs.total),
                    .charged = DangersOf(costs),
                    .nearest = lidars_->Nearest(observation)});
}

ScoredEpisode EpisodeSteps::Score(std::span<const CostModelPtr> models) const {
  const auto steps = static_cast<Eigen::Index>(truth_.size());
  const Eigen::Map<const Eigen::MatrixXf> observations(observations_.data(), observation_dim_,
                                                       steps + 1);
  const Eigen::Map<const Eigen::MatrixXf> actions(actions_.data(), action_dim_, steps);
  ScoredEpisode episode{.id = {}, .truth = truth_, .predicted = {}};
  CostModelWorkspace workspace;
  Eigen::VectorXf probability(steps);
  Eigen::VectorXf spread(steps);
  for (const CostModelPtr& model : models) {
    const EpisodeTransitions transitions(observations, actions, model->past_inputs());
    model->PredictWith(workspace, transitions.steps(), probability, spread);
    std::vector<CostPrediction>& predicted = episode.predicted.emplace_back();
    predicted.reserve(truth_.size());
    for (Eigen::Index i = 0; i < steps; ++i) predicted.push_back({probability[i], spread[i]});
    std::vector<std::vector<float>>& by_class = episode.by_class.emplace_back();
    for (const DangerClass danger : model->classes()) {
      model->PredictClassWith(workspace, danger, transitions.steps(), probability, spread);
      by_class.emplace_back(probability.begin(), probability.end());
    }
  }
  return episode;
}

EpisodeSteps StepsOf(std::span<const sim::ChunkPtr> chunks, const DangerLidars& lidars,
                     Eigen::Index observation_dim) {
  Eigen::Index action_dim = 0;
  for (const sim::ChunkPtr& chunk : chunks) {
    for (const sim::StepRecord& step : chunk->steps) {
      action_dim = std::max(action_dim, step.executed_action.size());
    }
  }
  EpisodeSteps steps(lidars, observation_dim, action_dim);
  bool begun = false;
  for (const sim::ChunkPtr& chunk : chunks) {
    for (const sim::StepRecord& step : chunk->steps) {
      if (begun) {
        steps.Add(step.executed_action.cast<float>(), step.observation, step.costs);
      } else {
        steps.Begin(step.observation);
      }
      begun = true;
    }
  }
  return steps;
}

}  // namespace lookout::agents
