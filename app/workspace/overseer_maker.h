// How the player makes the overseers that a text names. Any thread may call what is returned.
#pragma once

#include <functional>
#include <memory>
#include <string>

#include "agents/rollout/action_filter.h"
#include "sim/base/result.h"
#include "sim/config/config.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

// What fails while it oversees is for the player to tell: nothing guards it here.
std::function<Result<std::unique_ptr<agents::ActionFilter>>(const std::string& spec,
                                                            const sim::EnvironmentConfig& config)>
OverseerMakerFor(const sim::CameraFactory& cameras);

}  // namespace lookout::app
