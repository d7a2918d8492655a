// The folder of a training run: config.json, progress.txt, checkpoint.lookout, policy.lookout. One
// owner, one thread.
#pragma once

#include <filesystem>
#include <optional>
#include <string>

#include "agents/rl/training.h"
#include "sim/config.h"

namespace lookout::app {

// A config.json or progress.txt beyond this is not one.
inline constexpr std::size_t kMostTextBytes = 64U << 20U;

// What config.json says about a run.
struct RunConfig {
  std::string environment;
  std::optional<sim::EnvironmentConfig> own_environment;  // of a file; none: a registered one
  std::string preset;
  std::string cost_model_file;
  agents::TrainingSettings settings;
};

// Refuses (kBadInput) a text that is not such an object, with the key.
Result<RunConfig> ParseRunConfig(std::string_view text, std::string_view what);
std::string RunConfigText(const RunConfig& config);

class RunFolder {
 public:
  explicit RunFolder(std::filesystem::path path) : path_(std::move(path)) {}

  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path config() const { return path_ / "config.json"; }
  std::filesystem::path progress() const { return path_ / "progress.txt"; }
  std::filesystem::path checkpoint() const { return path_ / "checkpoint.lookout"; }
  std::filesystem::path policy() const { return path_ / "policy.lookout"; }

  bool has_run() const;
  // Writes config.json and an empty progress.txt. Refuses a folder that has a run.
  Status Start(const RunConfig& config) const;
  // Drops the rows after the checkpoint's iteration; returns the seconds spent so far.
  Result<double> GoOn(int iteration) const;

  Status Append(const agents::IterationReport& report, double seconds) const;
  // Checkpoint and policy file, each atomically.
  Status Save(const agents::TrainingRun& run) const;

 private:
  std::filesystem::path path_;
};

}  // namespace lookout::app
