#include "app/experiments/agent_training.h"

#include <cstdint>

#include "agents/rl/runs/training.h"
#include "app/overseers/overseer_spec.h"
#include "app/runs/saved_policy.h"

namespace lookout::app {

agents::TrainingSettings HeldTo(const agents::CostModelPtr& model, double limit,
                                agents::TrainingSettings training) {
  if (model) {
    training.cost_source = agents::CostSource::kLearned;
    training.cost_limit = limit;
  } else {
    training.algorithm = agents::Algorithm::kPpo;
    training.cost_source = agents::CostSource::kNone;
  }
  return training;
}

int IterationsOf(const agents::TrainingSettings& settings) {
  const std::int64_t each = settings.steps_per_iteration;
  return static_cast<int>((settings.total_steps + each - 1) / each);
}

Result<std::string> TrainAgent(const AgentTraining& agent, const sim::CameraFactory& cameras,
                               const StepProgress& progress) {
  auto overseers =
      MakeOverseers(agent.settings.overseer, agent.environment, cameras, {.guarded = false});
  if (!overseers) return overseers.error();
  auto run = agents::TrainingRun::Create(
      agent.settings, [&] { return MakeEnvironment(agent.environment, cameras); }, *overseers);
  if (!run) return run.error();
  if (!agent.checkpoint.empty()) {
    if (Status restored = (*run)->RestoreCheckpoint(agent.checkpoint); !restored) {
      return restored.error();
    }
  }
  if (agent.model) {
    if (Status given = (*run)->SetCostModel(agent.model); !given) return given.error();
  }
  const double each = agent.settings.steps_per_iteration;
  for (auto done = (*run)->policy(true)->version(); done < agent.until_iteration; ++done) {
    bool stopped = false;
    const auto report = (*run)->RunIteration([&](double fraction) {
      stopped = stopped || !progress(each * (static_cast<double>(done) + fraction));
      return !stopped;
    });
    if (stopped) return ExperimentStopped();
    if (!report) return report.error();
    if (agent.after) agent.after(*report);
  }
  return (*run)->EncodeCheckpoint();
}

}  // namespace lookout::app
