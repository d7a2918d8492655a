// What files from outside turn out to be: the window is given paths, dropped or typed, and opens
// them by their content. Any thread; reads the disk and may build a world, so not the window's.
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "agents/feedback/models/cost_model.h"
#include "app/workers/runtime/environment_factory.h"
#include "app/workspace/files/opened_run.h"
#include "app/workspace/files/opened_transfer.h"
#include "sim/config/config.h"

namespace lookout::app {

struct FileToWrite {
  std::filesystem::path path;
  std::string bytes;
  std::string told;  // to the person, when it is on disk; empty: nothing is
};

struct OpenedFiles {
  bool reopened = false;  // at the start, because an earlier sitting had opened them
  struct Configuration {
    std::filesystem::path path;
    sim::EnvironmentConfig config;  // its id is the file's name without the ending
  };
  struct Policy {
    std::filesystem::path path;
    std::string name;         // of the file, without its ending; of a run's files: of their folder
    std::string bytes;        // of a policy or checkpoint file
    std::string environment;  // that it was trained in
    std::filesystem::path opened;  // what was dropped or named: its folder, or the file itself
    std::string without_run = {};  // why the run that it is of cannot be shown; empty: it can
  };
  struct CostModel {
    std::string name;  // of the file, without its ending
    agents::CostModelPtr model;
    std::string fingerprint;  // of the file's bytes
  };
  struct Rejected {
    std::filesystem::path path;
    std::string reason;  // one sentence, with the key
  };
  struct Skipped {
    std::filesystem::path path;
    std::string what;  // "a folder", "a pipe"
  };
  std::vector<Configuration> configurations;
  std::vector<Policy> policies;
  std::vector<OpenedRun> runs;
  std::vector<CostModel> cost_models;
  std::vector<OpenedTransfer> transfers;
  std::vector<std::filesystem::path> projects;
  std::vector<Rejected> refused;
  std::vector<std::string> written;  // what to tell of each file that was written
  std::vector<Skipped> skipped;      // no regular files, which are not even opened
};

// Looks at one path and adds what it is; the folder of a training run is a run and its policy, with
// either of its files. A configuration counts only if its world can be built and laid out.
void LookAtFile(const std::filesystem::path& path, const EnvironmentFactory& factory,
                OpenedFiles& out);

// What to tell a person about them, apart from the configurations that were opened: at most three
// refusals one by one, the rest counted, and one line that lists what was skipped.
std::vector<std::string> ComplaintsAbout(const OpenedFiles& files);

}  // namespace lookout::app
