// The crew: every worker thread of the program and what flows between them. Driven by one thread:
// the window once a frame, or the headless demonstration. Nothing here ever blocks but the start
// and the end.
#pragma once

#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "app/workers/fitter.h"
#include "app/workers/keeper.h"
#include "app/workers/player.h"
#include "app/workers/surveyor.h"
#include "app/workers/trainer.h"
#include "ui/model/episode_book.h"
#include "ui/model/run_book.h"

namespace lookout::app {

// How each worker starts. What the project knows better is filled in from it: the next ids, the
// cost models, the last training run.
struct CrewOptions {
  PlayerOptions player;
  TrainerOptions trainer;
  FitterOptions fitter;
  Worlds worlds;  // of the surveyor; the others carry their own
};

// What the project held when it was opened, for the window's memory.
struct StudyContent {
  agents::MarkSet marks;
  std::vector<ui::EpisodeSummary> episodes;
  std::vector<ui::RunTrack> runs;  // oldest first
};

class Crew {
 public:
  // Reads the project, fills `content`, and starts every worker. Refuses a project that cannot be
  // read.
  static Result<std::unique_ptr<Crew>> Start(std::unique_ptr<Project> project, CrewOptions options,
                                             StudyContent& content);
  // Ends every worker in well under two seconds; what they still said is written to the project.
  ~Crew();

  // --- Wishes; each is obeyed by the worker that owns the thing.
  void Send(ui::PlayerCommand command) { player_.Send(std::move(command)); }
  void Send(ui::TrainerCommand command) { trainer_.Send(std::move(command)); }
  void Send(ui::FitterCommand command);
  void LabelsChanged(FitRequest request);
  void Ask(KeeperRequest request) { keeper_.Ask(std::move(request)); }
  void Survey(SurveyRequest request) { surveyor_.Ask(std::move(request)); }

  // Once a frame: takes the newest snapshots and everything that was said since the last time,
  // hands what has to be kept to the project, and tells the listener, in order. By then the
  // listener has been told of every step that the player's snapshot knows. A Listener has Session's
  // methods OnEpisodeBegan, OnChunk, OnPlayedThrough, OnEpisodeLoaded, OnLoadFailed, OnRunLoaded,
  // OnJournalSaved and Notify.
  template <typename Listener>
  void Poll(Listener& listener);

  // --- The workers' newest words, valid until the next Poll.
  const ui::PlayerSnapshot& player() { return player_.snapshot().value(); }
  const ui::TrainingSnapshot& training() { return trainer_.snapshot().value(); }
  const ui::FitSnapshot& fit() { return fitter_.snapshot().value(); }
  const ui::FieldSnapshot& field() { return surveyor_.snapshot().value(); }
  const ui::ProjectSnapshot& project() { return keeper_.snapshot().value(); }

  const PublishedPtr<agents::CostModel>& newest_model() const { return newest_model_; }
  const PublishedPtr<TrainedPolicy>& newest_policy() const { return newest_policy_; }

 private:
  Crew(std::unique_ptr<Project> project, CrewOptions options);

  void RefreshSnapshots();
  void Keep(const PlayerEvent& event);
  void Keep(TrainerEvent event);
  void KeepTrainingAndModels();
  template <typename Listener>
  void PollPlayer(Listener& listener);
  template <typename Listener>
  void PollKeeper(Listener& listener);
  template <typename Listener>
  void PollNotices(Listener& listener);

  // Reused by Poll.
  std::vector<PlayerEvent> player_events_;
  std::vector<TrainerEvent> trainer_events_;
  std::vector<FitterEvent> fitter_events_;
  std::vector<KeeperEvent> keeper_events_;
  std::vector<WorkerNotice> notices_;
  std::string player_failure_;  // told the listener about already
  std::string training_failure_;

  // Shared by the workers below, which end before them.
  NoticeBoard notice_board_;
  PublishedPtr<agents::CostModel> newest_model_;
  PublishedPtr<TrainedPolicy> newest_policy_;

  Keeper keeper_;
  Fitter fitter_;
  Trainer trainer_;
  Surveyor surveyor_;
  Player player_;
};

template <typename Listener>
void Crew::Poll(Listener& listener) {
  RefreshSnapshots();
  PollPlayer(listener);
  KeepTrainingAndModels();
  PollKeeper(listener);
  PollNotices(listener);
}

template <typename Listener>
void Crew::PollPlayer(Listener& listener) {
  player_.events().Take(player_events_);
  for (PlayerEvent& event : player_events_) {
    Keep(event);
    if (auto* began = std::get_if<EpisodeBegan>(&event)) {
      listener.OnEpisodeBegan(std::move(began->scene));
    } else if (auto* chunk = std::get_if<sim::ChunkPtr>(&event)) {
      listener.OnChunk(std::move(*chunk));
    } else {
      listener.OnPlayedThrough(std::get<PlayedThrough>(event).episodes);
    }
  }
}

template <typename Listener>
void Crew::PollKeeper(Listener& listener) {
  keeper_.events().Take(keeper_events_);
  for (KeeperEvent& event : keeper_events_) {
    if (const auto* saved = std::get_if<JournalSaved>(&event)) {
      listener.OnJournalSaved(saved->sequence);
    } else if (auto* loaded = std::get_if<EpisodeLoaded>(&event)) {
      listener.OnEpisodeLoaded(std::move(loaded->scene), loaded->chunks);
    } else if (auto* run = std::get_if<RunLoaded>(&event)) {
      listener.OnRunLoaded(run->request, std::move(run->bytes));
    } else if (auto* refused = std::get_if<RunNotLoaded>(&event)) {
      listener.Notify(ui::NoticeLevel::kWarning, std::move(refused->message));
    } else {
      const auto& failed = std::get<LoadFailed>(event);
      listener.OnLoadFailed(failed.id, failed.message);
    }
  }
}

template <typename Listener>
void Crew::PollNotices(Listener& listener) {
  notice_board_.Take(notices_);
  for (WorkerNotice& notice : notices_) listener.Notify(notice.level, std::move(notice.text));
  const auto report = [&](const std::string& failure, std::string& told, const char* what) {
    if (failure == told) return;
    told = failure;
    if (!told.empty()) listener.Notify(ui::NoticeLevel::kError, what + told);
  };
  report(player().failure, player_failure_, "The player stopped: ");
  if (training().state == ui::TrainingState::kFailed) {
    report(training().failure, training_failure_, "Training stopped: ");
  } else {
    training_failure_.clear();
  }
}

}  // namespace lookout::app
