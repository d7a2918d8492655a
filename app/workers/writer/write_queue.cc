#include "app/workers/writer/write_queue.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <thread>
#include <utility>

#include "app/workers/writer/load_recording.h"
#include "sim/base/log.h"

namespace lookout::app {
namespace {

using std::chrono_literals::operator""ms;
using std::chrono_literals::operator""s;

constexpr auto kGatherAtMost = 1s;
constexpr auto kFirstRetry = 250ms;
constexpr auto kLongestRetry = 8000ms;
constexpr auto kIdle = 3600s;
constexpr std::size_t kWritesPerBatch = 32;
constexpr std::size_t kMostWaiting = 4096;  // some 250 MB of recordings, if the disk stays full
constexpr int kUnmarkedKept = 50;
constexpr int kPruneEvery = 10;  // episodes
constexpr int kLastAttempts = 3;

}  // namespace

void WriteQueue::Accept(std::vector<WriteRequest> requests, Time now) {
  for (WriteRequest& request : requests) {
    std::visit([&](auto& one) { Take(std::move(one), now); }, request);
  }
}

void WriteQueue::Take(SaveJournal request, Time) {
  if (project_.read_only()) {
    failure_ = "Feedback is not saved, the project is open for reading only. " +
               project_.read_only_reason();
    return;
  }
  const std::vector<EpisodeId>& about = request.entry.record.episodes;
  just_marked_.insert(about.begin(), about.end());
  std::ranges::move(request.held, std::back_inserter(held_));
  journal_.push_back(std::move(request.entry));
}

void WriteQueue::Take(SaveEpisode request, Time) {
  recent_.Remember(request.header);
  SealGathered();
  Queue(std::move(request.header));
}

void WriteQueue::Take(SaveChunk request, Time now) {
  recent_.Remember(request.chunk);
  std::vector<sim::ChunkPtr> sealed;
  gatherer_.Add(request.chunk, now, sealed);
  for (sim::ChunkPtr& chunk : sealed) Queue(std::move(chunk));
}

void WriteQueue::Take(SaveCostModel request, Time) { Queue(std::move(request.model)); }
void WriteQueue::Take(DeleteCostModel request, Time) { Queue(request); }
void WriteQueue::Take(SaveRun request, Time) { Queue(std::move(request.run)); }
void WriteQueue::Take(SaveIteration request, Time) { Queue(request); }
void WriteQueue::Take(SaveCheckpoint request, Time) { Queue(std::move(request)); }
void WriteQueue::Take(SavePolicy request, Time) { Queue(std::move(request)); }
void WriteQueue::Take(SaveSetting request, Time) { Queue(std::move(request)); }
void WriteQueue::Take(LoadEpisode request, Time) {
  SealGathered();
  loads_.emplace_back(std::move(request));
}
void WriteQueue::Take(LoadRun request, Time) { loads_.emplace_back(request); }
void WriteQueue::Take(ReadRecording request, Time) {
  SealGathered();
  loads_.emplace_back(std::move(request));
}

void WriteQueue::Queue(Write write) {
  if (project_.read_only()) return;
  // While the disk is full, recordings end early rather than fill the memory as well.
  const bool drop = writes_.size() >= kMostWaiting && std::holds_alternative<sim::ChunkPtr>(write);
  if (!drop) writes_.push_back(std::move(write));
}

void WriteQueue::SealGathered() {
  if (sim::ChunkPtr chunk = gatherer_.Seal()) Queue(std::move(chunk));
}

void WriteQueue::Work(Time now) {
  if (now < retry_at_) return;
  if (!journal_.empty() && !Succeeded(WriteJournal(), now)) return;
  const auto oldest = gatherer_.oldest();
  const bool marked = just_marked_.contains(gatherer_.episode());
  if (oldest && (marked || now - *oldest >= kGatherAtMost)) SealGathered();
  if (!writes_.empty() && !Succeeded(WriteBatch(), now)) return;
  if (!writes_.empty()) return;
  RescueMarked();
  if (episodes_since_pruning_ >= kPruneEvery && !Succeeded(Prune(), now)) return;
  for (const auto& load : std::exchange(loads_, {})) {
    std::visit([this](const auto& wanted) { Load(wanted); }, load);
  }
}

Status WriteQueue::WriteJournal() {
  const Status saved = project_.AppendJournal(journal_);
  if (!saved) return saved;
  say_(JournalSaved{journal_.back().sequence});
  journal_.clear();
  return {};
}

Status WriteQueue::WriteBatch() {
  const std::size_t count = std::min(writes_.size(), kWritesPerBatch);
  const Status saved = project_.Together([&]() -> Status {
    for (std::size_t i = 0; i < count; ++i) {
      const Status one = WriteOne(writes_[i]);
      if (one) continue;
      if (one.error().code != ErrorCode::kBadInput) return one;
      LogError(one.error().message);  // trying again would not help; the rest must not wait for it
    }
    return {};
  });
  if (!saved) return saved;
  for (std::size_t i = 0; i < count; ++i) {
    if (std::holds_alternative<sim::EpisodeHeaderPtr>(writes_[i])) ++episodes_since_pruning_;
  }
  writes_.erase(writes_.begin(), writes_.begin() + static_cast<std::ptrdiff_t>(count));
  return {};
}

Status WriteQueue::WriteOne(const Write& write) {
  struct Writer {
    Project& project;
    Status operator()(const sim::EpisodeHeaderPtr& header) { return project.SaveEpisode(*header); }
    Status operator()(const sim::ChunkPtr& chunk) { return project.SaveChunk(*chunk); }
    Status operator()(const agents::CostModelPtr& model) { return project.SaveCostModel(*model); }
    Status operator()(const DeleteCostModel& request) {
      return project.DeleteCostModel(request.id);
    }
    Status operator()(const StoredRun& run) { return project.SaveRun(run); }
    Status operator()(const SaveIteration& request) {
      return project.SaveIteration(request.run, request.report);
    }
    Status operator()(const SaveCheckpoint& request) {
      return project.SaveCheckpoint(request.run, request.bytes);
    }
    Status operator()(const SavePolicy& request) {
      return project.SavePolicy(request.run, request.iteration, request.bytes);
    }
    Status operator()(const SaveSetting& request) {
      return project.SaveSetting(request.key, request.value);
    }
  };
  return std::visit(Writer{project_}, write);
}

void WriteQueue::RescueMarked() {
  for (const EpisodeId id : std::exchange(just_marked_, {})) {
    if (project_.FindEpisode(id)) continue;
    std::optional<Recording> recording = recent_.Recall(id);
    if (!recording) {
      LogWarning(fmt::format(
          "Episode {} was marked, but its recording is neither in the project nor in memory.",
          id.value));
      continue;
    }
    Queue(std::move(recording->header));
    for (sim::ChunkPtr& chunk : recording->chunks) Queue(std::move(chunk));
  }
  held_.clear();
}

Status WriteQueue::Prune() {
  const Status pruned = project_.PruneUnmarked(kUnmarkedKept);
  if (!pruned) return pruned;
  recent_.Forget();
  episodes_since_pruning_ = 0;
  return {};
}

void WriteQueue::Load(const LoadEpisode& request) {
  Result<Recording> recording = request.held;
  if (request.held.chunks.empty()) recording = LoadRecording(project_, request.id);
  if (!recording) return say_(LoadFailed{request.id, recording.error().message});
  Result<EpisodeLoaded> loaded = ReadyToShow(std::move(recording).value());
  if (!loaded) return say_(LoadFailed{request.id, loaded.error().message});
  recent_.Remember(loaded->scene->header);
  for (const sim::ChunkPtr& chunk : loaded->chunks) recent_.Remember(chunk);
  say_(std::move(loaded).value());
}

void WriteQueue::Load(const ReadRecording& request) {
  request.answer->Put(LoadRecording(project_, request.id));
}

void WriteQueue::Load(const LoadRun& request) {
  Result<std::string> bytes = request.iteration == 0
                                  ? project_.LoadCheckpoint(request.run)
                                  : project_.LoadPolicy(request.run, request.iteration);
  if (bytes) {
    say_(RunLoaded{request, std::move(bytes).value()});
  } else {
    say_(RunNotLoaded{request, bytes.error().message});
  }
}

bool WriteQueue::Succeeded(const Status& status, Time now) {
  if (status) {
    failure_.clear();
    retry_after_ = {};
    retry_at_ = {};
    return true;
  }
  failure_ = status.error().message;
  if (!journal_.empty()) {
    failure_ += fmt::format(" Unsaved edits of feedback: {}; they are kept and tried again.",
                            journal_.size());
  }
  retry_after_ =
      std::clamp<std::chrono::milliseconds>(2 * retry_after_, kFirstRetry, kLongestRetry);
  retry_at_ = now + retry_after_;
  return false;
}

void WriteQueue::Finish(Time now) {
  SealGathered();
  for (int attempt = 0; attempt < kLastAttempts;) {
    retry_at_ = {};
    Work(now);
    if (journal_.empty() && writes_.empty()) return;
    if (failure_.empty()) continue;
    ++attempt;
    std::this_thread::sleep_for(kFirstRetry);
  }
  LogError("Not everything could be saved at the end. " + failure_);
}

WriteQueue::Time WriteQueue::NextDue(Time now) const {
  if (retry_at_ != Time{}) return retry_at_;
  if (!journal_.empty() || !writes_.empty() || !loads_.empty() || !just_marked_.empty()) return now;
  const auto oldest = gatherer_.oldest();
  return oldest ? *oldest + kGatherAtMost : now + kIdle;
}

WriteQueue::Standing WriteQueue::standing() const {
  return {.writing = !journal_.empty() || !writes_.empty(), .failure = failure_};
}

}  // namespace lookout::app
