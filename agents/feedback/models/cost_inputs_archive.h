// What the networks of a cost model see, in its file. Pure functions; any thread.
#pragma once

#include "agents/feedback/models/cost_inputs.h"
#include "agents/learning/archive.h"

namespace lookout::agents {

// Fields "observation_dim", "lidars", "left_out" and, of inputs with a past, "history",
// "action_dim", "traces" and, with peaks, "peaks".
void EncodeInputs(const CostInputs& inputs, ArchiveWriter& writer);

// has_left_out: whether the file's version has that field. What does not fit is rejected by the
// reader.
CostInputs ReadInputs(ArchiveReader& reader, bool has_left_out);

}  // namespace lookout::agents
