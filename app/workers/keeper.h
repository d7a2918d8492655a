// The keeper: the thread that alone owns the project file. Takes what is to be written, writes it,
// and says when it is on disk. Nothing in the window ever waits for it.
#pragma once

#include <cstdint>
#include <memory>
#include <string>
#include <thread>
#include <variant>
#include <vector>

#include "app/store/project.h"
#include "app/workers/latest_value.h"
#include "app/workers/mailbox.h"
#include "ui/snapshots.h"

namespace lookout::app {

// --- What the keeper is asked to do, in order of arrival (journal entries go first).
struct KeepJournal {
  agents::JournalEntry entry;
};
struct KeepEpisode {
  sim::EpisodeHeaderPtr header;
};
struct KeepChunk {
  sim::ChunkPtr chunk;
};  // small chunks are gathered to kChunkSteps before writing
struct KeepCostModel {
  agents::CostModelPtr model;
};
struct KeepRun {
  StoredRun run;
};
struct KeepIteration {
  RunId run;
  agents::IterationReport report;
};
struct KeepCheckpoint {
  RunId run;
  std::string bytes;
};
struct KeepPolicy {
  RunId run;
  int iteration = 0;
  std::string bytes;
};
struct KeepSetting {
  std::string key;
  std::string value;
};
struct LoadEpisode {
  EpisodeId id;
};
// What a run's file is wanted for.
enum class RunUse : std::uint8_t { kWatch, kResume };
struct LoadRun {
  RunId run;
  int iteration = 0;  // whose policy; 0: the newest checkpoint
  RunUse use = RunUse::kWatch;
};
using KeeperRequest =
    std::variant<KeepJournal, KeepEpisode, KeepChunk, KeepCostModel, KeepRun, KeepIteration,
                 KeepCheckpoint, KeepPolicy, KeepSetting, LoadEpisode, LoadRun>;

// --- What the keeper says.
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
using KeeperEvent = std::variant<JournalSaved, EpisodeLoaded, LoadFailed, RunLoaded, RunNotLoaded>;

class Keeper {
 public:
  explicit Keeper(std::unique_ptr<Project> project);
  // Writes everything that is still in the mailbox, then closes the file.
  ~Keeper();

  void Ask(KeeperRequest request) { requests_.Put(std::move(request)); }
  Mailbox<KeeperEvent>& events() { return events_; }                  // reader: the window
  LatestValue<ui::ProjectSnapshot>& snapshot() { return snapshot_; }  // reader: the window

 private:
  void Run(std::stop_token stop);

  std::unique_ptr<Project> project_;
  Mailbox<KeeperRequest> requests_;
  Mailbox<KeeperEvent> events_;
  LatestValue<ui::ProjectSnapshot> snapshot_;
  std::jthread thread_;  // last: joins first
};

}  // namespace lookout::app
