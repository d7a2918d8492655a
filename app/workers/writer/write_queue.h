// The project_writer's work without its thread: what waits to be written, in which order it goes,
// and what happens when the disk says no. One thread, time passed in.
#pragma once

#include <cstdint>
#include <deque>
#include <functional>
#include <memory>
#include <set>
#include <string>
#include <variant>
#include <vector>

#include "app/workers/writer/chunk_gatherer.h"
#include "app/workers/writer/project_writer.h"
#include "app/workers/writer/recent_episodes.h"

namespace lookout::app {

class WriteQueue {
 public:
  using Time = std::chrono::steady_clock::time_point;
  using Say = std::function<void(WriteEvent)>;

  // What the window may know of it.
  struct Standing {
    bool writing = false;
    std::string failure;
    bool operator==(const Standing&) const = default;
  };

  WriteQueue(Project& project, Say say) : project_(project), say_(std::move(say)) {}

  // Sorts requests into what waits. Writes nothing.
  void Accept(std::vector<WriteRequest> requests, Time now);
  // All waiting journal entries, then one batch of the rest, then loads. After a failure does
  // nothing until it is time to try again.
  void Work(Time now);
  // Writes everything, trying a few times; gives up loudly.
  void Finish(Time now);

  // When Work should be called next if nothing arrives; `now` if there is more to do at once.
  Time NextDue(Time now) const;
  Standing standing() const;

 private:
  using Write =
      std::variant<sim::EpisodeHeaderPtr, sim::ChunkPtr, agents::CostModelPtr, DeleteCostModel,
                   StoredRun, SaveIteration, SaveCheckpoint, SavePolicy, SaveSetting>;

  void Take(SaveJournal request, Time now);
  void Take(SaveEpisode request, Time now);
  void Take(SaveChunk request, Time now);
  void Take(SaveCostModel request, Time now);
  void Take(DeleteCostModel request, Time now);
  void Take(SaveRun request, Time now);
  void Take(SaveIteration request, Time now);
  void Take(SaveCheckpoint request, Time now);
  void Take(SavePolicy request, Time now);
  void Take(SaveSetting request, Time now);
  void Take(LoadEpisode request, Time now);
  void Take(LoadRun request, Time now);
  void Take(ReadRecording request, Time now);

  void Queue(Write write);
  void SealGathered();
  Status WriteJournal();
  Status WriteBatch();
  Status WriteOne(const Write& write);
  // Writes marked episodes again that were pruned before they were marked.
  void RescueMarked();
  Status Prune();
  void Load(const LoadEpisode& request);
  void Load(const LoadRun& request);
  void Load(const ReadRecording& request);
  // False, and a pause before the next attempt, if the write failed.
  bool Succeeded(const Status& status, Time now);

  Project& project_;
  Say say_;
  std::vector<agents::JournalEntry> journal_;
  std::deque<Write> writes_;
  std::vector<std::variant<LoadEpisode, LoadRun, ReadRecording>> loads_;
  ChunkGatherer gatherer_;
  RecentEpisodes recent_;
  std::set<EpisodeId> just_marked_;
  std::vector<sim::ChunkPtr> held_;  // of those, so that they can be written again
  int episodes_since_pruning_ = 0;
  std::string failure_;
  Time retry_at_{};
  std::chrono::milliseconds retry_after_{};
};

}  // namespace lookout::app
