// What a safe script costs under a cost model, measured for the trainer. Any thread calls it.
#pragma once

#include "app/workers/runtime/environment_factory.h"
#include "app/workers/trainer/training_job.h"

namespace lookout::app {

// MeasureLimitFloor in that factory's environments.
FloorMeter FloorMeterIn(EnvironmentFactory factory);

}  // namespace lookout::app
