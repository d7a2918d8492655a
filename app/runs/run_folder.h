// The folder of a training run: config.json, progress.txt, tb/ with event files,
// checkpoint.lookout, policy.lookout. One owner, one thread.
#pragma once

#include <cstdint>
#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "agents/inspect/goodhart/parting.h"
#include "agents/rl/runs/checkpoint.h"
#include "agents/rl/runs/training.h"
#include "app/project/files/project_lock.h"
#include "app/runs/formats/event_file.h"
#include "app/runs/progress_log.h"
#include "sim/config/config.h"

namespace lookout::app {

// A config.json or progress.txt beyond this is not one.
inline constexpr std::size_t kMostTextBytes = 64U << 20U;

// What config.json says about a run.
struct RunConfig {
  std::string environment;
  std::optional<sim::EnvironmentConfig> own_environment;  // of a file; none: a registered one
  std::string preset;
  std::string cost_model_file;
  std::string cost_model_fingerprint;  // of that file; empty without one
  agents::TrainingSettings settings;
};

// Rejects (kBadInput) a text that is not such an object, with the key. Settings that are missing
// keep their defaults, so that the runs of older versions can be read.
Result<RunConfig> ParseRunConfig(std::string_view text, std::string_view what);
std::string RunConfigText(const RunConfig& config);
// The environment of the run, registered or its own.
Result<sim::EnvironmentConfig> EnvironmentOf(const RunConfig& config);

class RunFolder {
 public:
  explicit RunFolder(std::filesystem::path path) : path_(std::move(path)) {}

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path config() const { return path_ / "config.json"; }
  std::filesystem::path progress() const { return path_ / "progress.txt"; }
  std::filesystem::path checkpoint() const { return path_ / agents::kCheckpointFileName; }
  std::filesystem::path policy() const { return path_ / agents::kPolicyFileName; }
  std::filesystem::path events() const { return path_ / "tb"; }
  // Policies along the training, of a run that reads a cost model: what `lookout goodhart` looks
  // at.
  std::filesystem::path policies() const { return path_ / "policies"; }
  // After that iteration; 0: the one that the run began with.
  std::filesystem::path policy_after(int iteration) const;
  // The iterations of those that are kept, ascending.
  std::vector<int> KeptPolicies() const;

  bool has_run() const;
  // With what it was started. Rejects (kBadInput) a folder that is none of a run.
  Result<RunConfig> ReadConfig() const;
  // Keeps other processes from training into the folder for as long as this object lives, see
  // LockFolder.
  Status Lock();
  // Writes config.json and begins empty logs. Rejects a folder that has a run.
  Status Start(const RunConfig& config);
  // Goes on with the logs after that iteration, the checkpoint's: what they say of later ones is
  // dropped. Returns how far the run had come. Rejects damaged logs.
  struct Progress {
    double seconds = 0.0;
    std::int64_t steps = 0;
    std::vector<agents::CostPoint> costs = {};  // of its iterations
  };
  Result<Progress> GoOn(int iteration);

  // To progress.txt and the event file, after Start or GoOn.
  Status Append(const LoggedIteration& iteration) const;
  // Checkpoint and policy file, each atomically.
  Status Save(const agents::TrainingRun& run) const;
  // The present policy among those along the training.
  Status KeepPolicy(const agents::TrainingRun& run, int iteration) const;

 private:
  Status BeginEvents(int first_iteration);

  std::filesystem::path path_;
  ProjectLock lock_;
  std::optional<EventFile> event_file_;
};

// What is known of a run that another program trained.
struct ForeignRun {
  std::string agent;
  std::optional<std::uint32_t> seed;
  std::optional<double> cost_limit;
};

// A run as it is read back.
struct LoadedRun {
  std::filesystem::path folder;
  RunConfig config;
  ProgressTable progress;
  std::optional<ForeignRun> foreign;  // another program's; then `config` has the environment alone
};

// Rejects (kBadInput) a folder without a run, one without a finished iteration, and damaged files.
Result<LoadedRun> LoadRunFolder(const std::filesystem::path& folder);

}  // namespace lookout::app
