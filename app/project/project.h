// The project file: one SQLite database that holds episodes, the journal of feedback, cost models
// and training runs, and reopens exactly as left. One owner, one thread (the project_writer).
#pragma once

#include <cstdint>
#include <filesystem>
#include <functional>
#include <map>
#include <memory>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "agents/feedback/journal/feedback_journal.h"
#include "agents/feedback/models/cost_model.h"
#include "agents/rl/runs/training.h"
#include "sim/recording/recording.h"

namespace lookout::app {

enum class ProjectAccess : std::uint8_t {
  kReadWrite,  // creates the file if it does not exist
  kReadOnly,   // for looking at a project that somebody else holds or that cannot be written
};

// Totals of a stored episode.
struct StoredEpisode {
  sim::EpisodeHeader header;
  StepIndex steps = 0;
  double episode_return = 0.0;
  double cost = 0.0;
  double predicted_cost = 0.0;
  bool finished = false;
};

// A stored training run: its settings and reports. Its newest checkpoint, and its policies along
// the way, are read by themselves.
struct StoredRun {
  RunId id;
  std::string environment;
  agents::TrainingSettings settings;
  std::vector<agents::IterationReport> history;
  std::int64_t started_unix_ms = 0;
  std::vector<int> kept_policies;  // the iterations for which LoadPolicy has one, ascending
};

class Project {
 public:
  // Opens or creates. Rejects, never overwriting anything: files that are no project, truncated,
  // corrupt or of a newer schema (kBadInput, naming what was found); a project that another process
  // has open (kProjectInUse, naming that process). A file or folder that cannot be written opens
  // read-only with the reason in read_only_reason(). An older schema is backed up, then migrated.
  static Result<std::unique_ptr<Project>> Open(const std::filesystem::path& path,
                                               ProjectAccess access);
  virtual ~Project() = default;

  virtual const std::filesystem::path& path() const = 0;
  virtual bool read_only() const = 0;
  virtual const std::string& read_only_reason() const = 0;
  // Where the project stands as it was before this opening brought it up to date; empty: it was.
  virtual const std::filesystem::path& kept_copy() const = 0;

  // --- Feedback. Durable (fsynced) when this returns success; all entries or none.
  virtual Status AppendJournal(std::span<const agents::JournalEntry> entries) = 0;
  virtual Result<agents::FeedbackSet> LoadFeedback() = 0;

  // --- Episodes. Chunks come in order; a crash may lose the last unsaved chunk, never a mark.
  virtual Status SaveEpisode(const sim::EpisodeHeader& header) = 0;
  virtual Status SaveChunk(const sim::RecordingChunk& chunk) = 0;
  virtual Result<std::vector<StoredEpisode>> Episodes() = 0;  // ordered by id
  virtual Result<StoredEpisode> FindEpisode(EpisodeId id) = 0;
  virtual Result<std::vector<sim::ChunkPtr>> LoadSteps(EpisodeId id) = 0;
  // The episode and its steps; its marks stay in the journal, without labels from then on.
  virtual Status RemoveEpisode(EpisodeId id) = 0;
  // Removes unmarked episodes beyond the newest `keep`; marked and imported ones, and those of
  // which a person noted something (settings "library/episode/ID"), stay for ever.
  virtual Status PruneUnmarked(int keep) = 0;
  virtual EpisodeId next_episode_id() const = 0;

  // --- Cost models, all versions.
  virtual Status SaveCostModel(const agents::CostModel& model) = 0;
  virtual Status DeleteCostModel(CostModelId id) = 0;  // nothing if there is none
  virtual Result<std::vector<agents::CostModelPtr>> LoadCostModels() = 0;  // oldest first

  // --- Training runs.
  // History and kept policies come from the two calls below it.
  virtual Status SaveRun(const StoredRun& run) = 0;
  virtual Status SaveIteration(RunId run, const agents::IterationReport& report) = 0;
  virtual Status SaveCheckpoint(RunId run, std::string_view checkpoint) = 0;  // replaces the last
  virtual Status SavePolicy(RunId run, int iteration, std::string_view policy) = 0;
  virtual Result<std::vector<StoredRun>> Runs() = 0;
  virtual Result<std::string> LoadCheckpoint(RunId run) = 0;
  virtual Result<std::string> LoadPolicy(RunId run, int iteration) = 0;
  virtual Status RemoveRun(RunId run) = 0;  // with all that belongs to it
  virtual RunId next_run_id() const = 0;

  // --- Settings of the study: small named texts (environment, agent, seed, limit, ...).
  virtual Status SaveSetting(std::string_view key, std::string_view value) = 0;
  virtual std::string Setting(std::string_view key, std::string_view fallback) = 0;
  // All whose keys begin so.
  virtual std::map<std::string, std::string> Settings(std::string_view prefix) = 0;
  virtual Status EraseSetting(std::string_view key) = 0;

  // Runs `writes` (calls of this object) in one transaction: all of them or, if it returns an
  // error, none. A write that is refused with kBadInput leaves no trace, so `writes` may go on
  // after it.
  virtual Status Together(const std::function<Status()>& writes) = 0;

  // A consistent copy at `target` (VACUUM INTO); refuses to overwrite.
  virtual Status CopyTo(const std::filesystem::path& target) = 0;
};

// The default project: $XDG_DATA_HOME/lookout/study.lookout (or below ~/.local/share). Where that
// cannot be written, the present or the temporary folder serves, with a warning. Creates nothing.
Result<std::filesystem::path> DefaultProjectPath();

}  // namespace lookout::app
