// Project on SQLite. One owner, one thread. Its parts: project_journal.cc, project_episodes.cc,
// project_models.cc; opening: project_file.h.
#pragma once

#include <filesystem>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "app/project/project.h"
#include "app/project/project_file.h"

namespace lookout::app {

class SqliteProject : public Project {
 public:
  explicit SqliteProject(ProjectFile file) : file_(std::move(file)) {}
  // Reads the id counters.
  Status Start();

  const std::filesystem::path& path() const override { return file_.path; }
  bool read_only() const override { return !file_.read_only_reason.empty(); }
  const std::string& read_only_reason() const override { return file_.read_only_reason; }
  const std::filesystem::path& kept_copy() const override { return file_.kept_copy; }

  Status AppendJournal(std::span<const agents::JournalEntry> entries) override;
  Result<agents::FeedbackSet> LoadFeedback() override;

  Status SaveEpisode(const sim::EpisodeHeader& header) override;
  Status SaveChunk(const sim::RecordingChunk& chunk) override;
  Result<std::vector<StoredEpisode>> Episodes() override;
  Result<StoredEpisode> FindEpisode(EpisodeId id) override;
  Result<std::vector<sim::ChunkPtr>> LoadSteps(EpisodeId id) override;
  Status RemoveEpisode(EpisodeId id) override;
  Status PruneUnmarked(int keep) override;
  EpisodeId next_episode_id() const override { return next_episode_id_; }

  Status SaveCostModel(const agents::CostModel& model) override;
  Status DeleteCostModel(CostModelId id) override;
  Result<std::vector<agents::CostModelPtr>> LoadCostModels() override;

  Status SaveRun(const StoredRun& run) override;
  Status SaveIteration(RunId run, const agents::IterationReport& report) override;
  Status SaveCheckpoint(RunId run, std::string_view checkpoint) override;
  Status SavePolicy(RunId run, int iteration, std::string_view policy) override;
  Result<std::vector<StoredRun>> Runs() override;
  Result<std::string> LoadCheckpoint(RunId run) override;
  Result<std::string> LoadPolicy(RunId run, int iteration) override;
  Status RemoveRun(RunId run) override;
  RunId next_run_id() const override { return next_run_id_; }

  Status SaveSetting(std::string_view key, std::string_view value) override;
  std::string Setting(std::string_view key, std::string_view fallback) override;
  std::map<std::string, std::string> Settings(std::string_view prefix) override;
  Status EraseSetting(std::string_view key) override;

  Status Together(const std::function<Status()>& writes) override;
  Status CopyTo(const std::filesystem::path& target) override;

 private:
  // Rejects writes to a project that is only looked at.
  Status CheckWritable() const;
  Status CheckNextChunk(const sim::RecordingChunk& chunk);
  // Adds the hand-overs of a chunk to its episode's header.
  Status SaveHandOvers(const sim::RecordingChunk& chunk);
  Result<std::vector<agents::IterationReport>> LoadHistory(RunId run);
  Result<std::vector<int>> KeptPolicies(RunId run);

  ProjectFile file_;
  Database& database_ = file_.database;
  EpisodeId next_episode_id_{1};
  RunId next_run_id_{1};
};

}  // namespace lookout::app
