// Small things to put into a project file, and a folder to put the file into. Any thread.
#pragma once

#include <filesystem>
#include <string>

#include "agents/feedback/journal/feedback_journal.h"
#include "agents/feedback/models/cost_model.h"
#include "app/project/project.h"
#include "sim/recording/recording.h"

namespace lookout::test {

// An empty folder that is removed with everything in it; in memory where the system allows, since
// many tests sync thousands of times and none cuts the real power.
class TestFolder {
 public:
  TestFolder();
  TestFolder(const TestFolder&) = delete;
  TestFolder& operator=(const TestFolder&) = delete;
  ~TestFolder();
  const std::filesystem::path& path() const { return path_; }
  std::filesystem::path operator/(const std::string& name) const { return path_ / name; }
  std::vector<std::string> Names() const;  // of what is in it, sorted

 private:
  std::filesystem::path path_;
};

std::string ReadFile(const std::filesystem::path& path);
void WriteFile(const std::filesystem::path& path, const std::string& bytes);

// The nth journal entry if all are additions: a mark with every field set.
agents::JournalEntry AddedMark(std::int64_t sequence, EpisodeId episode = EpisodeId{1});
// The same of one kind of feedback after the other.
agents::JournalEntry AddedOfAnyKind(std::int64_t sequence, EpisodeId episode);

sim::EpisodeHeader SampleHeader(EpisodeId id);
// Steps of little meaning: reward 0.5, cost 1 every fourth step, no prediction at step 0 and 0.25
// after it. The step numbered `last` ends the episode.
sim::RecordingChunk SampleChunk(EpisodeId id, StepIndex first, int steps, StepIndex last = -1);

agents::CostModelPtr SampleCostModel(CostModelId id);

// Must open; says why not.
std::unique_ptr<app::Project> OpenProject(
    const std::filesystem::path& path, app::ProjectAccess access = app::ProjectAccess::kReadWrite);

}  // namespace lookout::test
