// Training settings and iteration reports as JSON text, for the project file. Any thread.
#pragma once

#include <string>
#include <string_view>

#include "agents/rl/runs/training.h"

namespace lookout::app {

// One object with a key for every field.
std::string EncodeSettings(const agents::TrainingSettings& settings);
std::string EncodeReport(const agents::IterationReport& report);

// Keys that are missing keep their default and unknown ones are passed over: rows carry no version
// and outlive that of their project, so that nobody can say which keys they have to have. Rejects
// (kBadInput) text that is no JSON object and values of the wrong type or out of range, naming the
// key.
Result<agents::TrainingSettings> DecodeSettings(std::string_view json);
Result<agents::IterationReport> DecodeReport(std::string_view json);

}  // namespace lookout::app
