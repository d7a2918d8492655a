#include "app/goodhart/implementation_gap.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <utility>

#include "agents/feedback/transitions/observation_history.h"
#include "agents/rl/rollouts/step_predictions.h"
#include "agents/rl/runs/training.h"
#include "app/overseers/overseer_spec.h"
#include "app/runs/saved_policy.h"

namespace lookout::app {
namespace {

// Of every step, as the sampler adds them up.
Eigen::VectorXf AsSampled(const SeenEpisode& seen, const agents::CostModel& proxy) {
  agents::StepPredictions predictions;
  predictions.Begin(&proxy);
  const Eigen::Index steps = seen.actions.cols();
  Eigen::VectorXf sums = Eigen::VectorXf::Zero(steps);
  agents::ObservationHistory history(proxy.past_inputs());
  history.Begin(seen.observations.col(0));
  predictions.BeginDecision(seen.observations.col(0));
  for (Eigen::Index i = 0; i < steps; ++i) {
    const Eigen::VectorXd action = seen.actions.col(i).cast<double>();
    const Eigen::VectorXd observation = seen.observations.col(i + 1).cast<double>();
    predictions.Add({action, observation, history}, static_cast<int>(i), sums);
    history.Add(seen.observations.col(i + 1));
  }
  predictions.Flush(sums);
  return sums;
}

// What the log has of iteration 1; NaN without it.
double LoggedOfFirst(const ProgressTable& progress) {
  const std::vector<double>& epochs = progress["Epoch"];
  const std::vector<double>& costs = progress["LearnedEpCost"];
  const bool has = !epochs.empty() && epochs.front() == 1.0 && !costs.empty();
  return has ? costs.front() : std::numeric_limits<double>::quiet_NaN();
}

// Nothing is learned, as the report is about what was collected before.
agents::TrainingSettings WithoutLearning(agents::TrainingSettings settings, int workers) {
  settings.value_iterations = 0;
  if (agents::UsesPpo(settings)) settings.policy_iterations = 0;
  settings.workers = workers;
  return settings;
}

Result<double> DoFirstAgain(const GoodhartRun& run, int workers, const sim::CameraFactory& cameras,
                            const std::function<bool()>& going) {
  const agents::TrainingSettings settings = WithoutLearning(run.run.config.settings, workers);
  auto overseers = MakeOverseers(settings.overseer, run.environment, cameras, {.guarded = false});
  if (!overseers.ok()) return overseers.error();
  auto again = agents::TrainingRun::Create(
      settings, [&] { return MakeEnvironment(run.environment, cameras); }, *overseers);
  if (!again.ok()) return again.error();
  if (Status given = (*again)->SetCostModel(run.model); !given.ok()) return given.error();
  if (!settings.start_from.empty()) {
    Status started = (*again)->StartFrom(agents::EncodePolicyFile(run.policies.front()));
    if (!started.ok()) return started.error();
  }
  const auto report =
      (*again)->RunIteration([&going](double /*fraction*/) { return !going || going(); });
  if (!report.ok()) return report.error();
  return report->mean_learned_cost;
}

// Why iteration 1 cannot be done again; empty: it can.
std::string WhyNotAgain(const GoodhartRun& run, bool again) {
  if (!again) return "not asked for";
  if (!run.why_not_again.empty()) return run.why_not_again;
  if (std::isnan(LoggedOfFirst(run.run.progress))) {
    return "the log has no learned cost of iteration 1";
  }
  if (run.policies.front().iteration > 0 && !run.run.config.settings.start_from.empty()) {
    return "the policy that the run started from is not kept";
  }
  return {};
}

}  // namespace

bool ImplementationGap::differs() const {
  constexpr double kLogged = 1e-7;  // the log has eight digits
  return std::abs(done_again - logged) > kLogged * std::max(1.0, std::abs(logged));
}

Result<ImplementationGap> MeasureImplementation(const GoodhartRun& run,
                                                std::span<const SeenEpisode> seen, bool again,
                                                int workers, const sim::CameraFactory& cameras,
                                                const std::function<bool()>& going) {
  ImplementationGap gap;
  Eigen::VectorXf spread;
  for (const SeenEpisode& episode : seen) {
    const Eigen::VectorXf proxy = Predictions(episode, *run.proxy, spread);
    const Eigen::VectorXf model = Predictions(episode, *run.model, spread);
    const Eigen::VectorXf sampled = AsSampled(episode, *run.proxy);
    for (Eigen::Index i = 0; i < proxy.size(); ++i) {
      if (std::isnan(proxy[i])) continue;
      gap.largest_per_step =
          std::max(gap.largest_per_step, double(std::abs(proxy[i] - sampled[i])));
      gap.reading_per_episode += double(proxy[i] - model[i]) / double(seen.size());
    }
  }
  gap.unchecked = WhyNotAgain(run, again);
  if (!gap.unchecked.empty()) return gap;
  gap.logged = LoggedOfFirst(run.run.progress);
  auto done = DoFirstAgain(run, workers, cameras, going);
  if (!done.ok()) return done.error();
  gap.done_again = *done;
  return gap;
}

}  // namespace lookout::app
