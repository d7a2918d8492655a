#include "app/unblocked/play_behaviour.h"

#include <algorithm>
#include <cstddef>
#include <limits>
#include <memory>
#include <utility>

#include "agents/feedback/transitions/observation_history.h"
#include "app/runs/saved_policy.h"
#include "sim/base/check.h"
#include "sim/engine/safety_gym.h"

namespace lookout::app {
namespace {

constexpr float kFar = std::numeric_limits<float>::infinity();

// Horizontally from the robot's centre to the nearest object's of each kind.
agents::KindDistances DistancesIn(const sim::SafetyGym& gym) {
  agents::KindDistances nearest;
  nearest.fill(kFar);
  Eigen::Matrix3Xd positions;
  gym.ObjectPositions(positions);
  const Eigen::Vector2d robot = gym.robot_position_in_world().head<2>();
  const auto& objects = gym.scene().objects;
  for (std::size_t i = 0; i < objects.size(); ++i) {
    const auto at = positions.col(static_cast<Eigen::Index>(i)).head<2>();
    float& least = nearest[static_cast<std::size_t>(objects[i].kind)];
    least = std::min(least, static_cast<float>((at - robot).norm()));
  }
  return nearest;
}

// An episode while it is played.
struct Notes {
  std::vector<float> observations, actions;
  agents::BehaviourEpisode behaviour;
  double total_reward = 0.0;
  EpisodeRecorder recorder;

  void Add(const sim::SafetyGym& gym, const agents::StepOutcome* outcome) {
    for (const double value : gym.observation()) observations.push_back(static_cast<float>(value));
    if (outcome == nullptr) return;
    for (const double value : outcome->executed_action) {
      actions.push_back(static_cast<float>(value));
    }
    total_reward += outcome->result.reward;
    behaviour.costs.push_back(outcome->result.costs);
    behaviour.distance_m.push_back(DistancesIn(gym));
    behaviour.blocked.push_back(outcome->intervened ? 1 : 0);
  }
};

Eigen::MatrixXf ColumnsOf(const std::vector<float>& values, Eigen::Index columns) {
  const Eigen::Index rows = columns > 0 ? std::ssize(values) / columns : 0;
  return Eigen::Map<const Eigen::MatrixXf>(values.data(), rows, columns);
}

PlayedBehaviour Finish(Notes notes, const PlayedEpisode& episode, const agents::CostModel* model) {
  const auto steps = static_cast<Eigen::Index>(notes.behaviour.costs.size());
  PlayedBehaviour played{.behaviour = std::move(notes.behaviour),
                         .observations = ColumnsOf(notes.observations, steps + 1),
                         .actions = ColumnsOf(notes.actions, steps),
                         .total_reward = notes.total_reward,
                         .recorded = std::move(notes.recorder).Take()};
  played.behaviour.seed = episode.seed;
  played.behaviour.observations = played.observations.rightCols(steps);
  if (model != nullptr) played.behaviour.predicted = PredictionsOf(played, *model);
  return played;
}

}  // namespace

std::vector<float> PredictionsOf(const PlayedBehaviour& played, const agents::CostModel& model) {
  const Eigen::Index steps = played.actions.cols();
  std::vector<float> predicted(static_cast<std::size_t>(steps));
  Eigen::VectorXf spread(steps);
  const agents::EpisodeTransitions transitions(played.observations, played.actions,
                                               model.past_inputs());
  model.Predict(transitions.steps(), Eigen::Map<Eigen::VectorXf>(predicted.data(), steps), spread);
  return predicted;
}

Result<std::vector<PlayedBehaviour>> PlayBehaviour(const agents::Policy& policy,
                                                   const BehaviourPlay& play,
                                                   const EvaluationProgress& progress) {
  std::vector<Notes> notes(static_cast<std::size_t>(play.episodes.episodes));
  const EpisodeWatcher watch = [&](int index, const sim::Environment& environment,
                                   const agents::StepOutcome* outcome) {
    const auto* const gym = dynamic_cast<const sim::SafetyGym*>(&environment);
    LOOKOUT_CHECK(gym != nullptr, "only Safety Gym's worlds say where things are");
    Notes& own = notes[static_cast<std::size_t>(index - play.episodes.first)];
    own.Add(*gym, outcome);
    if (!play.record) return;
    if (outcome == nullptr) {
      own.recorder.Begin(*gym, policy.name(), policy.version());
    } else {
      own.recorder.Add(*gym, *outcome);
    }
  };
  const auto episodes = PlayEpisodes(
      policy, [&] { return MakeEnvironment(play.environment, play.cameras); }, play.episodes,
      progress, watch);
  if (!episodes.ok()) return episodes.error();
  std::vector<PlayedBehaviour> played;
  for (std::size_t k = 0; k < notes.size(); ++k) {
    const PlayedEpisode& episode = (*episodes)[k];
    const bool failed = !episode.refusal.empty() || notes[k].behaviour.costs.empty() ||
                        episode.status == sim::EpisodeStatus::kDiverged;
    if (failed) continue;
    played.push_back(Finish(std::move(notes[k]), episode, play.model));
  }
  return played;
}

std::vector<agents::BehaviourEpisode> BehavioursOf(std::vector<PlayedBehaviour> played) {
  std::vector<agents::BehaviourEpisode> behaviours;
  for (PlayedBehaviour& episode : played) behaviours.push_back(std::move(episode.behaviour));
  return behaviours;
}

}  // namespace lookout::app
