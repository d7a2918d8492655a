// How an experiment that takes long is stopped. Value types; any thread.
#pragma once

#include <functional>

#include "sim/base/result.h"

namespace lookout::app {

// False: stop.
using KeepGoing = std::function<bool()>;

// Called now and then with how many of all steps of a training are done; false: stop.
using StepProgress = std::function<bool(double steps)>;

inline Error ExperimentStopped() {
  return Error{"The experiment was stopped; what is done is kept."};
}

}  // namespace lookout::app
