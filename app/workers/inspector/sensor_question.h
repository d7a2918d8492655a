// How far the sensors of a moment may be off before a cost model's verdict turns. The inspector's
// thread.
#pragma once

#include "agents/inspect/explanations/explained_function.h"
#include "app/workers/inspector/inspector_request.h"

namespace lookout::app {

// Scales are of the recorded steps of the episode up to that one, so that the same moment gets the
// same answer. Needs no state of the simulator. Rejects (kBadInput) as agents::AttackSensors does.
Result<ui::SensorsAttacked> AttackSensorsOf(const SensorRequest& request,
                                            const agents::KeepGoing& keep_going);

}  // namespace lookout::app
