// Runs an experiment on labels: answers first, then agent by agent. Keeps a file for each, so that
// what is done is not done again. Call from one thread.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "app/experiments/labels/labels_cell.h"
#include "app/experiments/labels/labels_settings.h"
#include "sim/base/result.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

struct LabelsRun {
  std::filesystem::path folder;
  int workers = 1;  // answers or agents at a time; changes nothing in the results
  // Called now and then on the calling thread, with how many of JobsOf() are done; false: stop.
  std::function<bool(int done)> progress;
};

// The agents of a plan, seed by seed, so that a study that is cut short has whole seeds. The rule's
// is there once for each limit and seed.
std::vector<CellKey> CellsOf(const LabelsPlan& plan);
// Answers that these need, and agents.
int JobsOf(const LabelsPlan& plan);

// In the order of CellsOf(). Fails with the first error, and if it is stopped. Same settings and
// key: the same file, whatever the number of workers and wherever it was stopped before.
Result<std::vector<LabelsCell>> RunLabels(const LabelsSettings& settings, const LabelsPlan& plan,
                                          const sim::CameraFactory& cameras, const LabelsRun& run);

}  // namespace lookout::app
