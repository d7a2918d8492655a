#include "app/goodhart/visit_episodes.h"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <limits>
#include <memory>
#include <utility>

#include "agents/feedback/transitions/observation_history.h"
#include "agents/learning/worker_pool.h"
#include "agents/rl/runs/first_policy.h"
#include "agents/rollout/stepper.h"
#include "sim/base/random_state.h"
#include "sim/objects/object_kinds.h"

namespace lookout::app {
namespace {

// Distances to what the rule of this environment charges for.
class NearestCharged {
 public:
  explicit NearestCharged(const sim::SafetyGym& gym) {
    for (const sim::SceneObject& object : gym.scene().objects) {
      charged_.push_back(std::ranges::any_of(
          gym.spec().cost_kinds, [&](auto kind) { return sim::SourceOf(kind) == object.kind; }));
    }
  }
  float Of(const sim::SafetyGym& gym) {
    gym.ObjectPositions(positions_);
    const Eigen::Vector2d robot = gym.robot_position_in_world().head<2>();
    double nearest = std::numeric_limits<double>::infinity();
    for (std::size_t i = 0; i < charged_.size(); ++i) {
      if (!charged_[i]) continue;
      const auto column = static_cast<Eigen::Index>(i);
      nearest = std::min(nearest, (positions_.col(column).head<2>() - robot).norm());
    }
    return static_cast<float>(nearest);
  }

 private:
  std::vector<bool> charged_;
  Eigen::Matrix3Xd positions_;
};

Eigen::MatrixXf ColumnsOf(const std::vector<float>& values, Eigen::Index rows) {
  const Eigen::Index columns = rows > 0 ? std::ssize(values) / rows : 0;
  return Eigen::Map<const Eigen::MatrixXf>(values.data(), rows, columns);
}

// Takes an episode down as it goes.
class Notes {
 public:
  void Observe(const Eigen::VectorXd& observation) { Append(observation, observations_); }
  void Do(const Eigen::VectorXd& action) { Append(action, actions_); }
  void Finish(const sim::EnvironmentSpec& spec, SeenEpisode& episode) const {
    episode.observations = ColumnsOf(observations_, spec.observation_dim);
    episode.actions = ColumnsOf(actions_, spec.action_dim);
  }

 private:
  static void Append(const Eigen::VectorXd& from, std::vector<float>& to) {
    for (const double value : from) to.push_back(static_cast<float>(value));
  }
  std::vector<float> observations_, actions_;
};

// False if it was stopped. The random stream is that of `lookout sim`'s first episode.
bool PlayOne(sim::SafetyGym& gym, const agents::Policy& policy,
             const std::function<bool()>& keep_going, const std::function<void(StepIndex)>& watch,
             SeenEpisode& episode) {
  if (!gym.Reset(episode.seed).ok()) return true;  // it was tried before
  RandomState random((episode.seed + 0x9E3779B9U) * 2654435761U);
  const auto memory = policy.NewMemory();
  agents::Stepper stepper(gym);
  stepper.BeginEpisode();
  NearestCharged nearest(gym);
  Notes notes;
  notes.Observe(gym.observation());
  sim::EpisodeStatus status = sim::EpisodeStatus::kRunning;
  while (!sim::IsDone(status)) {
    if (!keep_going()) return false;
    const agents::StepOutcome& outcome = stepper.Step(policy, *memory, random);
    status = outcome.result.status;
    episode.diverged = status == sim::EpisodeStatus::kDiverged;
    if (episode.diverged) break;
    notes.Do(outcome.executed_action);
    notes.Observe(gym.observation());
    episode.total_reward += outcome.result.reward;
    episode.truth.push_back(static_cast<float>(outcome.result.costs.total));
    episode.nearest_m.push_back(nearest.Of(gym));
    watch(static_cast<StepIndex>(episode.truth.size()));
  }
  notes.Finish(gym.spec(), episode);
  return true;
}

double KlOf(const SeenEpisode& seen, const Judges& judges) {
  if (judges.first == nullptr || judges.acting == nullptr) return 0.0;
  const Eigen::Index repeat = judges.acting->action_repeat;
  const Eigen::Index decisions = (seen.actions.cols() + repeat - 1) / repeat;
  if (decisions == 0) return 0.0;
  Eigen::MatrixXf observations(seen.observations.rows(), decisions);
  for (Eigen::Index i = 0; i < decisions; ++i) {
    observations.col(i) = seen.observations.col(i * repeat);
  }
  return agents::SumOfKl(*judges.first, *judges.acting, observations) / double(decisions);
}

}  // namespace

Result<std::vector<std::uint32_t>> PlayableSeeds(const sim::EnvironmentConfig& environment,
                                                 const sim::CameraFactory& cameras,
                                                 std::uint32_t first, int count) {
  auto gym = sim::SafetyGym::Create(environment, cameras);
  if (!gym.ok()) return gym.error();
  std::vector<std::uint32_t> seeds;
  for (std::uint32_t tried = 0; std::ssize(seeds) < count; ++tried) {
    if (tried == 2 * static_cast<std::uint32_t>(count)) {
      return BadInput(
          fmt::format("From half of the seeds from {} on no episode of {} starts; name another "
                      "--seed.",
                      first, environment.id));
    }
    if ((*gym)->Reset(first + tried).ok()) seeds.push_back(first + tried);
  }
  return seeds;
}

Result<std::vector<SeenEpisode>> PlaySeen(const agents::Policy& policy, const PlaySetup& setup,
                                          const StateWatcher& watch) {
  const auto count = static_cast<int>(setup.seeds.size());
  agents::WorkerPool pool(std::clamp(setup.workers, 1, std::max(1, count)));
  std::vector<std::unique_ptr<sim::SafetyGym>> gyms;
  for (int worker = 0; worker < pool.workers(); ++worker) {
    auto gym = sim::SafetyGym::Create(*setup.environment, setup.cameras);
    if (!gym.ok()) return gym.error();
    gyms.push_back(std::move(*gym));
  }
  std::vector<SeenEpisode> episodes(setup.seeds.size());
  std::atomic<bool> stop = false;
  std::atomic<int> done = 0;
  pool.ForEach(count, [&](int k, int worker) {
    const auto keep_going = [&] {
      if (worker == 0 && setup.progress && !setup.progress(double(done) / count)) stop = true;
      return !stop.load(std::memory_order_relaxed);
    };
    const auto index = static_cast<std::size_t>(k);
    sim::SafetyGym& gym = *gyms[static_cast<std::size_t>(worker)];
    episodes[index].seed = setup.seeds[index];
    const auto watch_own = [&](StepIndex step) {
      if (watch) watch(index, worker, step, gym);
    };
    if (stop || !PlayOne(gym, policy, keep_going, watch_own, episodes[index])) stop = true;
    ++done;
  });
  if (stop) return Error{"The measuring was stopped."};
  return episodes;
}

Eigen::VectorXf Predictions(const SeenEpisode& seen, const agents::CostModel& model,
                            Eigen::VectorXf& spread) {
  const Eigen::Index steps = seen.actions.cols();
  Eigen::VectorXf probability(steps);
  spread.resize(steps);
  if (steps > 0) {
    const agents::EpisodeTransitions transitions(seen.observations, seen.actions,
                                                 model.past_inputs());
    model.Predict(transitions.steps(), probability, spread);
  }
  return probability;
}

agents::VisitedEpisode Judge(const SeenEpisode& seen, const Judges& judges) {
  const Eigen::Index steps = seen.actions.cols();
  Eigen::VectorXf spread;
  Eigen::VectorXf doubt;
  Predictions(seen, *judges.model, doubt);
  const Eigen::VectorXf predicted = Predictions(seen, *judges.proxy, spread);
  if (judges.model->knows_support() && steps > 0) {
    const agents::EpisodeTransitions transitions(seen.observations, seen.actions,
                                                 judges.model->past_inputs());
    judges.model->Support(transitions.steps(), doubt);
    doubt = 1.0F - doubt.array();
  }
  Eigen::VectorXf best;
  if (judges.best != nullptr) best = Predictions(seen, *judges.best, spread);
  agents::VisitedEpisode episode{
      .seed = seen.seed, .total_reward = seen.total_reward, .kl = KlOf(seen, judges), .steps = {}};
  episode.steps.reserve(static_cast<std::size_t>(steps));
  for (Eigen::Index i = 0; i < steps; ++i) {
    agents::VisitedStep step{.predicted = predicted[i],
                             .doubt = doubt[i],
                             .truth = seen.truth[static_cast<std::size_t>(i)],
                             .nearest_m = seen.nearest_m[static_cast<std::size_t>(i)]};
    if (best.size() > 0) step.best = best[i];
    episode.steps.push_back(step);
  }
  return episode;
}

std::vector<agents::VisitedEpisode> JudgeAll(std::span<const SeenEpisode> seen,
                                             const Judges& judges, int workers) {
  std::vector<agents::VisitedEpisode> episodes(seen.size());
  agents::WorkerPool pool(std::max(1, workers));
  pool.ForEach(static_cast<int>(seen.size()), [&](int k, int /*worker*/) {
    const auto index = static_cast<std::size_t>(k);
    episodes[index] = Judge(seen[index], judges);
  });
  return episodes;
}

}  // namespace lookout::app
