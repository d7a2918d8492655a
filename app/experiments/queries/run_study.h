// Runs an experiment on queries, seed by seed. Keeps a file for each seed, so that one that is done
// is not done again. Call from one thread.
#pragma once

#include <filesystem>
#include <functional>
#include <vector>

#include "app/experiments/queries/seed_result.h"
#include "app/experiments/queries/study_settings.h"
#include "sim/base/result.h"
#include "sim/environment/camera_renderer.h"

namespace lookout::app {

struct StudyRun {
  std::filesystem::path folder;  // of the files seed-0.json, ...
  int seeds = 1;                 // 0 to seeds - 1
  int workers = 1;               // seeds at a time; changes nothing in the results
  // Called now and then on the calling thread, with how many seeds are done; false: stop.
  std::function<bool(int done)> progress;
};

// In the order of the seeds. A seed's episodes start from seeds of its own: those of the pool from
// a million plus a thousand times the seed on, the held-out ones from a million further on. Fails
// with the first error of any seed, and if it is stopped.
Result<std::vector<SeedResult>> RunStudy(const StudySettings& settings,
                                         const sim::CameraFactory& cameras, const StudyRun& run);

}  // namespace lookout::app
