// What makes one more of a run's environments, all alike. Any thread may call a copy.
#pragma once

#include <functional>
#include <memory>

#include "sim/environment/environment.h"

namespace lookout::agents {

using EnvironmentMaker = std::function<Result<std::unique_ptr<sim::Environment>>()>;

}  // namespace lookout::agents
