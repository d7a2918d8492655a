// The folder of a training run that was made outside of the window, as one of its runs: settings
// and the history that its curves are drawn from. Any thread; reads the disk.
#pragma once

#include <filesystem>
#include <optional>

#include "app/runs/progress_log.h"
#include "sim/config/config.h"
#include "ui/model/run_store.h"

namespace lookout::app {

// Whether the folder has the log of a run, ours or another program's.
bool HasRunLog(const std::filesystem::path& folder);

struct OpenedRun {
  ui::RunTrack run;                                       // without an id; `folder` is set
  std::optional<sim::EnvironmentConfig> own_environment;  // of a file; none: a registered one
};
// Rejects (kBadInput) what LoadAnyRunFolder does.
Result<OpenedRun> OpenRunFolder(const std::filesystem::path& folder);

// The iterations that a log tells of; what it has no column for is NaN, or 0 where a count.
std::vector<agents::IterationReport> ReportsOf(const ProgressTable& log);

}  // namespace lookout::app
