// Labels of a project out to files, and of two projects into one. The format is one of
// label_format.h. One thread, which owns the project.
#pragma once

#include <cstdint>
#include <filesystem>
#include <memory>
#include <string>
#include <vector>

#include "app/exchange/labels/feedback_merge.h"
#include "app/exchange/labels/rows/label_format.h"
#include "app/exchange/labels/settings_merge.h"

namespace lookout::app {

struct ExportReport {
  std::int64_t spans = 0;
  std::int64_t pairs = 0;
  std::int64_t notes = 0;  // and records of newer versions
  std::int64_t annotators = 0;
  std::string left_out;  // what the format has no place for, in words; empty: nothing
};

struct ExportSettings {
  std::filesystem::path out;
  std::string annotator;    // whose records alone; empty: everybody's
  std::string environment;  // whose episodes alone; empty: all
};

// Rejects (kBadInput) an annotator who said nothing, an environment without episodes, a file that
// is there already, and what the format cannot hold.
Result<ExportReport> ExportLabels(Project& project, const LabelFormat& format,
                                  const ExportSettings& settings);

struct MergeFiles {
  std::filesystem::path first;   // only read
  std::filesystem::path second;  // likewise
  std::filesystem::path out;     // a copy of the first with the feedback of the second
};

struct MergedProject {
  MergePlan plan;          // what the copy got beside the first one's feedback
  SettingsMerge settings;  // and beside its settings
};

// As PlanMerge and MergeSettings, all or nothing. Rejects (kBadInput) a second project with
// feedback about an episode that the first does not have, or has another recording of, naming it;
// and an `out` that is there already.
Result<MergedProject> MergeProjects(const MergeFiles& files);

}  // namespace lookout::app
