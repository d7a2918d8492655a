// Numbers that tell whether a picture has to be drawn anew. Any thread.
#pragma once

#include <cstdint>

#include "sim/recording/recording.h"
#include "ui/oversight.h"

namespace lookout::ui {

// Of whatever of a step moves something in the picture. It has a state.
std::uint64_t HashOfStep(const sim::StepRecord& step);
// 0 without one.
std::uint64_t HashOfWarning(const BlockWarning* warning);

}  // namespace lookout::ui
