#include "app/workspace/floor_meter.h"

#include <memory>
#include <utility>

#include "app/cost_models/limit_floor.h"

namespace lookout::app {

FloorMeter FloorMeterIn(EnvironmentFactory factory) {
  return [factory = std::move(factory)](
             const agents::TrainingSettings& settings, const agents::CostModelPtr& model,
             const sim::EnvironmentConfig& config, const std::function<bool()>& keep_going) {
    const auto make = [&]() -> Result<std::unique_ptr<sim::Environment>> {
      Result<EnvironmentFactory::Gym> gym = factory.create(config);
      if (!gym) return gym.error();
      return std::unique_ptr<sim::Environment>(std::move(gym).value());
    };
    return MeasureLimitFloor(settings, model, config, make, kFloorEpisodes,
                             [&](double) { return keep_going(); });
  };
}

}  // namespace lookout::app
