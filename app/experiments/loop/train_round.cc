#include "app/experiments/loop/train_round.h"

#include "agents/rl/runs/training.h"
#include "app/runs/saved_policy.h"

namespace lookout::app {
namespace {

agents::TrainingSettings SettingsOf(const LoopSettings& settings, const RoundTraining& round) {
  agents::TrainingSettings training = settings.training;
  if (round.model) {
    training.cost_source = agents::CostSource::kLearned;
    training.cost_limit = round.limit;
  } else {
    training.algorithm = agents::Algorithm::kPpo;
    training.cost_source = agents::CostSource::kNone;
  }
  return training;
}

}  // namespace

int IterationsAfter(const LoopSettings& settings, int round) {
  const std::int64_t each = settings.training.steps_per_iteration;
  const std::int64_t all = (settings.training.total_steps + each - 1) / each;
  const std::int64_t rounds = settings.rounds + 1;
  return static_cast<int>((all * (round + 1) + rounds - 1) / rounds);
}

Result<std::string> TrainRound(const LoopSettings& settings, const sim::CameraFactory& cameras,
                               const RoundTraining& round, const StepProgress& progress) {
  auto run = agents::TrainingRun::Create(
      SettingsOf(settings, round), [&] { return MakeEnvironment(settings.environment, cameras); });
  if (!run) return run.error();
  if (!round.checkpoint.empty()) {
    if (Status restored = (*run)->RestoreCheckpoint(round.checkpoint); !restored) {
      return restored.error();
    }
  }
  if (round.model) {
    if (Status given = (*run)->SetCostModel(round.model); !given) return given.error();
  }
  const double each = settings.training.steps_per_iteration;
  for (auto done = (*run)->policy(true)->version(); done < round.until_iteration; ++done) {
    bool stopped = false;
    const auto report = (*run)->RunIteration([&](double fraction) {
      stopped = stopped || !progress(each * (static_cast<double>(done) + fraction));
      return !stopped;
    });
    if (stopped) return Error{"The loop was stopped; the rounds that are done are kept."};
    if (!report) return report.error();
  }
  return (*run)->EncodeCheckpoint();
}

}  // namespace lookout::app
