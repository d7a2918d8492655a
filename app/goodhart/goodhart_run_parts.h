// What a run of a folder and one of a project are both made into. Any thread.
#pragma once

#include <cstddef>
#include <string>

#include "app/goodhart/goodhart_run.h"

namespace lookout::app {

// Rejects (kBadInput) a run whose settings read no cost model.
Status CheckReadsCostModel(const GoodhartRun& found);
// The cost model, and the same as training reads it. Rejects (kBadInput) one that does not fit
// found.spec.
Status TakeModel(agents::CostModelPtr model, GoodhartRun& found);
// A policy along the training, by ascending iterations; none that later ones cannot be compared
// with. file: see GoodhartRun::policy_files.
void AddKept(int iteration, agents::GaussianActor actor, std::string file, GoodhartRun& found);
// The newest, unless it is the last of those.
void AddLast(agents::GaussianActor actor, std::string file, GoodhartRun& found);
// Leaves so many policies, evenly, the last included.
void Thin(std::size_t most, GoodhartRun& found);

}  // namespace lookout::app
