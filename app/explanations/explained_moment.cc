#include "app/explanations/explained_moment.h"

#include <fmt/format.h>

#include <utility>
#include <vector>

#include "agents/feedback/transitions/observation_history.h"
#include "agents/rollout/stepper.h"
#include "app/workers/runtime/recording_handle.h"
#include "app/workers/writer/load_recording.h"
#include "sim/recording/acting.h"

namespace lookout::app {
namespace {

Error BeyondTheEnd(const std::string& episode, StepIndex last, std::string_view ending) {
  return BadInput(fmt::format("{} ends after {} steps ({}); name a --step from 0 to {}.", episode,
                              last, ending, last));
}

Eigen::MatrixXf Columns(const std::vector<Eigen::VectorXf>& vectors, Eigen::Index rows) {
  Eigen::MatrixXf matrix(rows, std::ssize(vectors));
  for (std::size_t i = 0; i < vectors.size(); ++i) {
    matrix.col(static_cast<Eigen::Index>(i)) = vectors[i];
  }
  return matrix;
}

}  // namespace

agents::CostPrediction ExplainedMoment::Predict(const agents::CostModel& model) const {
  if (step == 0) return model.PredictOne(observations.col(0));
  const agents::EpisodeTransitions transitions(observations, actions, model.past_inputs());
  Eigen::VectorXf probability(1);
  Eigen::VectorXf spread(1);
  model.Predict(transitions.steps().Middle(step - 1, 1), probability, spread);
  return {.probability = probability[0], .spread = spread[0]};
}

Result<ExplainedMoment> PlayTo(StepIndex step, const sim::EnvironmentConfig& config,
                               const agents::Policy& policy, std::uint32_t seed,
                               const sim::CameraFactory& cameras,
                               const std::function<bool()>& going) {
  auto world = sim::SafetyGym::Create(config, cameras);
  if (!world) return world.error();
  if (Status reset = (*world)->Reset(seed); !reset) return reset.error();
  RandomState random((seed + 0x9E3779B9U) * 2654435761U);  // as `lookout sim` has it
  const auto memory = policy.NewMemory();
  agents::Stepper stepper(**world);
  stepper.BeginEpisode();
  ExplainedMoment moment{.agent = policy.name(), .seed = seed, .step = step};
  std::vector<Eigen::VectorXf> observations{(*world)->observation().cast<float>()};
  std::vector<Eigen::VectorXf> actions;
  for (StepIndex done = 0; done < step; ++done) {
    if (going && !going()) return Error{"The explanation was stopped."};
    const agents::StepOutcome& outcome = stepper.Step(policy, *memory, random);
    moment.rule_cost = outcome.result.costs.total;
    observations.emplace_back((*world)->observation().cast<float>());
    actions.emplace_back(outcome.executed_action.cast<float>());
    if (sim::IsDone(outcome.result.status) && done + 1 < step) {
      return BeyondTheEnd(fmt::format("The episode of seed {}", seed), done + 1,
                          sim::EpisodeStatusName(outcome.result.status));
    }
  }
  moment.observations = Columns(observations, (*world)->spec().observation_dim);
  moment.actions = Columns(actions, (*world)->spec().action_dim);
  moment.world = std::move(*world);
  return moment;
}

Result<ExplainedMoment> RecordedMoment(Project& project, EpisodeId episode, StepIndex step,
                                       const sim::CameraFactory& cameras) {
  const auto recording = LoadRecording(project, episode);
  if (!recording) return recording.error();
  const sim::EpisodeHeader& header = *recording->header;
  const StepIndex last = StepCount(recording->chunks) - 1;
  const sim::StepRecord* const record = FindStep(recording->chunks, step);
  if (record == nullptr) {
    const sim::StepRecord* const end = FindStep(recording->chunks, last);
    return BeyondTheEnd(fmt::format("Episode {}", episode.value), last,
                        sim::EpisodeStatusName(end->status));
  }
  if (record->state == nullptr) {
    return BadInput(
        fmt::format("Nothing can be tried out at its steps: {}. Name an episode that "
                    "was played here.",
                    sim::WhyNoState(header)));
  }
  auto world = sim::SafetyGym::FromEpisode(header.config, header.setup, *record->state, cameras);
  if (!world) return world.error();
  std::vector<Eigen::VectorXf> observations;
  std::vector<Eigen::VectorXf> actions;
  for (StepIndex i = 0; i <= step; ++i) {
    const sim::StepRecord* const each = FindStep(recording->chunks, i);
    observations.push_back(each->observation);
    if (i > 0) actions.emplace_back(each->executed_action.cast<float>());
  }
  return ExplainedMoment{.world = std::move(*world),
                         .agent = std::string(sim::ActorOf(header, *record)),
                         .seed = header.seed,
                         .step = step,
                         .episode = episode,
                         .rule_cost = record->costs.total,
                         .observations = Columns(observations, observations[0].size()),
                         .actions = Columns(actions, actions.empty() ? 0 : actions[0].size())};
}

}  // namespace lookout::app
