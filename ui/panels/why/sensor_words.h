// What came of an attack on the sensors of a moment in the panel's words, made once for each.
// Window thread only.
#pragma once

#include "ui/panels/state/why/why_state.h"

namespace lookout::ui {

SensorWords WordsOf(const SensorsAttacked& result);

}  // namespace lookout::ui
