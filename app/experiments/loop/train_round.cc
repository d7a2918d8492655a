#include "app/experiments/loop/train_round.h"

#include "app/experiments/agent_training.h"

namespace lookout::app {

int IterationsAfter(const LoopSettings& settings, int round) {
  const int rounds = settings.rounds + 1;
  return (IterationsOf(settings.training) * (round + 1) + rounds - 1) / rounds;
}

Result<std::string> TrainRound(const LoopSettings& settings, const sim::CameraFactory& cameras,
                               const RoundTraining& round, const StepProgress& progress) {
  return TrainAgent({.settings = HeldTo(round.model, round.limit, settings.training),
                     .environment = settings.environment,
                     .checkpoint = round.checkpoint,
                     .model = round.model,
                     .until_iteration = round.until_iteration},
                    cameras, progress);
}

}  // namespace lookout::app
