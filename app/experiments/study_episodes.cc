#include "app/experiments/study_episodes.h"

#include <memory>
#include <optional>
#include <utility>

#include "agents/feedback/facts/episode_facts.h"
#include "agents/rollout/stepper.h"
#include "sim/engine/safety_gym.h"
#include "sim/recording/recording.h"

namespace lookout::app {
namespace {

// Records what ReadFacts needs, and no more: the simulator's state only where geometry is looked
// at.
class Recorder {
 public:
  Recorder(const sim::SafetyGym& gym, EpisodeId id, bool with_state)
      : gym_(gym), with_state_(with_state), chunk_(std::make_shared<sim::RecordingChunk>()) {
    header_.id = id;
    header_.config = gym.config();
    header_.setup = gym.setup();
    header_.signature = gym.spec().signature();
    chunk_->episode = id;
  }

  void Add(const sim::StepResult& result, const Eigen::VectorXd& action) {
    sim::StepRecord& record = chunk_->steps.emplace_back();
    record.observation = gym_.observation().cast<float>();
    record.executed_action = action;
    record.costs = result.costs;
    total_reward_ += result.reward;
    record.status = result.status;
    if (with_state_) record.state = std::make_shared<const sim::SimState>(gym_.Save());
  }

  Result<StudyEpisode> Finish(const agents::DangerPredicate& sees) const {
    const std::vector<sim::ChunkPtr> chunks{chunk_};
    const auto facts = agents::ReadFacts(header_, chunks, with_state_);
    if (!facts) return facts.error();
    const auto steps = static_cast<Eigen::Index>(chunk_->steps.size());
    StudyEpisode episode{.id = header_.id,
                         .observations = Eigen::MatrixXf(gym_.spec().observation_dim, steps),
                         .actions = Eigen::MatrixXf::Zero(gym_.spec().action_dim, steps),
                         .seen = {},
                         .total_reward = total_reward_};
    for (Eigen::Index step = 0; step < steps; ++step) {
      const auto index = static_cast<std::size_t>(step);
      const sim::StepRecord& record = chunk_->steps[index];
      episode.observations.col(step) = record.observation;
      episode.rule_cost += record.costs.total;
      if (step > 0) episode.actions.col(step) = record.executed_action.cast<float>();
      episode.seen.push_back(agents::See(facts->steps[index], sees, /*keenness=*/1.0));
    }
    return episode;
  }

 private:
  const sim::SafetyGym& gym_;
  bool with_state_;
  sim::EpisodeHeader header_;
  std::shared_ptr<sim::RecordingChunk> chunk_;
  double total_reward_ = 0.0;
};

// Nothing if no episode starts there, or it diverges.
Result<std::optional<StudyEpisode>> PlayOne(sim::SafetyGym& gym, const agents::Policy& policy,
                                            const agents::DangerPredicate& sees, EpisodeId id,
                                            std::uint32_t seed, const StepWatcher& watch,
                                            const KeepGoing& keep_going) {
  if (!gym.Reset(seed)) return std::optional<StudyEpisode>{};
  Recorder recorder(gym, id, sees.needs_geometry());
  StepIndex step = 0;
  const auto record = [&](const sim::StepResult& result, const Eigen::VectorXd& action) {
    recorder.Add(result, action);
    return watch ? watch(id, step++, gym) : Status();
  };
  if (Status seen = record({}, {}); !seen) return seen.error();
  RandomState random((seed + 0x9E3779B9U) * 2654435761U);  // apart from the environment's own
  const auto memory = policy.NewMemory();
  agents::Stepper stepper(gym);
  sim::EpisodeStatus status = sim::EpisodeStatus::kRunning;
  while (!sim::IsDone(status)) {
    if (!keep_going()) return ExperimentStopped();
    const agents::StepOutcome& outcome = stepper.Step(policy, *memory, random);
    status = outcome.result.status;
    if (Status seen = record(outcome.result, outcome.executed_action); !seen) return seen.error();
  }
  if (status == sim::EpisodeStatus::kDiverged) return std::optional<StudyEpisode>{};
  auto episode = recorder.Finish(sees);
  if (!episode) return episode.error();
  return std::optional(std::move(episode).value());
}

}  // namespace

Result<std::optional<StudyEpisode>> PlayHeldAction(sim::SafetyGym& gym,
                                                   const Eigen::VectorXd& action, int steps,
                                                   const agents::DangerPredicate& sees,
                                                   EpisodeId id) {
  Recorder recorder(gym, id, sees.needs_geometry());
  recorder.Add({}, {});
  agents::Stepper stepper(gym);
  stepper.BeginEpisode();
  stepper.Hold(action, sim::ActionSource::kAgent, steps);
  while (!stepper.needs_action()) {
    const agents::StepOutcome& outcome = stepper.Step();
    recorder.Add(outcome.result, outcome.executed_action);
    if (outcome.result.status == sim::EpisodeStatus::kDiverged) {
      return std::optional<StudyEpisode>();
    }
    if (sim::IsDone(outcome.result.status)) break;
  }
  auto episode = recorder.Finish(sees);
  if (!episode) return episode.error();
  return std::optional(std::move(episode).value());
}

Result<std::vector<StudyEpisode>> PlayStudyEpisodes(const sim::EnvironmentConfig& config,
                                                    const sim::CameraFactory& cameras,
                                                    const agents::Policy& policy,
                                                    const agents::DangerPredicate& sees,
                                                    const PlayOrder& order,
                                                    const KeepGoing& keep_going) {
  const auto gym = sim::SafetyGym::Create(config, cameras);
  if (!gym) return gym.error();
  std::vector<StudyEpisode> episodes;
  for (int tried = 0; std::ssize(episodes) < order.episodes; ++tried) {
    if (tried == 2 * order.episodes) {
      return BadInput("Half of the episodes of " + config.id +
                      " cannot be played to their end; try another environment or policy.");
    }
    const EpisodeId id{order.first_id.value + std::ssize(episodes)};
    const std::uint32_t seed = order.first_seed + static_cast<std::uint32_t>(tried);
    auto episode = PlayOne(**gym, policy, sees, id, seed, order.watch, keep_going);
    if (!episode) return episode.error();
    if (*episode) episodes.push_back(std::move(**episode));
  }
  return episodes;
}

}  // namespace lookout::app
