// What a training session finds out about a limit before a run is held to it.
#include <utility>

#include "agents/rl/settings/limit_floor.h"
#include "app/workers/trainer/training_job.h"

namespace lookout::app {

void TrainingJob::On(const ui::MeasureFloor& command) {
  if (active() || !options_.measure_floor) return;
  Measure(command.environment, command.settings);
  Publish();
}

void TrainingJob::Measure(const std::string& environment,
                          const agents::TrainingSettings& settings) {
  auto measured = std::make_shared<ui::MeasuredFloor>();
  measured->environment = environment;
  measured->settings = settings;
  const auto measure = [&]() -> Result<agents::LimitFloor> {
    const Result<sim::EnvironmentConfig> config = options_.factory.config(environment);
    if (!config) return config.error();
    const Result<EnvironmentFactory::Gym> gym = options_.factory.create(*config);
    if (!gym) return gym.error();
    const agents::CostModelPtr model = links_.cost_models.For((*gym)->spec().signature());
    if (!model)
      return BadInput("There is no cost model of the observation of " + environment + ".");
    measured->model = model->id();
    const bool known = floor_ && floor_->failure.empty() && floor_->environment == environment &&
                       floor_->model == model->id() &&
                       agents::CountCostsAlike(floor_->settings, settings);
    if (known) return floor_->floor;
    return options_.measure_floor(settings, model, *config,
                                  [this] { return !links_.stop.stop_requested(); });
  };
  Result<agents::LimitFloor> floor = measure();
  if (floor) {
    measured->floor = std::move(floor).value();
  } else {
    measured->failure = floor.error().message;
  }
  floor_ = std::move(measured);
}

Status TrainingJob::CheckLimit(const ui::StartTraining& command) {
  const agents::TrainingSettings& settings = command.settings;
  if (!options_.measure_floor || command.anyway || !agents::LimitsLearnedCost(settings)) return {};
  Measure(command.environment, settings);
  // What cannot be measured, such as a script that has no place to begin, forbids nothing.
  return floor_->failure.empty() ? agents::CheckLimit(floor_->floor, settings.cost_limit)
                                 : Status();
}

}  // namespace lookout::app
