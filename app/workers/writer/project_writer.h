// The project_writer: the thread that alone owns the project file. Takes what is to be written,
// writes it, and says when it is on disk. Nothing in the window ever waits for it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "app/project/project.h"
#include "app/workers/runtime/latest_value.h"
#include "app/workers/runtime/mailbox.h"
#include "app/workers/runtime/recording_handle.h"
#include "ui/snapshots.h"

namespace lookout::app {

// --- What the project_writer is asked to do, in order of arrival (journal entries go first).
struct SaveJournal {
  agents::JournalEntry entry;
  // Steps of the episodes that it is about which must not go from memory before those are safe: an
  // episode may have been pruned already.
  std::vector<sim::ChunkPtr> held = {};
};
struct SaveEpisode {
  sim::EpisodeHeaderPtr header;
};
struct SaveChunk {
  sim::ChunkPtr chunk;
};  // small chunks are gathered to kChunkSteps before writing
struct SaveCostModel {
  agents::CostModelPtr model;
};
struct DeleteCostModel {
  CostModelId id;
};
struct SaveRun {
  StoredRun run;
};
struct SaveIteration {
  RunId run;
  agents::IterationReport report;
};
struct SaveCheckpoint {
  RunId run;
  std::string bytes;
};
struct SavePolicy {
  RunId run;
  int iteration = 0;
  std::string bytes;
};
struct SaveSetting {
  std::string key;
  std::string value;
};
// What the window needs to show it, from the project or, where that lacks it, as it is held.
struct LoadEpisode {
  EpisodeId id;
  Recording held = {};  // without steps: the project has it
};
// For another worker, which waits for the answer.
struct ReadRecording {
  EpisodeId id;
  std::shared_ptr<Mailbox<Result<Recording>>> answer;
};
// What a run's file is wanted for.
enum class RunUse : std::uint8_t { kWatch, kResume };
struct LoadRun {
  RunId run;
  int iteration = 0;  // whose policy; 0: the newest checkpoint
  RunUse use = RunUse::kWatch;
  std::int64_t more_steps = 0;  // to resume it for, beyond what it has done; 0: what is left of it
};
using WriteRequest = std::variant<SaveJournal, SaveEpisode, SaveChunk, SaveCostModel,
                                  DeleteCostModel, SaveRun, SaveIteration, SaveCheckpoint,
                                  SavePolicy, SaveSetting, LoadEpisode, LoadRun, ReadRecording>;

// --- What the project_writer says.
struct JournalSaved {
  std::int64_t sequence = 0;
};  // everything up to here is on disk
struct EpisodeLoaded {
  ui::EpisodeScenePtr scene;
  std::vector<sim::ChunkPtr> chunks;
};
struct LoadFailed {
  EpisodeId id;
  std::string message;
};
struct RunLoaded {
  LoadRun request;
  std::string bytes;  // a policy or checkpoint file
};
struct RunNotLoaded {
  LoadRun request;
  std::string message;
};
using WriteEvent = std::variant<JournalSaved, EpisodeLoaded, LoadFailed, RunLoaded, RunNotLoaded>;

class ProjectWriter {
 public:
  explicit ProjectWriter(std::unique_ptr<Project> project);
  // Writes everything that is still in the mailbox, then closes the file.
  ~ProjectWriter();

  void Ask(WriteRequest request) { requests_.Put(std::move(request)); }
  Mailbox<WriteEvent>& events() { return events_; }                   // reader: the window
  LatestValue<ui::ProjectSnapshot>& snapshot() { return snapshot_; }  // reader: the window

 private:
  void Run(std::stop_token stop);

  std::unique_ptr<Project> project_;
  Mailbox<WriteRequest> requests_;
  Mailbox<WriteEvent> events_;
  LatestValue<ui::ProjectSnapshot> snapshot_;
  std::jthread thread_;  // last: joins first
};

}  // namespace lookout::app
